//! One process at a time.

use super::world::World;
use crate::sync::lead::Lead;
use crate::sync::{Collection, Rhythm, SyncState, progress, run, sql};
use sqlx::{ConnectOptions, PgPool};
use tokio_util::sync::CancellationToken;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_process_takes_over_only_when_the_first_is_gone(pool: PgPool) {
    let first = Lead::take(&pool).await.unwrap();
    let mut second = pool.connect_options().connect().await.unwrap();
    assert!(!sql::lead::try_lock(&mut second).await.unwrap());
    first.give_back().await.unwrap();
    assert!(sql::lead::try_lock(&mut second).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_process_that_lost_its_connection_to_the_marketplace_leaves_the_copy_to_others(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let shutdown = CancellationToken::new();
    let task = tokio::spawn(run(world.backend.clone(), Rhythm::default(), shutdown.clone()));
    while world.count("report").await == 0 {
        tokio::task::yield_now().await;
    }
    let mut other = pool.connect_options().connect().await.unwrap();
    assert!(!sql::lead::try_lock(&mut other).await.unwrap());
    world.backend.link.replace(None);
    while !sql::lead::try_lock(&mut other).await.unwrap() {
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    task.await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_two_processes_one_reads(pool: PgPool) {
    let world = World::new(pool).await;
    let shutdown = CancellationToken::new();
    let start = || tokio::spawn(run(world.backend.clone(), Rhythm::default(), shutdown.clone()));
    let tasks = [start(), start()];
    let complete = async || {
        let rows = progress(&world.backend).await.unwrap();
        rows.iter().all(|row| row.state == SyncState::Idle)
    };
    while !complete().await {
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    for task in tasks {
        task.await.unwrap();
    }
    let calls = world.marketplace.stats().calls;
    assert_eq!((calls["getCustomers"], calls["getServicePlans"], calls["getReports"]), (1, 1, 1));
    let subscriptions = world.count("subscription where detailed_at is not null").await;
    assert_eq!(i64::try_from(calls["getSubscription"]).unwrap(), subscriptions);
    assert_eq!(progress(&world.backend).await.unwrap().len(), Collection::ALL.len());
}
