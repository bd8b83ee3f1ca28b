//! Several processes, and the environment's connection beside the stored one.

use super::super::{Forgotten, Source, forget, watch};
use super::{Setup, World, current, fields, key, open, process, reach, soon};
use crate::{Backend, Error};
use marketplace::CustomerFilter;
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

/// A process whose environment names the stand-in.
async fn process_at(pool: PgPool, environment: &Simulator) -> Backend {
    let environment = Some(reach(environment));
    let (backend, _) = process(pool, Setup { sealing_key: Some(key('a')), environment, ..Setup::default() });
    open(&backend).await.unwrap();
    backend
}

async fn customers_of(backend: &Backend) -> Option<u64> {
    backend.marketplace().unwrap().page(&CustomerFilter::default(), 0, 1).await.unwrap().total()
}

async fn another_marketplace() -> Simulator {
    Simulator::start(Config { customers: 9, seed: 2, ..Config::for_tests() }).await.unwrap()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_process_takes_a_new_connection_up_without_a_restart(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let (other, _) = process(pool, Setup { sealing_key: Some(key('a')), ..Setup::default() });
    open(&other).await.unwrap();
    assert!(!other.link.is_connected());
    let stop = CancellationToken::new();
    let watching = tokio::spawn(watch(other.clone(), stop.clone()));
    world.saved(&world.form()).await;
    soon(other.link.connected()).await;
    assert_eq!(customers_of(&other).await, Some(6));

    let gone = async {
        while other.link.is_connected() {
            tokio::task::yield_now().await;
        }
    };
    forget(&world.backend, &world.admin, false).await.unwrap();
    soon(gone).await;
    stop.cancel();
    watching.await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_process_that_has_not_noticed_a_change_makes_no_call(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    world.saved(&world.form()).await;
    let (other, _) = process(pool, Setup { sealing_key: Some(key('a')), ..Setup::default() });
    open(&other).await.unwrap();
    assert_eq!(customers_of(&other).await, Some(6));
    world.saved(&world.form()).await;
    let refused = other.marketplace().unwrap().page(&CustomerFilter::default(), 0, 1).await.unwrap_err();
    assert_eq!(*refused.kind(), marketplace::ErrorKind::Refused, "{refused}");
    open(&other).await.unwrap();
    assert_eq!(customers_of(&other).await, Some(6));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_stored_connection_beats_the_environment_until_it_is_forgotten(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let environment = another_marketplace().await;
    let here = process_at(pool.clone(), &environment).await;
    assert_eq!(customers_of(&here).await, Some(9));
    let source = async |backend: &Backend| current(backend, &world.admin).await.unwrap().in_use.unwrap().source;
    assert_eq!(source(&here).await, Source::Environment);

    world.saved(&world.form()).await;
    let restarted = process_at(pool, &environment).await;
    assert_eq!(customers_of(&restarted).await, Some(6));
    assert!(matches!(source(&restarted).await, Source::Settings { .. }));

    assert_eq!(forget(&restarted, &world.admin, false).await.unwrap(), Forgotten::Connection);
    assert_eq!(customers_of(&restarted).await, Some(9));
    assert_eq!(world.trail().await[0].0, "connection.forgotten");
    let again = forget(&restarted, &world.admin, false).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn going_back_to_the_environment_s_marketplace_needs_the_tick_too(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let environment = another_marketplace().await;
    world.saved(&world.form()).await;
    crate::sync::catch_up(&world.backend, &crate::sync::Rhythm::default()).await.unwrap();
    let here = process_at(pool, &environment).await;
    assert_eq!(fields(forget(&here, &world.admin, false).await), ["forget_copy"]);
    assert_eq!(world.count("customer").await, 6);
    forget(&here, &world.admin, true).await.unwrap();
    assert_eq!((world.count("customer").await, customers_of(&here).await), (0, Some(9)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_environment_that_names_another_marketplace_after_a_restart_is_told_of(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    let before = process_at(pool.clone(), &world.marketplace).await;
    crate::sync::catch_up(&before, &crate::sync::Rhythm::default()).await.unwrap();
    assert_eq!(current(&before, &world.admin).await.unwrap().copied_from_another, None);

    let environment = another_marketplace().await;
    let restarted = process_at(pool, &environment).await;
    let other = current(&restarted, &world.admin).await.unwrap().copied_from_another;
    assert_eq!(other, Some((world.marketplace.url(), "us".to_owned())));
    assert!(!restarted.link.is_connected(), "nothing is asked of it, or ordered there, before somebody agrees");
    assert_eq!(forget(&restarted, &world.admin, true).await.unwrap(), Forgotten::Copy);
    assert_eq!(current(&restarted, &world.admin).await.unwrap().copied_from_another, None);
    assert_eq!(customers_of(&restarted).await, Some(9));
    assert_eq!((world.count("customer").await, world.trail().await[0].0.as_str()), (0, "connection.copy_forgotten"));
}
