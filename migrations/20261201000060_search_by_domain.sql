-- Subscriptions are searched by their domain and their tenant at the vendor, too: people know a customer's subscription by
-- these. Both are parameters of it, known once its detail was read. Other parameters may be personal, and are left out.
--
-- At the upgrade: the table of subscriptions is rewritten and indexed under an exclusive lock, for seconds at some hundred
-- thousand rows. Pages that read it wait meanwhile.

-- The values that are texts; vendors call the parameters `domain`, `microsoft_domain`, `ms_customer_id` and the like.
create function domains_of_parameters(order_parameters jsonb, fulfilment_parameters jsonb) returns text
    language sql immutable parallel safe
    return (
        select coalesce(string_agg(value #>> '{}', E'\x1f'), '')
        from jsonb_path_query(
            jsonb_build_array(order_parameters, fulfilment_parameters),
            'lax $[*][*] ? (@.name like_regex "domain|(tenant|customer)_id$" flag "i").value ? (@.type() == "string")'
        ) value
    );

alter table subscription
    drop column search,
    add column search text not null generated always as (lower(
        E'\x1f' || name || E'\x1f' || id || E'\x1f' || domains_of_parameters(order_parameters, fulfilment_parameters))) stored;

create index subscription_by_search on subscription using gin (search gin_trgm_ops) with (fastupdate = off);
