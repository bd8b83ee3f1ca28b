-- Resellers below the account, their customers and their orders. An ordinary account has none.

create table reseller (
    id text primary key,
    external_id text,
    name text not null,
    status text not null,
    tax_reg_id text,
    language text,
    country_code text,
    city text,
    email text,
    address jsonb,
    contacts jsonb not null,
    attributes jsonb not null,
    currency text,
    taxation_provider text,
    customer_class text,
    as_of timestamptz not null,
    -- When the last complete reading of its customers, and of its orders, began; null before there was one.
    customers_as_of timestamptz,
    orders_as_of timestamptz
);

create index reseller_by_name on reseller (lower(name), id);

-- In both tables: the reseller below the account whose customer it is; null for the account's own. The marketplace names
-- the account itself as the reseller of its own customers, which would not tell them apart.
update customer set reseller_id = null;
alter table marketplace_order add column reseller_id text;

create index customer_own_by_name on customer (lower(name), id) where reseller_id is null;
create index customer_of_reseller on customer (reseller_id, lower(name), id) where reseller_id is not null;
create index marketplace_order_own_by_creation
    on marketplace_order (coalesce(created_at, '-infinity'::timestamptz), id) where reseller_id is null;
create index marketplace_order_of_reseller
    on marketplace_order (reseller_id, coalesce(created_at, '-infinity'::timestamptz), id) where reseller_id is not null;

-- Where a sweep is that goes through more than one list.
alter table sync_progress add column place jsonb;
