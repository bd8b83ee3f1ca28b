-- Open pages are told what changed, so that they look again. A notification names it and its state, nothing more; every
-- server process listens. What is told in one transaction is told when it commits.

create function tell_of_intent() returns trigger language plpgsql as $$
begin
    perform pg_notify('seatboard', 'intent:' || new.id || ' ' || new.state);
    perform pg_notify('seatboard', 'orders:all ' || new.state);
    if new.subscription_id is not null then
        perform pg_notify('seatboard', 'subscription:' || new.subscription_id || ' ' || new.state);
    end if;
    return null;
end
$$;

create trigger intent_placed after insert on intent for each row execute function tell_of_intent();

create trigger intent_moved after update on intent for each row
    when ((old.state, old.subscription_id, old.order_id, old.order_number, old.problem)
        is distinct from (new.state, new.subscription_id, new.order_id, new.order_number, new.problem))
    execute function tell_of_intent();

create function tell_of_report() returns trigger language plpgsql as $$
begin
    perform pg_notify('seatboard', 'report:' || new.id || ' ' || new.status);
    return null;
end
$$;

create trigger report_moved after update on report for each row
    when (old.status is distinct from new.status) execute function tell_of_report();

-- Who has a form of a subscription open. Worth nothing after some minutes, so a crash may lose it.
create unlogged table presence (
    subscription_id text not null,
    staff_id uuid not null references staff on delete cascade,
    -- When the form was opened, unless that was forgotten meanwhile.
    since timestamptz not null,
    seen_at timestamptz not null,
    primary key (subscription_id, staff_id)
);

create function tell_of_presence() returns trigger language plpgsql as $$
begin
    perform pg_notify('seatboard', 'subscription:' || new.subscription_id || ' present');
    return null;
end
$$;

create trigger somebody_came after insert on presence for each row execute function tell_of_presence();

create trigger somebody_came_back after update on presence for each row
    when (old.since is distinct from new.since) execute function tell_of_presence();

-- What is under way, and what became of one's own orders.
create index intent_open on intent (created_at) where state not in ('completed', 'failed', 'cancelled', 'absent');
create index intent_settled on intent (requested_by, settled_at) where settled_at is not null;
