//! Resellers in lists and sums, on a real database.

mod editing;

use super::*;
use crate::customers::{self, CustomerFilter};
use crate::order_list::{self, OrderFilter};
use crate::subscriptions::{self, SubscriptionFilter};
use crate::test_support::backend;
use crate::{order_log, overview};
use sqlx::PgPool;

/// An account with a customer of its own, and with two resellers of which one was read completely and has two.
async fn with_resellers(pool: PgPool) -> Backend {
    sqlx::raw_sql(
        r#"insert into reseller (id, name, status, external_id, currency, address, contacts, attributes, as_of,
               customers_as_of) values
           ('r1', 'Brackel Partners', 'active', 'P-1', 'USD', '{"city": "Reno"}', '[{"firstName": "Ana"}]', '{}', now(),
               now()),
           ('r2', 'Aldgate Partners', 'creditHold', null, 'EUR', null, '[]', '{}', now(), null);
           insert into customer (id, name, status, reseller_id, contacts, attributes, as_of) values
           ('c1', 'Own Dental', 'active', null, '[]', '{}', now()),
           ('c2', 'Mere Dental', 'active', 'r1', '[]', '{}', now()),
           ('c3', 'Gate Foods', 'pending', 'r1', '[]', '{}', now());
           insert into marketplace_order (id, kind, customer_id, reseller_id, status, created_at, provisioned_at, attributes,
               as_of) values
           ('o1', 'sales', 'c1', null, 'processing', '2026-03-02', null, '{}', now()),
           ('o2', 'sales', 'c2', 'r1', 'processing', '2026-03-02', null, '{}', now()),
           ('o3', 'sales', 'c3', 'r1', 'error', '2026-03-01', null, '{}', now()),
           ('o4', 'sales', 'c3', 'r1', 'completed', '2026-03-01', '2026-03-02', '{}', now());
           insert into subscription (id, customer_id, name, status, auto_renew, renews_on, term_type, term_length, seats,
               detailed_at, attributes, as_of) values
           ('s1', 'c1', 'Mail', 'active', true, '2026-03-20', 'year', 1, 5, now(), '{}', now()),
           ('s2', 'c2', 'Mail', 'active', true, '2026-03-20', 'year', 1, 7, now(), '{}', now())"#,
    )
    .execute(&pool)
    .await
    .unwrap();
    backend(pool)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_list_is_searched_filtered_and_sorted_and_counts_customers_once_they_were_read(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let listed = async |request: ListRequest, filter: ResellerFilter| {
        let page = page(&backend, &request, &filter).await.unwrap();
        page.rows.into_iter().map(|row| (row.id, row.customers)).collect::<Vec<_>>()
    };
    let (r1, r2) = (("r1".to_owned(), Some(2)), ("r2".to_owned(), None));
    let all = ResellerFilter::default;
    assert_eq!(listed(ListRequest::default(), all()).await, [r2.clone(), r1.clone()]);
    let reversed = ListRequest { reversed: true, ..ListRequest::default() };
    assert_eq!(listed(reversed, all()).await, [r1.clone(), r2.clone()]);
    let by_number = ResellerFilter { search: Some("p-1".to_owned()), ..all() };
    assert_eq!(listed(ListRequest::default(), by_number).await, [r1]);
    let held = ResellerFilter { status: Some("creditHold".to_owned()), ..all() };
    assert_eq!(listed(ListRequest::default(), held).await, [r2]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_is_read_with_its_facts_and_one_that_is_not_there_is_not_found(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let reseller = get(&backend, "r1").await.unwrap();
    assert_eq!(reseller.address.and_then(|address| address.city).as_deref(), Some("Reno"));
    assert_eq!(reseller.contacts[0].first_name.as_deref(), Some("Ana"));
    assert_eq!((reseller.currency.as_deref(), reseller.orders_as_of), (Some("USD"), None));
    assert!(matches!(get(&backend, "c1").await, Err(Error::NotFound("reseller"))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_account_has_resellers_once_one_was_read(pool: PgPool) {
    assert!(!has_any(&backend(pool.clone())).await.unwrap());
    let backend = with_resellers(pool).await;
    assert!(has_any(&backend).await.unwrap());
    let names: Vec<_> = names(&backend).await.unwrap().into_iter().map(|reseller| reseller.name).collect();
    assert_eq!(names, ["Aldgate Partners", "Brackel Partners"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn customers_and_orders_are_the_account_s_own_unless_asked_for_otherwise(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let shown = async |whose: Whose| {
        let request = ListRequest::default();
        let of = CustomerFilter { whose: whose.clone(), ..CustomerFilter::default() };
        let customers = customers::page(&backend, &request, &of).await.unwrap().rows;
        let of = OrderFilter { whose, ..OrderFilter::default() };
        let mut orders = order_list::page(&backend, &request, &of).await.unwrap().rows;
        orders.sort_by(|one, other| one.id.cmp(&other.id));
        let customers: Vec<_> = customers.into_iter().map(|row| (row.id, row.reseller_name)).collect();
        let orders: Vec<_> = orders.into_iter().map(|row| (row.id, row.reseller_name)).collect();
        (customers, orders)
    };
    let own = |id: &str| (id.to_owned(), None);
    let theirs = |id: &str| (id.to_owned(), Some("Brackel Partners".to_owned()));
    assert_eq!(shown(Whose::Own).await, (vec![own("c1")], vec![own("o1")]));
    let of_reseller = shown(Whose::Reseller("r1".to_owned())).await;
    assert_eq!(of_reseller, (vec![theirs("c3"), theirs("c2")], vec![theirs("o2"), theirs("o3"), theirs("o4")]));
    assert_eq!(shown(Whose::Reseller("r2".to_owned())).await, (vec![], vec![]));
    let (customers, orders) = shown(Whose::All).await;
    assert_eq!((customers.len(), orders.len()), (3, 4));
    let reseller = customers::get(&backend, "c2").await.unwrap().reseller;
    assert_eq!(reseller, Some(ResellerName { id: "r1".to_owned(), name: "Brackel Partners".to_owned() }));
    assert_eq!(customers::get(&backend, "c1").await.unwrap().reseller, None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_overview_counts_and_names_the_account_s_own_only(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let overview = overview::get(&backend, None).await.unwrap();
    let figures = overview.figures;
    assert_eq!((figures.customers, figures.open_orders), (1, 1));
    assert_eq!((figures.active_subscriptions, figures.seats), (1, 5), "one was ordered here for a reseller's customer");
    assert_eq!((overview.decisions.renewing, overview.decisions.rows.len()), (1, 1));
    assert_eq!((overview.failed.len(), overview.completed.len()), (0, 0));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_ordered_here_for_a_reseller_s_customer_is_listed_with_that_customer_only(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let listed = async |customer_id: Option<String>| {
        let filter = SubscriptionFilter { customer_id, ..SubscriptionFilter::default() };
        let page = subscriptions::page(&backend, &ListRequest::default(), &filter).await.unwrap();
        page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(None).await, ["s1"]);
    assert_eq!(listed(Some("c2".to_owned())).await, ["s2"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_s_orders_are_those_of_its_customers_the_newest_first(pool: PgPool) {
    let backend = with_resellers(pool).await;
    let orders = order_log::of_reseller(&backend, "r1", 2).await.unwrap();
    let ids: Vec<_> = orders.iter().map(|order| (order.id.as_str(), order.customer_name.as_deref())).collect();
    assert_eq!(ids, [("o2", Some("Mere Dental")), ("o3", Some("Gate Foods"))]);
    assert!(order_log::of_reseller(&backend, "r2", 2).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn how_old_a_list_of_orders_is_depends_on_whose_they_are(pool: PgPool) {
    sqlx::raw_sql(
        "insert into sync_progress (collection, state, started_at, complete_as_of) values
         ('orders', 'idle', '2026-03-02 08:00Z', '2026-03-02 08:00Z'),
         ('submitted_orders', 'idle', '2026-03-02 08:10Z', '2026-03-02 08:10Z'),
         ('processing_orders', 'idle', '2026-03-02 08:20Z', '2026-03-02 08:20Z')",
    )
    .execute(&pool)
    .await
    .unwrap();
    let backend = backend(pool);
    let hours =
        async |whose: Whose| order_list::as_of(&backend, &whose).await.unwrap().map(|at| (at.hour(), at.minute()));
    assert_eq!(hours(Whose::Own).await, Some((8, 0)));
    assert_eq!(hours(Whose::All).await, None, "those of resellers were never read completely");
    sqlx::query!(
        "insert into sync_progress (collection, state, complete_as_of) values ('resellers', 'idle', '2026-03-02 03:00Z')"
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    assert_eq!(hours(Whose::All).await, Some((3, 0)));
    assert_eq!(hours(Whose::Reseller("r1".to_owned())).await, Some((3, 0)));
    assert_eq!(hours(Whose::Own).await, Some((8, 0)));
}
