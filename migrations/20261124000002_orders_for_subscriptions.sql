-- Subscriptions are also switched, renewed and cancelled, and changed with their renewal.

alter table intent drop constraint intent_kind_check;
alter table intent add constraint intent_kind_check check (kind in ('sales', 'change', 'renewal', 'cancellation'));

-- Carried out with the subscription's renewal, perhaps months away: it must not stand in the way of what is done now.
alter table intent add column at_renewal boolean not null default false;

drop index one_open_intent_per_subscription;
create unique index one_open_intent_per_subscription on intent (subscription_id, at_renewal)
    where subscription_id is not null and state not in ('completed', 'failed', 'cancelled');

create or replace view order_log as
select
    o.id, false as placed_here, o.kind, o.status, o.order_number, o.customer_id, o.subscription_id, o.po_number,
    o.created_at, o.provisioned_at as settled_at, o.total_amount, o.total_currency, null::jsonb as lines,
    null::text as problem, o.scheduled_on is not null as at_renewal
from marketplace_order o
where not exists (select from intent i where i.order_id = o.id)
union all
select
    i.id::text, true, i.kind, i.state, i.order_number, i.customer_id, i.subscription_id, i.po_number,
    i.created_at, i.settled_at, null, null, i.lines, i.problem, i.at_renewal
from intent i;
