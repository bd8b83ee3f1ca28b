//! Orders across an outage, behind the breaker that every process shares.

use super::*;
use crate::connection::Link;
use crate::health::{Breaker, Memory, notice, probe_if_due};
use marketplace::{CustomerFilter, ErrorKind, SubscriptionFilter, WriteOutcome};
use marketplace_sim::Outage;

/// Puts the breaker before the world's calls, and makes another process that shares only the database.
fn two_processes(world: &World) -> Backend {
    let mut other = world.backend.clone();
    (other.health, other.link) = (Memory::default(), Link::default());
    for backend in [&world.backend, &other] {
        let gate = Arc::new(Breaker::new(backend));
        backend.link.replace(Some(client(&world.marketplace).with_gate(gate)));
    }
    other
}

/// Takes the marketplace down, which the process finds out.
async fn take_down(process: &Backend, marketplace: &Simulator) {
    marketplace.set_outage(Some(Outage::Reset));
    let client = process.marketplace().unwrap();
    client.page(&SubscriptionFilter::default(), 0, 1).await.unwrap_err();
    for _ in 0..2 {
        client.page(&CustomerFilter::default(), 0, 1).await.unwrap_err();
    }
}

async fn intent(world: &World, id: Uuid) -> Intent {
    follow(&world.backend, id).await.unwrap().intent
}

async fn told(world: &World, id: Uuid, action: &str) -> i64 {
    sqlx::query_scalar!(r#"select count(*) as "count!" from activity where intent_id = $1 and action = $2"#, id, action)
        .fetch_one(&world.backend.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_placed_before_an_outage_says_why_it_waits_and_is_sent_once_after_it(pool: PgPool) {
    let world = World::new(pool).await;
    two_processes(&world);
    let id = world.place(&world.change(1)).await.unwrap();
    let before = world.orders_at_the_marketplace();
    take_down(&world.backend, &world.marketplace).await;
    for _ in 0..20 {
        while step(&world.backend).await.unwrap() {}
        world.clock.advance(Duration::seconds(15));
    }
    let waiting = intent(&world, id).await;
    assert_eq!(waiting.state, IntentState::Approved);
    assert!(waiting.problem.as_deref().is_some_and(|why| why.contains("has not answered since")), "{waiting:?}");
    assert_eq!(notice(&world.backend).await.unwrap().map(|notice| notice.waiting), Some(1));
    assert_eq!(told(&world, id, "order.postponed").await, 1, "said once, however long it takes");
    assert_eq!(told(&world, id, "order.sending").await, 0, "the order was never the one to try");

    world.marketplace.set_outage(None);
    assert!(probe_if_due(&world.backend).await.unwrap());
    assert!(notice(&world.backend).await.unwrap().is_none());
    let done = world.wait(id, Duration::minutes(30)).await;
    assert_eq!((done.state, done.problem), (IntentState::Completed, None));
    assert_eq!(world.orders_at_the_marketplace(), before + 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_the_breaker_holds_back_is_never_unknown(pool: PgPool) {
    let world = World::new(pool).await;
    let other = two_processes(&world);
    let id = world.place(&world.change(1)).await.unwrap();
    let before = world.orders_at_the_marketplace();
    assert!(notice(&world.backend).await.unwrap().is_none(), "all is well, as far as this process knows");
    take_down(&other, &world.marketplace).await;
    assert!(step(&world.backend).await.unwrap());
    assert_eq!(told(&world, id, "order.sending").await, 1, "it did not know yet, and tried");
    let held_back = intent(&world, id).await;
    assert!(held_back.waits_to_be_sent(), "certainly not carried out, so it can be sent later: {held_back:?}");
    assert!(held_back.problem.is_some_and(|why| why.contains("has not answered since")));
    let steps = follow(&world.backend, id).await.unwrap().steps;
    let sent = steps.iter().find(|step| step.title == "Sent to the marketplace").unwrap();
    assert_eq!((sent.at, held_back.sent_at), (None, None), "nothing left");

    let request = serde_json::from_value(
        sqlx::query_scalar!("select body from intent where id = $1", id).fetch_one(&world.backend.pool).await.unwrap(),
    );
    let error = world.backend.marketplace().unwrap().create_order(&request.unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Refused, WriteOutcome::NotCarriedOut));
    world.marketplace.set_outage(None);
    assert_eq!(world.orders_at_the_marketplace(), before);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_whose_price_became_too_old_during_an_outage_says_so_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    two_processes(&world);
    let id = world.place(&world.change(1)).await.unwrap();
    take_down(&world.backend, &world.marketplace).await;
    world.clock.advance(Duration::hours(25));
    while step(&world.backend).await.unwrap() {}
    let intent = intent(&world, id).await;
    assert_eq!(intent.state, IntentState::Failed, "{:?}", intent.problem);
    assert!(intent.problem.unwrap().contains("waited too long"));
}
