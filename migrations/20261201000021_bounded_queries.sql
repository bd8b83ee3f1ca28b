-- Indexes for what lists are filtered by and pages ask for, so that no page reads a whole table.
--
-- At the upgrade: each `create index` lets its table be read but not written until the end of this migration; no table is
-- rewritten. A sweep of the copy and the placing of orders wait meanwhile, for a second or two at some hundred thousand rows.

-- What somebody may have to look after: an order that is unknown, one that failed lately, one that turned up late. With
-- `found_late_at` all of these are conditions of one row of the view, each with an index.
create or replace view order_log as
select
    o.id, false as placed_here, o.kind, o.status, o.order_number, o.customer_id, o.subscription_id, o.po_number,
    o.created_at, o.provisioned_at as settled_at, o.total_amount, o.total_currency, null::jsonb as lines,
    null::text as problem, o.scheduled_on is not null as at_renewal, null::timestamptz as found_late_at
from marketplace_order o
where not exists (select from intent i where i.order_id = o.id)
union all
select
    i.id::text, true, i.kind, i.state, i.order_number, i.customer_id, i.subscription_id, i.po_number,
    i.created_at, i.settled_at, null, null, i.lines, i.problem, i.at_renewal, i.found_late_at
from intent i;

-- An index is used only where its condition follows from the query's: both name the same statuses.
create index marketplace_order_failed on marketplace_order (created_at) where status in ('error', 'failed', 'absent');
create index intent_failed on intent (created_at) where state in ('error', 'failed', 'absent');
create index intent_failed_by_end on intent (coalesce(settled_at, created_at)) where state in ('failed', 'absent');
create index intent_unknown on intent (created_at) where state = 'unknown';
create index intent_found_late on intent (found_late_at) where found_late_at is not null;
create index intent_by_subscription on intent (subscription_id, created_at desc) where subscription_id is not null;

-- Orders by type; some types are rare.
create index marketplace_order_by_kind on marketplace_order (kind);

-- Subscriptions in use are a quarter of all, and the others' dates lie in the past: by date, a page of them would begin
-- after all of those.
create index subscription_in_use_by_renewal on subscription (coalesce(renews_on, 'infinity'::date), id)
    where status in ('active', 'pending', 'hold');
create index subscription_in_use_by_creation on subscription (coalesce(created_on, '-infinity'::date), id)
    where status in ('active', 'pending', 'hold');
create index subscription_by_auto_renew on subscription (auto_renew, status);
-- The expression is that of `YEAR_OR_MORE` in `subscriptions/filter.rs`.
create index subscription_by_term on subscription (
    (coalesce(term_length, 1) >= case term_type when 'year' then 1 when 'month' then 12 when 'day' then 365 end), status
);

-- Products by term and by billing period, in the words of the filter, which offers what is found in these indexes.
create index product_by_term on product ((coalesce(term_length, 1)::text || ' ' || term_type));
create index product_by_billing on product ((coalesce(billing_period_length, 1)::text || ' ' || billing_period_type));
