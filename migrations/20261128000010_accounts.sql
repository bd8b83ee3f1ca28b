-- Accounts that have no password yet, one-time links, and what keeps guessing slow.

-- Whoever is invited has no password until they use their link.
alter table staff
    alter column password_hash drop not null,
    add column last_signed_in_at timestamptz;

update staff set last_signed_in_at =
    (select max(a.at) from activity a where a.staff_id = staff.id and a.action = 'staff.signed_in');

-- One-time links to set a password. `token_hash` is the SHA-256 of the token: nobody signs in with what they read in a dump.
-- Nobody made those of the command line.
create table staff_link (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    staff_id uuid not null references staff on delete cascade,
    purpose text not null check (purpose in ('set_up', 'invitation', 'reset')),
    made_by uuid references staff,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    withdrawn_at timestamptz,
    check (used_at is null or withdrawn_at is null)
);

-- A newer link replaces the one before it.
create unique index staff_link_open on staff_link (staff_id) where used_at is null and withdrawn_at is null;

-- Browsers that somebody signed in with before. `token_hash` is the SHA-256 of their cookie.
create table known_browser (
    token_hash bytea not null check (octet_length(token_hash) = 32),
    staff_id uuid not null references staff on delete cascade,
    signed_in_at timestamptz not null,
    primary key (token_hash, staff_id)
);

create index known_browser_by_staff on known_browser (staff_id);

-- Failed tries for one account, browser or network; `key` is a SHA-256, so that what was typed is not kept.
create table guess_counter (
    key bytea primary key check (octet_length(key) = 32),
    failures integer not null,
    next_at timestamptz not null,
    forgotten_at timestamptz not null
);

create index guess_counter_by_end on guess_counter (forgotten_at);
