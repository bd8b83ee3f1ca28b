//! What is read of the marketplace, and with how few calls.

use super::world::World;
use crate::sync::{Collection, SyncState, progress, request};
use futures::TryStreamExt;
use marketplace::models::{Customer, Order, Product, Subscription, SubscriptionStatus, SubscriptionUpdate};
use marketplace::{
    AllPlans, Client, CustomerFilter, Listing, OrderFilter, ProductFilter, ReportFilter, SubscriptionFilter,
};
use marketplace_sim::SubscriptionView;
use sqlx::PgPool;

async fn all<L: Listing>(client: &Client, list: L) -> Vec<L::Row> {
    let pages: Vec<_> = client.pages(list).try_collect().await.unwrap();
    pages.into_iter().flat_map(|page| page.data).collect()
}

fn alive(subscription: &SubscriptionView) -> bool {
    !["terminated", "removed"].contains(&subscription.status.as_str())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_first_copy_equals_the_marketplace(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let client = world.backend.marketplace().unwrap();

    let customers: Vec<Customer> = all(&client, CustomerFilter::default()).await;
    let orders: Vec<Order> = all(&client, OrderFilter::default()).await;
    let products: Vec<Product> = all(&client, ProductFilter::default()).await;
    let plans = all(&client, AllPlans).await;
    let reports = client.reports(&ReportFilter::default()).await.unwrap();
    for (table, count) in [
        ("customer", customers.len()),
        ("marketplace_order", orders.len()),
        ("product", products.len()),
        ("plan where switches is not null", plans.len()),
        ("report", reports.len()),
    ] {
        assert!(count > 0, "the stand-in has rows of {table}");
        assert_eq!(usize::try_from(world.count(table).await).unwrap(), count, "{table}");
    }
    for customer in customers {
        for subscription in world.marketplace.subscriptions_of(customer.id.as_str()) {
            assert_subscription_equals(&world, &subscription).await;
        }
    }
}

async fn assert_subscription_equals(world: &World, theirs: &SubscriptionView) {
    let pool = &world.backend.pool;
    let ours = sqlx::query!(
        "select customer_id, status, auto_renew, vendor, seats, detailed_at from subscription where id = $1",
        theirs.id
    );
    let ours = ours.fetch_one(pool).await.unwrap();
    assert_eq!(ours.customer_id, theirs.customer);
    assert_eq!(ours.status, theirs.status);
    assert_eq!(ours.auto_renew, Some(theirs.auto_renew));
    assert_eq!(ours.detailed_at.is_some(), alive(theirs), "only what is alive gets a detail call");
    if alive(theirs) {
        let lines =
            sqlx::query!("select mpn, seats from product_line where subscription_id = $1 order by line", theirs.id);
        let lines = lines.fetch_all(pool).await.unwrap();
        let lines: Vec<_> = lines.into_iter().map(|line| (line.mpn.unwrap(), i64::from(line.seats))).collect();
        let expected: Vec<_> = theirs.lines.iter().map(|line| (line.mpn.clone(), i64::from(line.seats))).collect();
        assert_eq!(lines, expected);
        assert_eq!(ours.seats, Some(expected.iter().map(|(_, seats)| seats).sum()));
        assert_eq!(ours.vendor.is_some(), !expected.is_empty());
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_order_that_is_open_or_recent_has_its_detail(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let missing = "marketplace_order where detailed_at is null \
                   and (created_at > '2026-11-23T12:00Z'::timestamptz - interval '2 days' \
                        or status in ('submitted', 'processing'))";
    assert_eq!(world.count(missing).await, 0);
    assert!(world.count("marketplace_order where detailed_at is null").await > 0, "older ones are left alone");
    assert!(world.count("marketplace_order where subscription_id is not null").await > 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn when_nothing_changed_only_the_lists_are_read(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    world.advance_past_every_interval();
    let calls = world.calls_of(world.catch_up()).await;
    let expected = [
        ("getCatalog", 1),
        ("getCustomers", 1),
        ("getOrders", 3),
        ("getReports", 1),
        ("getResellers", 1),
        ("getServicePlans", 1),
        ("getSubscriptions", 1),
    ];
    assert_eq!(calls.into_iter().collect::<Vec<_>>(), expected);
    for row in progress(&world.backend).await.unwrap() {
        assert_eq!((row.state, row.error), (SyncState::Idle, None), "{}", row.collection);
        if Collection::LISTS.contains(&row.collection) {
            assert_eq!((row.changed, row.done), (0, row.total.unwrap()), "{}", row.collection);
        }
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn one_changed_subscription_costs_one_detail(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let client = world.backend.marketplace().unwrap();
    let active = SubscriptionFilter { status: Some(SubscriptionStatus::Active), ..SubscriptionFilter::default() };
    let subscriptions: Vec<Subscription> = all(&client, active).await;
    let changed = &subscriptions[3];
    let update = SubscriptionUpdate::renewal(changed.renewal_status != Some(true));
    client.update_subscription(&changed.id, &update).await.unwrap();

    world.advance_past_every_interval();
    let calls = world.calls_of(world.catch_up()).await;
    let details: Vec<_> = calls.into_iter().filter(|(operation, _)| operation.ends_with("Subscription")).collect();
    assert_eq!(details, [("getSubscription", 1)]);
    let theirs = world.marketplace.subscription(changed.id.as_str()).unwrap();
    assert_subscription_equals(&world, &theirs).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_old_open_order_that_was_settled_is_noticed_with_one_call(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    // As if it had still been open when it was last read.
    let id = sqlx::query_scalar!(
        "update marketplace_order set status = 'processing' where id = (select id from marketplace_order
         where status = 'completed' and created_at < '2026-11-01' order by created_at desc limit 1) returning id"
    );
    let id = id.fetch_one(&world.backend.pool).await.unwrap();
    world.advance_past_every_interval();
    let calls = world.calls_of(world.catch_up()).await;
    assert_eq!(calls.get("getOrderDetails"), Some(&1));
    let status = sqlx::query_scalar!("select status from marketplace_order where id = $1", id);
    assert_eq!(status.fetch_one(&world.backend.pool).await.unwrap(), "completed");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_list_that_is_asked_for_is_read_although_it_is_not_due(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    request(&world.backend, Collection::Customers).await.unwrap();
    let calls = world.calls_of(world.catch_up()).await;
    assert_eq!(calls.into_iter().collect::<Vec<_>>(), [("getCustomers", 1)]);
}
