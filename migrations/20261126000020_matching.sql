-- Matching customers to the reseller's own world: who looks after a customer, which is kept here, and changes of that
-- and of the customers' external ids in bulk.

create table customer_manager (
    -- No foreign key, as between copied tables: an assignment outlives a customer that is read anew.
    customer_id text not null,
    staff_id uuid not null references staff on delete cascade,
    assigned_at timestamptz not null,
    assigned_by uuid not null references staff,
    primary key (customer_id, staff_id)
);

create index customer_manager_by_staff on customer_manager (staff_id, customer_id);

-- Whoever wants to give a customer a number is told who has it already.
create index customer_by_external_id on customer (external_id);

-- A table that was checked and perhaps applied.
create table matching_batch (
    id uuid primary key,
    checked_by uuid not null references staff,
    checked_at timestamptz not null,
    -- Its columns that mean nothing here.
    unused text[] not null,
    applied_by uuid references staff,
    applied_at timestamptz,
    -- When the worker takes it next; null while there is nothing to send. Whoever takes it holds it by moving this on.
    next_look_at timestamptz
);

create index matching_batch_by_time on matching_batch (checked_at desc);
create index matching_batch_to_send on matching_batch (next_look_at) where next_look_at is not null;

create table matching_row (
    batch_id uuid not null references matching_batch on delete cascade,
    -- Where it begins in the table that was typed.
    line integer not null,
    typed_customer text not null,
    typed_external_id text not null,
    typed_managers text not null,
    customer_id text,
    -- What it was and what it becomes; null where it stays.
    external_id_before text,
    external_id text,
    managers_before uuid[] not null,
    managers uuid[],
    state text not null check (state in (
        'ready', 'unchanged', 'refused', 'waiting', 'sending', 'done', 'failed', 'unknown'
    )),
    -- What is wrong and what to do, in words for people.
    message text,
    correlation_id text,
    -- How often it was sent, and how often in a row it was put off or looked for in vain.
    sends integer not null default 0,
    looks integer not null default 0,
    primary key (batch_id, line)
);
