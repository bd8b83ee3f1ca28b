-- Orders of the marketplace and intents of ours as one: an order placed here appears once, as its intent.

create view order_log as
select
    o.id, false as placed_here, o.kind, o.status, o.order_number, o.customer_id, o.subscription_id, o.po_number,
    o.created_at, o.provisioned_at as settled_at, o.total_amount, o.total_currency, null::jsonb as lines,
    null::text as problem
from marketplace_order o
where not exists (select from intent i where i.order_id = o.id)
union all
select
    i.id::text, true, i.kind, i.state, i.order_number, i.customer_id, i.subscription_id, i.po_number,
    i.created_at, i.settled_at, null, null, i.lines, i.problem
from intent i;

create index marketplace_order_by_settlement on marketplace_order (provisioned_at);
