//! The process is gone in the middle, or the person is.

use super::{Fault, FaultRule, Way, World, ask, step, until};
use crate::Backend;
use crate::staff::Staff;
use crate::test_support::client;
use domain::WriteState;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

/// Asks in a process of its own, which is killed when the marketplace has played the fault and shows so many effects.
async fn ask_and_be_killed(world: &World, way: Way, wish: &super::Wish, token: Uuid, effects: usize) {
    let process = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (options, clock) = (world.backend.pool.connect_options(), world.clock.clone());
    let wanted = wish.clone();
    let (client, wish, admin): (_, _, Staff) = (client(&world.marketplace), wish.clone(), world.admin.clone());
    let played = || world.marketplace.stats().faults.values().sum::<u64>();
    let before = played();
    process.spawn(async move {
        let pool =
            sqlx::postgres::PgPoolOptions::new().max_connections(2).connect_with((*options).clone()).await.unwrap();
        let backend = Backend::new(pool, clock);
        backend.link.replace(Some(client));
        ask(&backend, &admin, &wish, token).await
    });
    until(way.operation(), async || played() > before && world.truth(&wanted).await == effects).await;
    process.shutdown_background();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whatever_is_killed_in_the_middle_is_settled_by_another_process(pool: PgPool) {
    let world = World::new(pool).await;
    for (nth, way) in Way::ALL.into_iter().enumerate() {
        for (half, fault) in [Fault::TimeoutBefore, Fault::TimeoutAfter].into_iter().enumerate() {
            let wish = world.wish(way, u8::try_from(2 * nth + half).unwrap()).await;
            let (token, calls, rows) = (Uuid::new_v4(), world.calls(way.operation()), world.last_row().await);
            world.marketplace.add_fault(FaultRule::once(fault, way.operation()));
            ask_and_be_killed(&world, way, &wish, token, half).await;
            assert_eq!(world.state(token).await, WriteState::Sending);
            assert!(!step(&world.backend).await.unwrap(), "whoever sends it may still be alive");
            world.advance(Duration::minutes(6));
            assert!(step(&world.backend).await.unwrap());
            assert_eq!(world.state(token).await, WriteState::Unknown);
            world.settle().await;
            let (state, effects, trail) = (world.state(token).await, world.truth(&wish).await, world.trail(rows).await);
            println!("{way:?} killed during {}: {state}, {effects} effect; {}", fault.name(), trail.join(" → "));
            assert_eq!(effects, half, "the marketplace did it, or not");
            assert_eq!(state, if half == 1 { WriteState::Done } else { WriteState::Absent });
            assert_eq!(world.calls(way.operation()) - calls, 1, "nothing is sent again");
            assert_eq!(trail.len(), 3, "asked, unknown and the outcome: {trail:?}");
        }
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_person_who_goes_away_in_the_middle_takes_nothing_with_them(pool: PgPool) {
    let world = World::new(pool).await;
    for (nth, way) in Way::ALL.into_iter().enumerate() {
        let wish = world.wish(way, u8::try_from(nth).unwrap()).await;
        let (token, calls, rows) = (Uuid::new_v4(), world.calls(way.operation()), world.last_row().await);
        world.marketplace.add_fault(FaultRule::once(Fault::SlowBody, way.operation()));
        let begun = until(way.operation(), async || world.calls(way.operation()) > calls);
        tokio::select! {
            told = world.ask(&wish, token) => panic!("{way:?} was answered too soon: {told:?}"),
            () = begun => {}
        }
        until("the outcome", async || world.state(token).await != WriteState::Sending).await;
        world.settle().await;
        assert_eq!((world.state(token).await, world.truth(&wish).await), (WriteState::Done, 1), "{way:?}");
        let trail = world.trail(rows).await;
        assert!(trail.len() >= 2 && world.calls(way.operation()) - calls == 1, "{way:?}: {trail:?}");
    }
}
