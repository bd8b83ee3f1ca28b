//! What a failure costs: the page or the detail under way, and nothing else.

use super::world::{World, client};
use crate::health::{Breaker, probe_if_due, standing};
use crate::sync::lead::Lead;
use crate::sync::{CHANNEL, Collection, Rhythm, SyncState, catch_up, run, sweep};
use marketplace_sim::{Config, Fault, FaultRule, Outage};
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;
use tokio_util::sync::CancellationToken;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_sweep_goes_on_at_the_page_it_stopped_at(pool: PgPool) {
    let world = World::with(pool, Config { customers: 1_200, ..Config::for_tests() }).await;
    let mut lead = Lead::take(&world.backend.pool).await.unwrap();
    let mut page = async || sweep::next_page(&world.backend, &mut lead.db, Collection::Customers).await;
    page().await.unwrap();
    world.marketplace.set_outage(Some(Outage::Reset));
    page().await.unwrap_err();
    world.marketplace.set_outage(None);
    assert_eq!(world.progress_of(Collection::Customers).await.done, 500);

    world.clock.advance(Duration::minutes(3));
    let calls = world
        .calls_of(async {
            page().await.unwrap();
            page().await.unwrap();
        })
        .await;
    assert_eq!(calls["getCustomers"], 2, "the first page is not read again");
    let row = world.progress_of(Collection::Customers).await;
    assert_eq!((row.state, row.done, row.total, row.calls), (SyncState::Idle, 1_200, Some(1_200), 3));
    assert_eq!(row.as_of, Some(world.marketplace.now()), "complete as of when the sweep began");
    assert_eq!(world.count("customer").await, 1_200);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn while_the_marketplace_is_down_nothing_is_lost_and_the_reason_is_shown(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let before = (world.count("customer").await, world.count("product_line").await);
    world.marketplace.set_outage(Some(Outage::Maintenance));
    world.advance_past_every_interval();

    let shutdown = CancellationToken::new();
    let task = tokio::spawn(run(world.backend.clone(), Rhythm::default(), shutdown.clone()));
    let row = loop {
        let row = world.progress_of(Collection::Reports).await;
        if row.state == SyncState::Failed {
            break row;
        }
        tokio::task::yield_now().await;
    };
    shutdown.cancel();
    task.await.unwrap();
    assert!(row.error.unwrap().contains("not available"));
    assert_eq!((world.count("customer").await, world.count("product_line").await), before);
    assert!(row.as_of.is_some(), "the page can still say how old the copy is");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_detail_that_cannot_be_read_does_not_keep_the_others_waiting(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "getSubscription"));
    world.catch_up().await;
    let unread = "subscription where status not in ('terminated', 'removed') and detailed_at is null";
    assert_eq!(world.count(unread).await, 1);
    let row = world.progress_of(Collection::SubscriptionDetails).await;
    assert_eq!(row.state, SyncState::Idle);
    assert!(row.error.unwrap().starts_with("subscription "));

    world.clock.advance(Duration::minutes(61));
    world.catch_up().await;
    assert_eq!(world.count(unread).await, 0);
    assert_eq!(world.progress_of(Collection::SubscriptionDetails).await.error, None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn when_no_detail_can_be_read_the_marketplace_is_left_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let always = FaultRule { times: 1_000, ..FaultRule::once(Fault::ErrorOtherSpelling, "getSubscription") };
    world.marketplace.add_fault(always);
    catch_up(&world.backend, &Rhythm::default()).await.unwrap_err();
    assert_eq!(world.marketplace.stats().faults["error-other-spelling"], 8, "one batch, not every subscription");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_outage_is_waited_out_and_read_on_after_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let gate = Arc::new(Breaker::new(&world.backend));
    world.backend.link.replace(Some(client(&world.marketplace, gate)));
    world.marketplace.set_outage(Some(Outage::Reset));
    world.advance_past_every_interval();
    let failed = async || world.count("sync_progress where state = 'failed'").await;
    let shutdown = CancellationToken::new();
    let task = tokio::spawn(run(world.backend.clone(), Rhythm::default(), shutdown.clone()));
    while standing(&world.backend).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    world.marketplace.set_outage(None);
    world.clock.advance(Duration::seconds(5));
    assert!(failed().await <= 3, "the others were not even tried");
    assert!(probe_if_due(&world.backend).await.unwrap());
    // Wakes whoever keeps the copy sooner than its pause would.
    sqlx::query!("select pg_notify($1, '')", CHANNEL).execute(&world.backend.pool).await.unwrap();
    let before = world.backend.clock.now() - Duration::HOUR;
    while failed().await > 0 || world.progress_of(Collection::Reports).await.as_of < Some(before) {
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    task.await.unwrap();
}
