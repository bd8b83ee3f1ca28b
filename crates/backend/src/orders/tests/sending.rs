//! From approved to the answer: attempts, waits, crashes, and giving up what waits.

use super::super::send::{open_attempt, send};
use super::*;
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, Connection, Refusal};

async fn held(world: &World) -> super::super::progress::Held {
    let now = world.backend.clock.now();
    sql::take(&world.backend.pool, now, now + Duration::minutes(1)).await.unwrap().unwrap()
}

/// When the intent is looked at next, from now.
async fn next_look(world: &World, intent: Uuid) -> Duration {
    world.intent(intent).await.next_look_at.unwrap() - world.backend.clock.now()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_turned_away_goes_on_being_sent_and_no_state_is_reached_twice(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule { times: 2, ..FaultRule::once(Fault::RateLimited, "createOrder") });
    let id = world.place(&world.change(1)).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    let intent = world.intent(id).await;
    assert_eq!((intent.state, intent.in_flight_since), (IntentState::Sending, None));
    assert!(intent.waits_to_be_sent() && intent.problem.unwrap().starts_with("Waiting to be sent: "));
    assert_eq!(next_look(&world, id).await, Duration::SECOND, "the marketplace's own wait wins");

    let intent = world.wait(id, Duration::minutes(5)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
    let trail = crate::activity::of_intent(&world.backend, id).await.unwrap();
    let mut states: Vec<String> =
        trail.iter().filter_map(|row| row.after.as_ref()?.as_str().map(ToOwned::to_owned)).collect();
    states.dedup();
    let mut once = states.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(states.len(), once.len(), "{states:?}");
    let notes: Vec<&str> = trail.iter().filter_map(|row| row.note.as_deref()).collect();
    assert!(notes.contains(&"Attempt 2.") && notes.contains(&"Attempt 3."), "{notes:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_a_connection_the_wait_grows_with_each_attempt(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    let nobody = Connection {
        base_url: "http://127.0.0.1:9/marketplace/us".to_owned(),
        marketplace: "us".to_owned(),
        username: "demo.API".to_owned(),
        password: "none".into(),
        subscription_key: "none".into(),
    };
    let options = Options { retry: marketplace::RetryPolicy::never(), ..Options::default() };
    world.backend.link.replace(Some(Client::new(nobody, options).unwrap()));
    let mut waits = Vec::new();
    for _ in 0..4 {
        assert!(step(&world.backend).await.unwrap());
        waits.push(next_look(&world, id).await.whole_seconds());
        world.clock.advance(Duration::minutes(20));
    }
    assert_eq!(waits, [15, 30, 60, 120]);
}

/// Lets nothing out.
struct Shut;

#[async_trait]
impl CallGate for Shut {
    async fn admit(&self, _call: &CallInfo) -> Result<(), Refusal> {
        let retry_after = Some(Wait::from_secs(40));
        Err(Refusal { reason: "the calls of this minute are used up".to_owned(), retry_after })
    }

    async fn observe(&self, _call: &CallInfo, _outcome: &CallOutcome) {}
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_call_that_our_own_budget_holds_back_is_no_attempt(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    world.backend.link.replace(Some(client(&world.marketplace).with_gate(Arc::new(Shut))));
    for _ in 0..3 {
        assert!(step(&world.backend).await.unwrap());
        assert_eq!(next_look(&world, id).await, Duration::seconds(40));
        world.clock.advance(Duration::minutes(1));
    }
    let attempts: i32 = sqlx::query_scalar("select attempts from intent").fetch_one(&world.backend.pool).await.unwrap();
    assert_eq!(attempts, 0);
    assert_eq!(world.trail(id).await, ["order.placed", "order.sending"], "nothing new is recorded each time");
    world.backend.link.replace(Some(client(&world.marketplace)));
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_is_sent_at_a_price_that_is_a_day_old(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createOrder"));
    let id = world.place(&world.change(1)).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    world.pass(Duration::hours(24) + Duration::SECOND);
    world.work().await;
    let intent = world.intent(id).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 0));
    let problem = intent.problem.unwrap();
    assert!(problem.contains("waited too long") && problem.contains("today's price"), "{problem}");
    assert!(intent.aftermath.again_path.is_some(), "it can be placed again");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_crash_during_the_call_leaves_an_unknown_outcome_and_sends_nothing_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    assert!(open_attempt(&world.backend, held(&world).await).await.unwrap().is_some());
    assert!(!step(&world.backend).await.unwrap(), "nobody touches it while it may still be being sent");
    let now = world.backend.clock.now();
    sql::look_again(&world.backend.pool, id, now).await.unwrap();
    world.work().await;
    assert_eq!(world.intent(id).await.state, IntentState::Sending, "not even when it is looked at too early");
    world.clock.advance(Duration::minutes(6));
    world.work().await;
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
    assert_eq!(world.orders_at_the_marketplace(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_workers_that_hold_the_same_intent_send_it_once(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    let slow = held(&world).await;
    world.clock.advance(Duration::minutes(2));
    let quick = held(&world).await;
    assert_eq!((slow.id, quick.id), (id, id), "the first one's hold ran out");
    let (one, other) = tokio::join!(send(&world.backend, quick), send(&world.backend, slow));
    one.unwrap();
    other.unwrap();
    assert_eq!(world.orders_at_the_marketplace(), 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_waits_can_be_given_up_and_what_is_under_way_cannot(pool: PgPool) {
    let world = World::new(pool).await;
    let stop = |id| settle(&world.backend, &world.technician, id, Settlement::StopWaiting);
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createOrder"));
    let waiting = world.place(&world.change(1)).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    stop(waiting).await.unwrap();
    world.pass(Duration::minutes(10));
    world.work().await;
    let intent = world.intent(waiting).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Cancelled, 0));
    let trail = crate::activity::of_intent(&world.backend, waiting).await.unwrap();
    let last = trail.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("order.cancelled", world.technician.name.as_str()));

    let under_way = world.place(&world.change(1)).await.unwrap();
    open_attempt(&world.backend, held(&world).await).await.unwrap();
    let refused = stop(under_way).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("being sent at this moment")), "{refused}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_answer_after_the_attempt_was_given_up_for_lost_settles_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.backend.link.replace(Some(client_with(&world.marketplace, Options::default())));
    world.marketplace.add_fault(FaultRule::once(Fault::HoldBefore, "createOrder"));
    let id = world.place(&world.change(1)).await.unwrap();
    let sending = tokio::spawn({
        let (backend, intent) = (world.backend.clone(), held(&world).await);
        async move { send(&backend, intent).await }
    });
    while world.marketplace.held().is_empty() {
        tokio::task::yield_now().await;
    }
    world.clock.advance(Duration::minutes(6));
    world.work().await;
    assert_eq!(world.intent(id).await.state, IntentState::Unknown, "another process takes it for abandoned");
    world.marketplace.release_held();
    sending.await.unwrap().unwrap();
    let intent = world.intent(id).await;
    assert!(intent.order_id.is_some(), "{:?}", intent.state);
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
    assert_eq!(world.orders_at_the_marketplace(), 1);
}
