-- Single sign-on at an OpenID Connect provider.

-- Who somebody is at the provider. The e-mail address is only what people recognise it by: addresses pass on to others, a
-- subject never does.
create table staff_identity (
    issuer text not null,
    subject text not null,
    staff_id uuid not null references staff on delete cascade,
    email text,
    bound_at timestamptz not null,
    primary key (issuer, subject),
    unique (staff_id, issuer)
);

-- Ways to the provider that nobody has come back from yet. `state_hash` is the SHA-256 of what comes back with the browser,
-- `browser_hash` that of the browser's cookie, from which the other two secrets are made: nothing here is of use to whoever
-- reads it. A link or a person is the account that the identity is to be bound to.
create table single_sign_on_attempt (
    state_hash bytea primary key check (octet_length(state_hash) = 32),
    browser_hash bytea not null check (octet_length(browser_hash) = 32),
    link_hash bytea check (octet_length(link_hash) = 32),
    staff_id uuid references staff on delete cascade,
    next text not null,
    expires_at timestamptz not null,
    check (link_hash is null or staff_id is null)
);

create index single_sign_on_attempt_by_end on single_sign_on_attempt (expires_at);
