-- Every write that is no order: what is asked of the marketplace, by whom, and what came of it. The row is there before
-- the call, so neither a crash nor a browser that goes away leaves a change without a record.
create table write (
    id uuid primary key,
    -- One for each form shown: however often it is posted, one call is made. What was refused can be corrected and posted
    -- again.
    form_token uuid not null,
    -- Such as `customer.update`.
    kind text not null,
    -- What of the thing it sets. Two kinds can set the same part: a credit hold and its release.
    part text not null,
    subject_kind text not null,
    -- Null until that which is created has one.
    subject_id text,
    customer_id text,
    -- Exactly what is sent. Holds no password: no form asks for one. Null for what was sent before this table was there.
    request jsonb,
    -- What looked like the thing to be created before it was sent: after a lost answer none of them is it.
    look_alikes text[] not null default '{}',
    before jsonb,
    after jsonb,
    -- `sending` outlives a crash during the call, and then means the same as `unknown`.
    state text not null check (state in ('sending', 'unknown', 'done', 'refused', 'absent')),
    asked_by uuid not null references staff,
    asked_at timestamptz not null,
    -- While it is being sent: until when whoever sends it can still be alive.
    next_look_at timestamptz,
    looks int not null default 0,
    -- Looks that were answered completely: only those can show that something is absent.
    complete_looks int not null default 0,
    correlation_id text,
    problem text,
    -- Settled and still `unknown`: nobody will look any more, because the copy is of another marketplace now.
    settled_at timestamptz,
    check ((next_look_at is null) = (settled_at is not null)),
    check (state in ('sending', 'unknown') or settled_at is not null),
    check (request is not null or settled_at is not null)
);

create unique index write_by_form on write (form_token) where state <> 'refused';
-- One person at a time sets one part of one thing.
create unique index write_under_way on write (subject_kind, subject_id, part) where settled_at is null;
create index write_due on write (next_look_at) where settled_at is null;
create index write_by_subject on write (subject_kind, subject_id, asked_at desc);
create index write_by_time on write (asked_at desc);

-- Forms that were posted before must not create the same thing again.
insert into write (id, form_token, kind, part, subject_kind, subject_id, look_alikes, state, asked_by, asked_at, settled_at)
select gen_random_uuid(), form_token, kind || '.create', 'creation', kind, subject_id, look_alikes,
    case state when 'created' then 'done' when 'refused' then 'refused' else 'unknown' end,
    requested_by, requested_at, requested_at
from creation
union all
select gen_random_uuid(), form_token, 'report.schedule', 'creation', 'report', report_id, '{}',
    case state when 'scheduled' then 'done' when 'refused' then 'refused' else 'unknown' end,
    requested_by, requested_at, requested_at
from report_request;

drop table creation;
drop table report_request;
