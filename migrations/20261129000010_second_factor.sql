-- The second factor of sign-ins: an authenticator app (TOTP, RFC 6238), and recovery codes for whoever has lost it.

-- One row from when somebody begins to set it up; it is asked for once `confirmed_at` is set. `last_step` is the step of 30
-- seconds whose code was used last: no code of it, or of one before, is taken again.
create table second_factor (
    staff_id uuid primary key references staff on delete cascade,
    sealed_seed bytea not null,
    begun_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

-- `code_hash` is a SHA-256; each code has 120 random bits.
create table recovery_code (
    staff_id uuid not null references second_factor on delete cascade,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    used_at timestamptz,
    primary key (staff_id, code_hash)
);

-- Roles whose people must have a second factor.
create table second_factor_policy (
    role text primary key,
    required_since timestamptz not null,
    required_by uuid not null references staff
);
