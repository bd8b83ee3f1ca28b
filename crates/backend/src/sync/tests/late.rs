//! What the list says while an answer is on its way is not in that answer, and is read after it.

use super::world::World;
use crate::sync::{Collection, refresh_order, refresh_subscription, sweep};
use domain::{OrderId, SubscriptionId};
use marketplace::Priority;
use marketplace::models::SubscriptionUpdate;
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;
use time::Duration;

async fn one(world: &World, query: &'static str) -> String {
    sqlx::query_scalar(query).fetch_one(&world.backend.pool).await.unwrap()
}

/// Has the next call of the operation answered only once it is released.
fn hold(world: &World, operation: &str) {
    world.marketplace.add_fault(FaultRule::once(Fault::HoldAfter, operation));
}

async fn until_held(world: &World) {
    while world.marketplace.held().is_empty() {
        tokio::task::yield_now().await;
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_that_changes_while_its_answer_is_on_its_way_is_read_again(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id =
        one(&world, "select id from subscription where status = 'active' and auto_renew order by id limit 1").await;
    let id = SubscriptionId::from(id);
    hold(&world, "getSubscription");
    let reading = tokio::spawn({
        let (backend, id) = (world.backend.clone(), id.clone());
        async move { refresh_subscription(&backend, &id, Priority::People).await }
    });
    until_held(&world).await;

    let client = world.backend.marketplace().unwrap();
    client.update_subscription(&id, &SubscriptionUpdate::renewal(false)).await.unwrap();
    world.clock.advance(Duration::SECOND);
    let mut db = world.backend.pool.acquire().await.unwrap();
    sweep::next_page(&world.backend, &mut db, Collection::Subscriptions).await.unwrap();
    drop(db);
    world.marketplace.release_held();
    let answer = reading.await.unwrap().unwrap();
    assert_eq!(answer.subscription.renewal_status, Some(true), "the answer is of before the change");

    let calls = world.calls_of(world.catch_up()).await;
    assert_eq!(calls.get("getSubscription"), Some(&1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn so_is_an_order(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = one(&world, "select id from marketplace_order where list_key = detail_key order by id limit 1").await;
    hold(&world, "getOrderDetails");
    let reading = tokio::spawn({
        let (backend, id) = (world.backend.clone(), OrderId::from(id.as_str()));
        async move { refresh_order(&backend, &id, Priority::People).await }
    });
    until_held(&world).await;
    // As the sweep does where the list says something new.
    world.run(&format!("update marketplace_order set list_key = 'something new' where id = '{id}'")).await;
    world.marketplace.release_held();
    reading.await.unwrap().unwrap();
    let outdated = "marketplace_order where list_key = 'something new' and detail_key is distinct from list_key \
                    and detailed_at is not null";
    assert_eq!(world.count(outdated).await, 1);
}
