//! What pages read, as Postgres counted it: none of them goes through a table from one end to the other to find a few rows.

use super::ListRequest;
use crate::customers::{self, CustomerFilter};
use crate::order_list::{self, OrderFilter};
use crate::subscriptions::{self, StatusFilter, SubscriptionFilter, TermFilter};
use crate::test_support::{START, backend, staff};
use crate::{Backend, catalogue, order_log, search};
use domain::Role;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::Duration;

/// Few enough for `analyze` to look at every row, so that the plans are the same each time.
const ROWS: &str = "
    insert into customer (id, name, status, contacts, attributes, as_of)
    select 'c' || n, md5(n::text) || ' Ltd', 'active', '[]', '{}', now() from generate_series(1, 20000) n;
    insert into subscription (id, customer_id, name, status, auto_renew, renews_on, term_type, term_length, vendor,
        attributes, as_of)
    select 's' || n, 'c' || n, md5('s' || n) || ' Mail', (array['active', 'removed', 'removed'])[1 + n % 3],
        n % 1000 > 0, date '2026-03-02' + n % 365 - case when n % 3 > 0 then 700 else 0 end, 'month',
        case when n % 900 = 0 then 36 else 1 end, case when n % 999 = 0 then 'Rare' else 'Usual' end, '{}', now()
    from generate_series(1, 20000) n;
    insert into marketplace_order (id, order_number, kind, customer_id, status, created_at, attributes, as_of)
    select 'o' || n, 'SO' || n, case when n % 1500 = 0 then 'migration' else 'sales' end, 'c' || n,
        case when n % 1000 = 0 then 'error' else 'completed' end, timestamptz '2026-03-02 09:00Z' - n * interval '1 hour',
        '{}', now()
    from generate_series(1, 20000) n;
    insert into product (key, mpn, vendor, name, term_type, term_length, billing_period_type, billing_period_length,
        prices, costs, depends_on, as_of)
    select 'p' || n, 'M-' || n, 'Vendor ' || n % 20, md5('p' || n) || ' Files',
        'year', case when n % 1999 = 0 then 5 else 1 end, 'month', case when n % 2500 = 0 then 6 else 1 end,
        '[]', '[]', '[]', now()
    from generate_series(1, 20000) n;";

/// Most are at their end; a few failed long ago, and some of these lately.
const INTENTS: &str = "
    insert into intent (id, kind, state, customer_id, subscription_id, body, lines, estimate, estimated_at, requested_by,
        form_token, created_at, settled_at)
    select gen_random_uuid(), 'change', case when n % 500 = 0 then 'failed' when n = 7 then 'unknown' else 'completed' end,
        'c' || n, 's' || n, '{}', '[]', '{}', now(), (select id from staff limit 1), gen_random_uuid(),
        timestamptz '2026-03-02 09:00Z' - n * interval '1 hour', timestamptz '2026-03-02 09:00Z' - n * interval '1 hour'
    from generate_series(1, 6000) n;
    analyze;";

/// How many rows of the table were read one after another so far.
async fn read_through(backend: &Backend, table: &str) -> i64 {
    sqlx::raw_sql("select pg_stat_force_next_flush()").execute(&backend.pool).await.unwrap();
    let read = sqlx::query_scalar!(
        r#"select seq_tup_read as "read!" from pg_stat_user_tables where relname = $1::text"#,
        table
    );
    read.fetch_one(&backend.pool).await.unwrap()
}

