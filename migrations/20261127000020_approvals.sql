-- Orders that wait for a second person.

-- From when on an order needs one. All conditions of a rule must hold; null holds always.
create table approval_rule (
    id uuid primary key,
    kind text check (kind in ('sales', 'change', 'renewal', 'cancellation', 'migration')),
    vendor text check (vendor <> ''),
    -- Of whoever asks for the order.
    role text check (role in ('viewer', 'technician', 'account_manager', 'admin')),
    -- From this amount on, be it charged or credited.
    amount numeric check (amount >= 0),
    currency text,
    -- From this change of a product line's seats on.
    percent integer check (percent > 0),
    created_by uuid not null references staff,
    created_at timestamptz not null,
    check ((amount is null) = (currency is null)),
    unique nulls not distinct (kind, vendor, role, amount, currency, percent)
);

alter table intent drop constraint intent_state_check;
alter table intent add constraint intent_state_check check (state in (
    'drafted', 'approved', 'sending', 'unknown', 'submitted', 'processing', 'completed', 'failed', 'cancelled'
));

-- Why it has to be approved: each rule that asked, in words. Null where nobody has to.
alter table intent add column approval_reasons jsonb;
-- SHA-256 of the body that was asked for, and of the one that was approved.
alter table intent add column asked_digest bytea;
alter table intent add column approved_digest bytea;
alter table intent add column approved_amount numeric;
alter table intent add column approved_currency text;
alter table intent add column decision text check (decision in ('approved', 'voided', 'rejected', 'withdrawn'));
alter table intent add column decided_by uuid references staff;
alter table intent add column decided_at timestamptz;
alter table intent add column decision_comment text;

-- What holds whatever the code does: the worker never looks at what waits, what needs an approval goes on only with one,
-- and nobody gives it to themselves.
alter table intent add constraint what_waits_is_not_looked_at check (state <> 'drafted' or next_look_at is null);
alter table intent add constraint goes_on_only_when_approved
    check (approval_reasons is null or approved_digest is not null or state in ('drafted', 'failed', 'cancelled'));
alter table intent add constraint approved_by_a_second_person
    check (approved_digest is null or (decided_by is not null and decided_by <> requested_by));

create index intent_waiting_for_approval on intent (created_at) where state = 'drafted';

-- What was asked for stays as it was; what was decided too. A new order gets its subscription when it is completed.
create function refuse_to_change_what_was_asked_for() returns trigger language plpgsql as $$
begin
    if (new.body, new.lines, new.estimate, new.customer_id, new.kind, new.requested_by, new.approval_reasons, new.asked_digest)
        is distinct from
        (old.body, old.lines, old.estimate, old.customer_id, old.kind, old.requested_by, old.approval_reasons, old.asked_digest)
    then
        raise exception 'intent %: what was asked for cannot be changed', old.id using errcode = 'integrity_constraint_violation';
    end if;
    if old.subscription_id is not null and new.subscription_id is distinct from old.subscription_id then
        raise exception 'intent %: its subscription cannot be changed', old.id using errcode = 'integrity_constraint_violation';
    end if;
    if old.decision is not null
        and (new.decision, new.decided_by, new.decided_at, new.approved_digest, new.decision_comment)
        is distinct from (old.decision, old.decided_by, old.decided_at, old.approved_digest, old.decision_comment)
    then
        raise exception 'intent %: what was decided cannot be changed', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;

create trigger intent_stays_as_asked before update on intent
    for each row execute function refuse_to_change_what_was_asked_for();

-- What the two said to each other. The id is the form's token: posting the same form twice says it once.
create table intent_comment (
    id uuid primary key,
    intent_id uuid not null references intent,
    staff_id uuid not null references staff,
    at timestamptz not null,
    body text not null check (body <> '')
);

create index intent_comment_by_intent on intent_comment (intent_id, at);
