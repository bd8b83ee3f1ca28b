-- The copy of the marketplace that every page reads. Each row says when its facts were read (`as_of`, `detailed_at`).
-- There are no foreign keys between copied tables: the marketplace may tell of a subscription before its customer.

create extension if not exists pg_trgm;

create table customer (
    id text primary key,
    reseller_id text,
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
    as_of timestamptz not null
);

create index customer_by_name on customer (lower(name), id);
create index customer_by_name_text on customer using gin (name gin_trgm_ops);
create index customer_by_status on customer (status, id);

create table subscription (
    id text primary key,
    customer_id text not null,
    name text not null,
    status text not null,
    auto_renew boolean,
    created_on date,
    renews_on date,
    expires_on date,
    modified_on date,
    billing_model text,
    billing_period_type text,
    billing_period_length integer,
    term_type text,
    term_length integer,
    attributes jsonb not null,
    -- Only the detail tells these; null until it was read.
    plan_id text,
    vendor text,
    seats bigint,
    price_amount numeric,
    price_currency text,
    cost_amount numeric,
    cost_currency text,
    order_parameters jsonb,
    fulfilment_parameters jsonb,
    as_of timestamptz not null,
    detailed_at timestamptz,
    -- A digest of what the list says now, and of what it said when the detail was last read: where they differ the
    -- detail is out of date. A detail that could not be read is tried again some time after `detail_failed_at`.
    list_key text,
    detail_key text,
    detail_failed_at timestamptz
);

create index subscription_to_detail on subscription (renews_on, id)
    where detail_key is distinct from list_key and status not in ('terminated', 'removed');

create index subscription_by_customer on subscription (customer_id, id);
create index subscription_by_name on subscription (lower(name), id);
create index subscription_by_name_text on subscription using gin (name gin_trgm_ops);
create index subscription_by_renewal on subscription (coalesce(renews_on, 'infinity'::date), id);
create index subscription_by_creation on subscription (coalesce(created_on, '-infinity'::date), id);
create index subscription_by_seats on subscription (coalesce(seats, -1), id);
create index subscription_by_status on subscription (status, id);
create index subscription_by_vendor on subscription (vendor, id);

create table product_line (
    subscription_id text not null references subscription on delete cascade,
    line integer not null,
    product_id text,
    mpn text,
    vendor text,
    name text not null,
    seats integer not null,
    unit_price numeric,
    unit_cost numeric,
    extended_price numeric,
    price_currency text,
    cost_currency text,
    vendor_subscription_id text,
    primary key (subscription_id, line)
);

create index product_line_by_mpn on product_line (mpn);

create table product (
    -- The marketplace gives a product no identifier that is unique across periods; this one is (MD5 of all of them).
    key text primary key,
    id text,
    mpn text,
    vendor text not null,
    service_name text,
    name text not null,
    minimum numeric,
    maximum numeric,
    billing_model text,
    billing_period_type text,
    billing_period_length integer,
    term_type text,
    term_length integer,
    -- The first recurring price and cost: what lists show.
    price_amount numeric,
    price_currency text,
    cost_amount numeric,
    cost_currency text,
    prices jsonb not null,
    costs jsonb not null,
    depends_on jsonb not null,
    coterming jsonb,
    as_of timestamptz not null
);

create index product_by_name on product (
    (lower(name) || ' '
        || lpad((coalesce(term_length, 0) * case term_type when 'year' then 12 else 1 end)::text, 5, '0')
        || lpad((coalesce(billing_period_length, 0) * case billing_period_type when 'year' then 12 else 1 end)::text,
            5, '0')),
    key
);
create index product_by_name_text on product using gin (name gin_trgm_ops);
create index product_by_vendor on product (
    (vendor || ' ' || (lower(name) || ' '
        || lpad((coalesce(term_length, 0) * case term_type when 'year' then 12 else 1 end)::text, 5, '0')
        || lpad((coalesce(billing_period_length, 0) * case billing_period_type when 'year' then 12 else 1 end)::text,
            5, '0'))),
    key
);
create index product_by_price on product (
    (coalesce(price_currency, '') || lpad(round(coalesce(price_amount, 0), 6)::text, 24, '0')), key
);
create index product_of_vendor on product (vendor);
create index product_by_mpn on product (mpn);

create table plan (
    id text primary key,
    name text not null,
    short_description text,
    long_description text,
    published boolean,
    billing_model text,
    billing_period_type text,
    billing_period_length integer,
    terms jsonb not null,
    -- Only the detail tells these; null until it was read.
    switches jsonb,
    as_of timestamptz not null,
    detailed_at timestamptz,
    -- As for subscriptions.
    list_key text,
    detail_key text,
    detail_failed_at timestamptz
);

create index plan_by_name on plan (lower(name), id);

create table marketplace_order (
    id text primary key,
    order_number text,
    kind text not null,
    customer_id text not null,
    status text not null,
    status_code text,
    created_at timestamptz,
    provisioned_at timestamptz,
    total_amount numeric,
    total_currency text,
    attributes jsonb not null,
    -- Only the detail tells these; null until it was read.
    po_number text,
    subscription_id text,
    scheduled_on text,
    lines jsonb,
    charges jsonb,
    as_of timestamptz not null,
    detailed_at timestamptz,
    -- As for subscriptions.
    list_key text,
    detail_key text,
    detail_failed_at timestamptz
);

create index marketplace_order_to_detail on marketplace_order (created_at, id)
    where detail_key is distinct from list_key;

create index marketplace_order_by_creation on marketplace_order (coalesce(created_at, '-infinity'::timestamptz), id);
create index marketplace_order_by_customer on marketplace_order (customer_id, id);
create index marketplace_order_by_subscription on marketplace_order (subscription_id);
create index marketplace_order_by_status on marketplace_order (status, id);
create index marketplace_order_by_number on marketplace_order (order_number);

create table report (
    id text primary key,
    name text not null,
    customisation text,
    status text not null,
    kind text not null,
    format text not null,
    created_at timestamptz,
    start_at timestamptz,
    end_at timestamptz,
    requested_by uuid references staff,
    as_of timestamptz not null,
    -- While it is under way: when it is looked at next, and how often it was.
    next_look_at timestamptz,
    looks integer not null default 0
);

create index report_under_way on report (next_look_at) where status in ('submitted', 'processing');
create index report_by_creation on report (coalesce(created_at, '-infinity'::timestamptz), id);

-- How far each collection's copy is. A row outlives a crash, so a sweep goes on where it stopped.
create table sync_progress (
    collection text primary key,
    state text not null check (state in ('waiting', 'running', 'idle', 'failed')),
    -- Objects read so far in this sweep, and how many there are; null before the first answer.
    done integer not null default 0,
    total integer,
    -- When the sweep now under way began, and when the last complete one began and ended.
    started_at timestamptz,
    complete_as_of timestamptz,
    finished_at timestamptz,
    calls integer not null default 0,
    changed integer not null default 0,
    error text
);
