-- How an order is sent, looked for, settled by a person, and placed again.

alter table intent drop constraint intent_state_check;
alter table intent add constraint intent_state_check check (state in (
    'drafted', 'approved', 'sending', 'unknown', 'absent', 'submitted', 'processing', 'completed', 'failed', 'cancelled'
));

-- Set and committed before the call, cleared where it is certain that nothing was carried out. A value older than any
-- call can take was left by a crash.
alter table intent add column in_flight_since timestamptz;
-- Calls made; those that our own budget did not let out are none.
alter table intent add column attempts integer not null default 0;
update intent set in_flight_since = coalesce(sent_at, created_at), attempts = 1 where state = 'sending';
update intent set attempts = 1 where sent_at is not null and state <> 'sending';
alter table intent add constraint only_what_is_being_sent_is_in_flight check (in_flight_since is null or state = 'sending');

-- Whose permission it takes to settle it; null in rows older than this.
alter table intent add column permission text;
-- The review it was confirmed on, to place it again from.
alter table intent add column review_path text;
alter table intent add column again_of uuid references intent;
create index intent_by_predecessor on intent (again_of) where again_of is not null;
-- `conflict`: another order stood in the way. `too_late`: the price was too old by the time it could be sent.
alter table intent add column problem_kind text check (problem_kind in ('conflict', 'too_late'));
-- The order in the way, as far as it was found, and the number the marketplace named.
alter table intent add column blocked_by text;
alter table intent add column blocked_by_number text;
-- When its order turned up although it had been said to have never arrived.
alter table intent add column found_late_at timestamptz;

-- An order that never arrived stands in nobody's way.
drop index one_open_intent_per_subscription;
create unique index one_open_intent_per_subscription on intent (subscription_id, at_renewal)
    where subscription_id is not null and state not in ('completed', 'failed', 'cancelled', 'absent');

-- No order is taken for two intents, however many look for one at once.
drop index intent_by_order;
create unique index one_intent_per_order on intent (order_id);

-- Each time an order was looked for: what people decide on who know more than the marketplace says.
create table intent_look (
    id bigint generated always as identity primary key,
    intent_id uuid not null references intent,
    -- When the look began.
    at timestamptz not null,
    -- The whole window was read. What was not is no evidence of absence.
    complete boolean not null,
    -- Why it was not.
    problem text,
    -- Orders of the window.
    compared integer not null,
    -- The nearest of them, with what speaks against each.
    candidates jsonb not null
);

create index intent_look_by_intent on intent_look (intent_id, at);
