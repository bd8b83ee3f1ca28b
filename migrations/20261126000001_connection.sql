-- The connection to the marketplace as set in Settings; without a row, the one of the server's environment holds.
create table marketplace_connection (
    only_row boolean primary key default true check (only_row),
    url text not null,
    code text not null,
    username text not null,
    -- Sealed with SECRET_KEY; see `seal`.
    sealed_password bytea not null,
    sealed_key bytea not null,
    -- The last characters of the subscription key, by which people tell keys apart.
    key_hint text not null,
    -- Never the same twice, also after a time without a row: by it every process sees that it was changed.
    version bigint not null generated always as identity,
    changed_at timestamptz not null,
    changed_by uuid not null references staff
);

-- Of which marketplace the copy is; null until something was read.
create table marketplace_copy (
    only_row boolean primary key default true check (only_row),
    url text,
    code text,
    -- The account there, by the reseller that its own customers name; null until one was read.
    account text,
    -- When an earlier marketplace's copy was forgotten: what was asked before then is not stored any more.
    begun_at timestamptz
);

insert into marketplace_copy default values;
