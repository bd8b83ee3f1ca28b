-- The detail of a subscription is read when somebody opens the subscription: this is when. It is wanted until it was read,
-- or the marketplace would not tell it.
alter table subscription add column detail_wanted_at timestamptz;

-- The call for it was not answered. That says nothing about the subscription, so it does not wait as after `detail_failed_at`.
alter table subscription add column detail_unanswered_at timestamptz;

create index subscription_wanted on subscription (detail_wanted_at)
    where detail_wanted_at > coalesce(greatest(detailed_at, detail_failed_at), '-infinity'::timestamptz);

-- In the order in which details are read: what changed before what was never read.
drop index subscription_to_detail;
create index subscription_to_detail on subscription ((detailed_at is null), (status = 'active') desc, renews_on, id)
    where detail_key is distinct from list_key and status not in ('terminated', 'removed');
