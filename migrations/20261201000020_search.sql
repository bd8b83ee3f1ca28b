-- Lists are searched by one column with one trigram index: a condition of several columns joined by `or`, one of which has
-- no index, reads the whole table.
--
-- Each table gets what its list's search covers, in lower case, every part after a unit separator, which nobody types: so
-- a search never runs from one part into the next. Postgres writes the column; the copy never does, and the digests of
-- the rows (`list_key`) are taken of what the marketplace sent, so no detail is read again.
--
-- At the upgrade: each `alter table … add column` rewrites its table and indexes under an exclusive lock, and the locks
-- are held until the end of this migration. Pages that read a table wait meanwhile. The largest tables take seconds for
-- some hundred thousand rows.

-- Without these the rewrite has less to write. The condition they were made for never used them.
drop index customer_by_name_text;
drop index subscription_by_name_text;
drop index product_by_name_text;

-- These are swept from one end to the other, and each time every row is written anew, for its `as_of` alone. Where the new
-- version finds room on its page no index is touched, the trigram index, which costs most, among them. The rewrite below
-- leaves that room; without it the sweeps would spread the rows over as many pages by themselves.
alter table customer set (fillfactor = 50);
alter table subscription set (fillfactor = 50);
alter table product set (fillfactor = 50);

alter table customer add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || id || E'\x1f' || coalesce(external_id, '') || E'\x1f' || coalesce(email, ''))) stored;
alter table subscription add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || id)) stored;
alter table marketplace_order add column search text not null generated always as (lower(
    E'\x1f' || coalesce(order_number, '') || E'\x1f' || id || E'\x1f' || coalesce(po_number, ''))) stored;
alter table product add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || coalesce(mpn, '') || E'\x1f' || coalesce(id, ''))) stored;
alter table plan add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || coalesce(short_description, '') || E'\x1f' || id)) stored;

-- Of these there are few, so that reading them all is quick. The column is what makes the search the same everywhere.
alter table reseller add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || id || E'\x1f' || coalesce(external_id, '') || E'\x1f' || coalesce(email, ''))) stored;
alter table report add column search text not null generated always as (lower(
    E'\x1f' || name || E'\x1f' || coalesce(customisation, '') || E'\x1f' || id)) stored;

-- `fastupdate` would put what is new on a list that each search reads through. Only what is new or renamed is written to
-- these, at the pace of the marketplace's calls: there is time to sort it in at once.
create index customer_by_search on customer using gin (search gin_trgm_ops) with (fastupdate = off);
create index subscription_by_search on subscription using gin (search gin_trgm_ops) with (fastupdate = off);
create index marketplace_order_by_search on marketplace_order using gin (search gin_trgm_ops) with (fastupdate = off);
create index product_by_search on product using gin (search gin_trgm_ops) with (fastupdate = off);
create index plan_by_search on plan using gin (search gin_trgm_ops) with (fastupdate = off);
