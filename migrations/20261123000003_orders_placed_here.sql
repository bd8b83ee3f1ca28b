-- What people here did: intents (orders before and after they are sent) and the activity trail.

create table intent (
    id uuid primary key,
    kind text not null check (kind in ('sales', 'change')),
    state text not null check (state in (
        'approved', 'sending', 'unknown', 'submitted', 'processing', 'completed', 'failed', 'cancelled'
    )),
    customer_id text not null,
    -- Null for a new order.
    subscription_id text,
    po_number text,
    -- The request body exactly as it is sent.
    body jsonb not null,
    -- The lines in words: name, seats before and after.
    lines jsonb not null,
    -- The estimate the person saw, and when it was made.
    estimate jsonb not null,
    estimated_at timestamptz not null,
    requested_by uuid not null references staff,
    -- One per review page: posting the same page twice makes one intent.
    form_token uuid not null unique,
    created_at timestamptz not null,
    sent_at timestamptz,
    settled_at timestamptz,
    -- When the worker looks at this intent next; null when nothing more will happen.
    next_look_at timestamptz,
    looks integer not null default 0,
    -- What the marketplace made of it.
    order_id text,
    order_number text,
    correlation_id text,
    -- Why it failed or is unknown, in words for people.
    problem text
);

-- Two people cannot have a change of the same subscription under way.
create unique index one_open_intent_per_subscription on intent (subscription_id)
    where subscription_id is not null and state not in ('completed', 'failed', 'cancelled');
create index intent_to_look_at on intent (next_look_at) where next_look_at is not null;
create index intent_by_creation on intent (created_at desc);
create index intent_by_order on intent (order_id);
create index intent_by_customer on intent (customer_id, created_at desc);

-- Reports asked for here. One row per form: posting the same form twice schedules one report.
create table report_request (
    form_token uuid primary key,
    -- `sending` outlives a crash during the call, and then means the same as `unknown`.
    state text not null check (state in ('sending', 'scheduled', 'refused', 'unknown')),
    report_id text,
    requested_by uuid not null references staff,
    requested_at timestamptz not null
);

-- Append-only by convention of the code: nothing updates or deletes a row.
create table activity (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    staff_id uuid references staff,
    -- Who it was at the time: a staff member's name, or the part of Seatboard that acted.
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    customer_id text,
    intent_id uuid references intent,
    before jsonb,
    after jsonb,
    correlation_id text,
    note text
);

create index activity_by_subject on activity (subject_kind, subject_id, id desc);
create index activity_by_intent on activity (intent_id, id);
create index activity_by_customer on activity (customer_id, id desc);

-- Every call to the marketplace of the last days: the one budget that all processes share.
create table marketplace_call (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    operation text not null,
    priority text not null check (priority in ('people', 'background'))
);

create index marketplace_call_by_time on marketplace_call (at);

-- What the marketplace said of its patience: no call before `closed_until`.
create table marketplace_patience (
    only_row boolean primary key default true check (only_row),
    closed_until timestamptz
);

insert into marketplace_patience default values;
