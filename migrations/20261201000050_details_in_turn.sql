-- An index for each kind of detail that is read in turn (`backend::sync::details`), in the order in which its objects are,
-- so that the next few of them are found without looking at all that wait.
--
-- At the upgrade: each `create index` lets its table be read but not written until the end of this migration, for a second or
-- two at some hundred thousand rows.

drop index subscription_to_detail;

-- Read before and not up to date: those first whose reading is oldest.
create index subscription_changed on subscription (detailed_at, id)
    where detailed_at is not null and detail_key is distinct from list_key and status not in ('terminated', 'removed');

-- Never read: those first that renew soonest.
create index subscription_never_read on subscription (coalesce(renews_on, 'infinity'::date), id)
    where detailed_at is null and detail_key is distinct from list_key and status not in ('terminated', 'removed');

-- Of orders the marketplace is busy with there are few, and most are up to date; `marketplace_order_to_detail` has nearly
-- all orders in it, because old ones are read only when somebody opens them.
create index marketplace_order_open_to_detail on marketplace_order (created_at, id)
    where detail_key is distinct from list_key and status in ('submitted', 'processing') and reseller_id is null;