/// One connection, because each tells of what it read when it is asked to.
async fn filled(options: PgPoolOptions, database: PgConnectOptions) -> Backend {
    let pool: PgPool = options.max_connections(1).connect_with(database).await.unwrap();
    let backend = backend(pool);
    staff(&backend, Role::Admin).await;
    for sql in [ROWS, INTENTS] {
        sqlx::raw_sql(sql).execute(&backend.pool).await.unwrap();
    }
    backend
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_few_rows_match_is_found_without_reading_the_table(options: PgPoolOptions, database: PgConnectOptions) {
    let backend = filled(options, database).await;
    let first = ListRequest::default();
    let before = read_through(&backend, "customer").await;
    for search in ["1f0e3dad", "c19999", "1f", "nothing like it"] {
        let filter = CustomerFilter { search: Some(search.to_owned()), ..CustomerFilter::default() };
        customers::page(&backend, &first, &filter).await.unwrap();
    }
    assert_eq!(read_through(&backend, "customer").await, before);

    let before = read_through(&backend, "marketplace_order").await;
    let text = |text: &str| Some(text.to_owned());
    for filter in [
        OrderFilter { search: text("so19999"), ..OrderFilter::default() },
        OrderFilter { search: text("1f0e3dad"), ..OrderFilter::default() },
        OrderFilter { kind: text("migration"), ..OrderFilter::default() },
        OrderFilter { customer: text("1f0e3dad"), ..OrderFilter::default() },
        OrderFilter { customer: text("c77"), ..OrderFilter::default() },
    ] {
        let page = order_list::page(&backend, &first, &filter).await.unwrap();
        assert!(!page.rows.is_empty(), "{filter:?}");
        assert_eq!(read_through(&backend, "marketplace_order").await, before, "{filter:?}");
    }

    let before = read_through(&backend, "subscription").await;
    for filter in [
        SubscriptionFilter { search: text("s19998"), ..SubscriptionFilter::default() },
        SubscriptionFilter { vendor: text("Rare"), ..SubscriptionFilter::default() },
        SubscriptionFilter { auto_renew: Some(false), ..SubscriptionFilter::default() },
        SubscriptionFilter { term: Some(TermFilter::YearOrMore), status: StatusFilter::Any, ..Default::default() },
    ] {
        let page = subscriptions::page(&backend, &first, &filter).await.unwrap();
        assert!(!page.rows.is_empty(), "{filter:?}");
        assert_eq!(read_through(&backend, "subscription").await, before, "{filter:?}");
    }

    let before = read_through(&backend, "product").await;
    for filter in [
        catalogue::ProductFilter { search: text("m-19999"), ..Default::default() },
        catalogue::ProductFilter { term: text("5 year"), ..Default::default() },
        catalogue::ProductFilter { billing_period: text("6 month"), ..Default::default() },
    ] {
        let page = catalogue::products(&backend, &first, &filter).await.unwrap();
        assert!(!page.rows.is_empty(), "{filter:?}");
        assert_eq!(read_through(&backend, "product").await, before, "{filter:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_search_over_everything_reads_no_table(options: PgPoolOptions, database: PgConnectOptions) {
    let backend = filled(options, database).await;
    let tables = ["customer", "subscription", "marketplace_order", "intent", "product", "plan"];
    let mut before = Vec::new();
    for table in tables {
        before.push(read_through(&backend, table).await);
    }
    for text in ["1f0e3dad", "c19999", "s19998", "so19999", "o19999", "m-19999", "nothing like it"] {
        let found = search::holding(&backend, text).await.unwrap();
        assert_eq!(found.is_empty(), text == "nothing like it", "{text}: {found:?}");
        for (table, before) in tables.iter().zip(&before) {
            assert_eq!(read_through(&backend, table).await, *before, "{table} for {text}");
        }
    }
    // What most rows are called nearly, and what none is.
    for (slip, is_found) in [("filess", true), ("harbuor dentla", false)] {
        let near = search::near(&backend, slip).await.unwrap().unwrap();
        assert_eq!(near.products.is_empty(), !is_found, "{slip}: {near:?}");
        for (table, before) in tables.iter().zip(&before) {
            assert_eq!(read_through(&backend, table).await, *before, "{table} for {slip}");
        }
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_pages_ask_for_beside_their_list_reads_no_table(options: PgPoolOptions, database: PgConnectOptions) {
    let backend = filled(options, database).await;
    let tables = ["product", "marketplace_order", "intent"];
    let mut before = Vec::new();
    for table in tables {
        before.push(read_through(&backend, table).await);
    }
    let offered = catalogue::choices(&backend).await.unwrap();
    assert_eq!((offered.vendors.len(), offered.terms.len(), offered.billing_periods.len()), (20, 2, 2));
    let failed = order_log::failed(&backend, None, START - Duration::days(60), 8).await.unwrap();
    assert_eq!(failed.len(), 4, "the unknown one, one of the marketplace's and two of ours: {failed:?}");
    let open = order_list::open(&backend, None).await.unwrap();
    assert_eq!(open.len(), 1, "{open:?}");
    for search in ["s5999", "1f0e3dad"] {
        let filter = OrderFilter { search: Some(search.to_owned()), ..OrderFilter::default() };
        let placed = order_list::placed_here(&backend, &filter).await.unwrap();
        assert_eq!(placed.orders.len(), 1, "{search}: {placed:?}");
    }
    assert_eq!(order_log::of_subscription(&backend, "s77", 8).await.unwrap().len(), 1);
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(read_through(&backend, table).await, before, "{table}");
    }
}
