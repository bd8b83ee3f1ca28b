//! Lists as files, on a real database.

use super::Export;
use crate::customers::{self, CustomerFilter};
use crate::list::{Count, ListRequest};
use crate::order_list::{self, OrderFilter};
use crate::staff::Staff;
use crate::subscriptions::{self, SubscriptionFilter};
use crate::test_support::{backend, copied, staff};
use crate::{Backend, Error, activity, catalogue};
use catalogue::ProductFilter;
use csv::{Reader, StringRecord};
use domain::{AssignedRole, CustomRole, Limits, Permission, Permissions, Role};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Two thousand five hundred of them are on hold, many of the same name.
const CUSTOMERS: &str = "insert into customer (id, name, status, contacts, attributes, as_of)
    select n::text, 'Name ' || n % 37, (array['hold', 'active'])[1 + n % 2], '[]', '{}', now()
    from generate_series(1, 5001) n";

async fn run(pool: &PgPool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.unwrap();
}

async fn ids(pool: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(pool).await.unwrap()
}

fn on_hold() -> CustomerFilter {
    CustomerFilter { status: Some("hold".to_owned()), ..CustomerFilter::default() }
}

/// What is written, heading and rows, after the mark of its encoding.
fn records(parts: &[bytes::Bytes]) -> Vec<StringRecord> {
    let text = String::from_utf8(parts.concat()).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = Reader::from_reader(text.as_bytes());
    let heading = reader.headers().unwrap().clone();
    std::iter::once(heading).chain(reader.records().map(Result::unwrap)).collect()
}

async fn read(export: Export) -> Vec<StringRecord> {
    records(&export.content.try_collect::<Vec<_>>().await.unwrap())
}

/// The first column of every row.
fn first(records: &[StringRecord]) -> Vec<&str> {
    records[1..].iter().map(|record| &record[0]).collect()
}

/// The column of that heading in the row.
fn column<'a>(records: &'a [StringRecord], heading: &str, row: usize) -> Option<&'a str> {
    let position = records[0].iter().position(|one| one == heading)?;
    records[row].get(position)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_row_that_is_left_is_written_once_and_in_the_list_s_order(pool: PgPool) {
    run(&pool, CUSTOMERS).await;
    let backend = backend(pool);
    let viewer = staff(&backend, Role::Viewer).await;
    let expected =
        ids(&backend.pool, "select id from customer where status = 'hold' order by lower(name) desc, id desc").await;
    let request = ListRequest {
        sort: Some("name".to_owned()),
        reversed: true,
        // Every page is written, whichever one was looked at.
        cursor: Some(">7~name 7".parse().unwrap()),
    };
    // What matches is sorted before Postgres knows how large the table is; then the index is walked.
    for rows in [-1.0_f32, 5_000.0] {
        let size = sqlx::query!("update pg_class set reltuples = $1 where oid = 'customer'::regclass", rows);
        size.execute(&backend.pool).await.unwrap();
        let export = customers::export(&backend, &viewer, &request, &on_hold()).await.unwrap();
        assert_eq!(export.name, "customers-2026-03-02.csv");
        let parts: Vec<_> = export.content.try_collect().await.unwrap();
        assert_eq!(parts.len(), 4, "the headings and three batches");
        assert_eq!(first(&records(&parts)), expected);
    }
}

