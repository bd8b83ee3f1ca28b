-- Staff members and their sessions.

create table staff (
    id uuid primary key,
    email text not null,
    name text not null,
    password_hash text not null,
    role text not null check (role in ('viewer', 'technician', 'account_manager', 'admin')),
    disabled_at timestamptz,
    created_at timestamptz not null
);

create unique index staff_email on staff (lower(email));

-- `id_hash` is the SHA-256 of the session id: a stolen dump cannot be replayed as a cookie.
create table session (
    id_hash bytea primary key,
    staff_id uuid references staff on delete cascade,
    data jsonb not null,
    expires_at timestamptz not null
);

create index session_by_staff on session (staff_id);
create index session_by_expiry on session (expires_at);
