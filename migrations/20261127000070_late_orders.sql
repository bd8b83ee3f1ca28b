-- An order that turns up late, and what was placed in its stead.

-- An order that turned up after it was said to be absent is a fact of the marketplace, whatever is open beside it.
drop index one_open_intent_per_subscription;
create unique index one_open_intent_per_subscription on intent (subscription_id, at_renewal)
    where subscription_id is not null and found_late_at is null
    and state not in ('completed', 'failed', 'cancelled', 'absent');

-- `not_needed`: the order in whose stead it was to be sent turned up before it was sent.
alter table intent drop constraint intent_problem_kind_check;
alter table intent add constraint intent_problem_kind_check check (problem_kind in ('conflict', 'too_late', 'not_needed'));

-- Since when the marketplace does not show the order, or the subscription that it changed, while it is followed.
alter table intent add column hidden_since timestamptz;

-- The order in whose stead `replacement` was placed, or one before that, if it is carried out or may be.
create function living_predecessor(replacement uuid) returns uuid language sql stable as $$
    with recursive predecessor as (
        select again_of as id from intent where id = replacement
        union
        select intent.again_of from predecessor join intent using (id)
    )
    select id from predecessor join intent using (id)
    where state not in ('failed', 'cancelled', 'absent') limit 1
$$;

-- The first of the orders placed in each other's stead of which `member` is one.
create function first_of_family(member uuid) returns uuid language sql stable as $$
    with recursive predecessor as (
        select id, again_of from intent where id = member
        union
        select intent.id, intent.again_of from predecessor join intent on intent.id = predecessor.again_of
    )
    select id from predecessor where again_of is null
$$;

-- All of them.
create function order_family(member uuid) returns setof uuid language sql stable as $$
    with recursive descendant as (
        select first_of_family(member) as id
        union
        select intent.id from descendant join intent on intent.again_of = descendant.id
    )
    select id from descendant
$$;
