-- Orders placed here that the marketplace does not have (yet) are found by the same search as those it has: by a column
-- of what the search covers, in lower case, every part after a unit separator, with a trigram index.
--
-- At the upgrade: the table of orders placed here is rewritten and indexed under an exclusive lock, for a second or three
-- at some ten thousands of rows. Pages that read it and the placing of orders wait meanwhile.

-- The names of the products, whatever else the lines hold.
create function names_of_lines(lines jsonb) returns text language sql immutable parallel safe
    return (
        select coalesce(string_agg(name #>> '{}', E'\x1f'), '') from jsonb_path_query(lines, 'lax $[*].name') name
    );

alter table intent add column search text not null generated always as (lower(
    E'\x1f' || coalesce(po_number, '') || E'\x1f' || coalesce(order_number, '') || E'\x1f' || coalesce(order_id, '')
    || E'\x1f' || id::text || E'\x1f' || customer_id || E'\x1f' || coalesce(subscription_id, '')
    || E'\x1f' || names_of_lines(lines))) stored;

create index intent_by_search on intent using gin (search gin_trgm_ops) with (fastupdate = off);
