-- Calls to the marketplace made by hand, and the changes among them that wait to be confirmed.

-- What was typed can hold passwords, so it is kept apart, for its own person, until it is sent or a day is over.
create table console_draft (
    -- Becomes the form token of the call.
    id uuid primary key,
    staff_id uuid not null references staff on delete cascade,
    method text not null,
    path text not null,
    body text not null,
    expires_at timestamptz not null
);

create index console_draft_by_expiry on console_draft (expires_at);

-- Kept for 30 days; the activity stays. Secrets are blanked out in all of it.
create table console_call (
    id uuid primary key,
    staff_id uuid not null references staff,
    at timestamptz not null,
    method text not null check (method in ('GET', 'POST', 'PATCH')),
    path text not null,
    query text,
    body text,
    -- Whether it may have changed something.
    is_write boolean not null,
    -- One for each confirmation: confirming the same change twice makes one call. Null for what changes nothing.
    form_token uuid unique,
    -- `sending` outlives a crash during the call, and then means the same as `unknown`.
    outcome text not null check (outcome in ('sending', 'answered', 'not_sent', 'unknown')),
    status integer,
    elapsed_ms bigint,
    correlation_id text,
    -- The beginning of the answer, with a line for each value, and how many bytes the answer had as it came.
    answer text,
    answer_is_cut boolean not null default false,
    answer_bytes bigint,
    -- Why there is no answer, or none that tells whether the change was made.
    problem text
);

create index console_call_by_time on console_call (at);
create index console_call_of_staff on console_call (staff_id, at);