/// One connection: while the file waits to be read it keeps none, or nothing could be added.
#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn rows_that_are_added_meanwhile_move_none_of_the_others(options: PgPoolOptions, database: PgConnectOptions) {
    let backend = backend(options.max_connections(1).connect_with(database).await.unwrap());
    run(&backend.pool, CUSTOMERS).await;
    let viewer = staff(&backend, Role::Viewer).await;
    let mut expected =
        ids(&backend.pool, "select id from customer where status = 'hold' order by lower(name), id").await;
    let mut content = customers::export(&backend, &viewer, &ListRequest::default(), &on_hold()).await.unwrap().content;
    let mut parts = vec![content.try_next().await.unwrap().unwrap(), content.try_next().await.unwrap().unwrap()];
    run(
        &backend.pool,
        "insert into customer (id, name, status, contacts, attributes, as_of) values
         ('before', 'A name', 'hold', '[]', '{}', now()), ('behind', 'Z name', 'hold', '[]', '{}', now()),
         ('other', 'Z name', 'active', '[]', '{}', now())",
    )
    .await;
    parts.extend(content.try_collect::<Vec<_>>().await.unwrap());
    expected.push("behind".to_owned());
    assert_eq!(first(&records(&parts)), expected);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_database_that_breaks_on_the_way_does_not_end_the_file_as_if_it_were_whole(pool: PgPool) {
    run(&pool, CUSTOMERS).await;
    let backend = backend(pool);
    let viewer = staff(&backend, Role::Viewer).await;
    let mut content = customers::export(&backend, &viewer, &ListRequest::default(), &on_hold()).await.unwrap().content;
    for part in ["the headings", "the first batch"] {
        assert!(matches!(content.next().await, Some(Ok(_))), "{part}");
    }
    backend.pool.close().await;
    assert!(matches!(content.next().await, Some(Err(Error::Database(_)))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_name_is_no_formula_and_a_loss_is_a_number(pool: PgPool) {
    run(
        &pool,
        r#"insert into product (key, mpn, vendor, name, price_amount, price_currency, cost_amount, cost_currency,
             prices, costs, depends_on, as_of)
           values ('k', '-1+1', '@Vendor', '=HYPERLINK("x")', 70.50, 'EUR', 95.1000, 'EUR', '[]', '[]', '[]',
             '2026-03-02T08:00:00Z')"#,
    )
    .await;
    let backend = backend(pool);
    let manager = staff(&backend, Role::AccountManager).await;
    let (request, filter) = (ListRequest::default(), ProductFilter::default());
    let written = read(catalogue::export_products(&backend, &manager, &request, &filter).await.unwrap()).await;
    for (heading, cell) in [
        ("id", ""),
        ("mpn", "'-1+1"),
        ("vendor", "'@Vendor"),
        ("name", "'=HYPERLINK(\"x\")"),
        ("price", "70.50"),
        ("currency", "EUR"),
        ("cost", "95.1000"),
        ("cost currency", "EUR"),
        ("margin", "-24.6000"),
        ("margin percent", "-34.9"),
        ("as of", "2026-03-02T08:00:00Z"),
    ] {
        assert_eq!(column(&written, heading, 1), Some(cell), "{heading}");
    }
    let viewer = staff(&backend, Role::Viewer).await;
    let written = read(catalogue::export_products(&backend, &viewer, &request, &filter).await.unwrap()).await;
    assert_eq!(column(&written, "price", 1), Some("70.50"));
    let costs: Vec<&str> =
        written[0].iter().filter(|heading| heading.contains("cost") || heading.contains("margin")).collect();
    assert_eq!(costs, [] as [&str; 0]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_took_which_list_away_is_in_the_activity_before_a_byte_is_read(pool: PgPool) {
    run(&pool, CUSTOMERS).await;
    let backend = backend(pool);
    let viewer = staff(&backend, Role::Viewer).await;
    let export = customers::export(&backend, &viewer, &ListRequest::default(), &on_hold()).await.unwrap();
    drop(export);
    let rows = activity::page(&backend, None, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("list.exported", "Test viewer"));
    assert_eq!((row.subject_kind.as_str(), row.subject_id.as_str()), ("list", "customers"));
    assert_eq!(row.after, Some(json!({ "status": "hold", "rows": 2500 })));
}

/// Somebody whose role allows nothing.
async fn nobody_much(backend: &Backend) -> Staff {
    let role = CustomRole {
        id: "none".to_owned(),
        name: "None".to_owned(),
        permissions: Permissions::default(),
        limits: Limits::default(),
    };
    Staff { role: AssignedRole::Custom(role), ..staff(backend, Role::Viewer).await }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_may_not_see_a_list_may_not_take_it_away(pool: PgPool) {
    let backend = backend(pool);
    let nobody = nobody_much(&backend).await;
    let request = ListRequest::default();
    for refused in [
        customers::export(&backend, &nobody, &request, &CustomerFilter::default()).await,
        subscriptions::export(&backend, &nobody, &request, &SubscriptionFilter::default()).await,
        order_list::export(&backend, &nobody, &request, &OrderFilter::default()).await,
        catalogue::export_products(&backend, &nobody, &request, &ProductFilter::default()).await,
        catalogue::export_plans(&backend, &nobody, &request, None).await,
    ] {
        assert!(matches!(refused, Err(Error::Forbidden(Permission::Browse))), "{refused:?}");
    }
    assert!(activity::page(&backend, None, 10).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_list_is_written_whole_with_something_below_each_heading(pool: PgPool) {
    let (backend, _clock, _marketplace) = copied(pool).await;
    let admin = staff(&backend, Role::Admin).await;
    let request = ListRequest::default();
    let (of_customers, of_subscriptions) = (CustomerFilter::default(), SubscriptionFilter::default());
    let (of_orders, of_products) = (OrderFilter::default(), ProductFilter::default());
    let listed = [
        (
            customers::export(&backend, &admin, &request, &of_customers).await.unwrap(),
            customers::page(&backend, &request, &of_customers).await.unwrap().count,
        ),
        (
            subscriptions::export(&backend, &admin, &request, &of_subscriptions).await.unwrap(),
            subscriptions::page(&backend, &request, &of_subscriptions).await.unwrap().count,
        ),
        (
            order_list::export(&backend, &admin, &request, &of_orders).await.unwrap(),
            order_list::page(&backend, &request, &of_orders).await.unwrap().count,
        ),
        (
            catalogue::export_products(&backend, &admin, &request, &of_products).await.unwrap(),
            catalogue::products(&backend, &request, &of_products).await.unwrap().count,
        ),
        (
            catalogue::export_plans(&backend, &admin, &request, None).await.unwrap(),
            catalogue::plans(&backend, &request, None).await.unwrap().count,
        ),
    ];
    for (export, count) in listed {
        let name = export.name.clone();
        let written = read(export).await;
        assert_eq!(Count::Exactly(i64::try_from(written.len() - 1).unwrap()), count, "{name}");
        for heading in ["id", "name", "status", "type", "price", "currency", "cost", "total", "as of", "created"] {
            let known =
                (1..written.len()).filter_map(|row| column(&written, heading, row)).any(|cell| !cell.is_empty());
            let there = written[0].iter().any(|one| one == heading);
            assert_eq!(known, there, "{name} says nothing of {heading}");
        }
    }
}
