#!/bin/sh
# Run once by the database's image, when the database is new: the role that serves. It owns nothing; `server migrate
# --grant-to seatboard_serving` lets it do what serving needs.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set=password="$(cat "${SERVING_PASSWORD_FILE:-/run/secrets/serving_password}")" <<'SQL'
create role seatboard_serving login password :'password' nosuperuser nocreatedb nocreaterole;
create extension if not exists pg_trgm;
SQL
