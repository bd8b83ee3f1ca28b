//! What random runs have found, told as shortly as it can be.

use super::judge;
use super::play;
use super::scene::Scene;
use super::schedule::{Post, Wish};
use super::stage::Stage;
use crate::orders::worker::step;
use crate::subscriptions;
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;
use time::{Date, Duration, UtcOffset};

/// The subscription that the platform renews next, of those whose renewal carries no PO number, and when.
async fn next_renewed(scene: &Scene<'_>) -> (u32, Date) {
    let mut next: Option<(u32, Date)> = None;
    for (place, target) in (0..).zip(scene.stage.targets()) {
        let theirs = scene.marketplace.subscription(&target.subscription_id).unwrap();
        let ours = subscriptions::get(&scene.servers[0], &target.subscription_id).await.unwrap();
        let day = theirs.expires.filter(|day| theirs.auto_renew && *day > scene.marketplace.now().date());
        let Some(day) = day.filter(|_| ours.attributes.get("PONumber").is_none()) else { continue };
        if next.is_none_or(|(_, earliest)| day < earliest) {
            next = Some((place, day));
        }
    }
    next.unwrap()
}

/// A renewal is placed so long before the platform renews by itself, and never arrives. By the time it is looked for,
/// there is an order of the same kind for the same subscription.
async fn renewed_by_the_platform_meanwhile(pool: PgPool, before: Duration) {
    let stage = Stage::set(pool).await;
    let mut scene = Scene::open(&stage, 1).await;
    let (target, day) = next_renewed(&scene).await;
    let renews_at = day.midnight().assume_offset(UtcOffset::UTC);
    scene.advance(renews_at - before - scene.marketplace.now());
    scene.marketplace.add_fault(FaultRule::once(Fault::ResetBefore, "createOrder"));
    let wish = Wish::Renewal { target };
    play::post(&mut scene, &Post { wish, server: 0, twice: false, kill: None, again: false }).await;
    let intent = scene.promised[0];
    step(&scene.servers[0]).await.unwrap();
    assert_eq!(scene.state(intent).await, "unknown");
    scene.advance(before + Duration::MINUTE);
    while step(&scene.servers[0]).await.unwrap() {}
    let found = judge::at_any_time(&scene).await;
    assert!(found.is_empty(), "{found:?}");
    scene.close().await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_platforms_own_renewal_hours_later_is_not_taken_for_one_that_never_arrived(pool: PgPool) {
    renewed_by_the_platform_meanwhile(pool, Duration::hours(8)).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_platforms_own_renewal_minutes_later_is_not_taken_for_one_that_never_arrived(pool: PgPool) {
    renewed_by_the_platform_meanwhile(pool, Duration::minutes(10)).await;
}
