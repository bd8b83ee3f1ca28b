use super::{World, october};
use crate::reports::track::look_at_next;
use crate::reports::{get, hurry, schedule};
use crate::test_support::staff;
use crate::{Error, sync};
use domain::{ReportId, Role};
use marketplace::models::{Report, ReportStatus};
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;
use time::Duration;

async fn status(world: &World, id: &str) -> String {
    get(&world.backend, id).await.unwrap().status
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_is_followed_until_it_is_completed_and_then_left_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october("csv")).await.unwrap();
    assert!(!look_at_next(&world.backend).await.unwrap(), "it was read when it was scheduled");
    world.advance(Duration::seconds(2));
    assert!(look_at_next(&world.backend).await.unwrap());
    assert_eq!(status(&world, &id).await, "processing");
    assert!(!look_at_next(&world.backend).await.unwrap(), "the next look is five seconds later");
    world.advance(Duration::minutes(1));
    assert!(look_at_next(&world.backend).await.unwrap());
    assert_eq!(status(&world, &id).await, "completed");
    world.advance(Duration::hours(1));
    assert!(!look_at_next(&world.backend).await.unwrap());
    assert_eq!(get(&world.backend, &id).await.unwrap().requested_by, Some(manager.name));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_read_that_fails_is_not_repeated_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october("csv")).await.unwrap();
    world.advance(Duration::seconds(2));
    world.marketplace.add_fault(FaultRule::once(Fault::Maintenance503, "getReportById"));
    assert!(matches!(look_at_next(&world.backend).await, Err(Error::Marketplace(_))));
    assert!(!look_at_next(&world.backend).await.unwrap());
    world.advance(Duration::seconds(5));
    assert!(look_at_next(&world.backend).await.unwrap());
    assert_eq!(status(&world, &id).await, "processing");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_watched_report_is_read_every_fifteen_seconds_at_most(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october("csv")).await.unwrap();
    world.marketplace.add_fault(FaultRule { times: 5, ..FaultRule::once(Fault::Maintenance503, "getReportById") });
    // Five failed looks, so that the next is a minute away.
    for pause in [2, 5, 15, 15, 15] {
        world.advance(Duration::seconds(pause));
        assert!(look_at_next(&world.backend).await.is_err());
    }
    world.advance(Duration::seconds(1));
    assert!(!look_at_next(&world.backend).await.unwrap());
    hurry(&world.backend, &id).await.unwrap();
    assert!(look_at_next(&world.backend).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_that_vanished_long_ago_is_not_followed(pool: PgPool) {
    let world = World::new(pool).await;
    let now = world.marketplace.now();
    let report = Report {
        status: Some(ReportStatus::Processing),
        creation_date: Some(now - Duration::days(91)),
        ..Report::new(ReportId::from("0b7c9c1e-0000-4000-8000-000000000001"))
    };
    let mut db = world.backend.pool.acquire().await.unwrap();
    sync::store_report(&mut db, &report, None, now - Duration::hours(1)).await.unwrap();
    assert!(!look_at_next(&world.backend).await.unwrap());
}
