-- Whether the marketplace answers: one record for all processes, so that none goes on asking what another knows.
create table marketplace_health (
    only_row boolean primary key default true check (only_row),
    -- Calls in a row that the marketplace did not answer, since when, and what the last one met.
    failures integer not null default 0,
    failing_since timestamptz,
    -- Which operation failed first, and whether another one, or the sign-in, failed too: then it is no matter of one.
    failing_operation text,
    wide boolean not null default false,
    last_fault text,
    -- Set while no call may leave: not before then is the marketplace tried again.
    open_until timestamptz,
    -- Tries since then that failed.
    probes integer not null default 0,
    -- Set while one process tries; a process that crashed meanwhile does not try for ever.
    probing_until timestamptz,
    last_success timestamptz
);

insert into marketplace_health default values;

-- Forms that were kept because no estimate could be had. The form's state is in its path; nothing is priced here, so
-- nothing can be sent at an old price. A person's scratch paper: it changes nothing for anybody else.
create table draft (
    id uuid primary key,
    staff_id uuid not null references staff on delete cascade,
    -- The same form with the same content is the same draft.
    form_key text not null,
    title text not null,
    path text not null,
    customer_id text,
    subscription_id text,
    -- Where its activation parameters are kept, for a shorter time.
    parameters_id uuid,
    created_at timestamptz not null
);

create unique index draft_once on draft (staff_id, md5(form_key));
create index draft_by_age on draft (created_at);
