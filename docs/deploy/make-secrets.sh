#!/bin/sh
# Draws every secret of the installation into ./secrets, once: what is there already is left as it is.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
chmod 711 secrets
draw() {
    [ -s "secrets/$1" ] || openssl rand -hex 32 > "secrets/$1"
}
address() {
    printf 'postgres://%s:%s@database/seatboard\n' "$1" "$(cat "secrets/$2")"
}
draw owner_password
draw serving_password
draw secret_key
[ -s secrets/owner_database_url ] || address seatboard_owner owner_password > secrets/owner_database_url
[ -s secrets/serving_database_url ] || address seatboard_serving serving_password > secrets/serving_database_url
# Container engines mount these files as they are; the server runs as nobody in particular and has to read them.
chmod 444 secrets/*
echo "The secrets are in $(pwd)/secrets. Keep a copy of secret_key apart from the backups of the database."
