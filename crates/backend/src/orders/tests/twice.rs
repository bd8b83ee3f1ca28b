//! Ways in which one wish could have become two orders, or an order could have been said to be none.

use super::again::place_again;
use super::buying::Buyer;
use super::repeats::a_plain_order;
use super::turning_up::{absent, arrive};
use super::*;
use crate::customers::{self, NewCustomer};
use crate::orders::last_look::LastLook;
use crate::orders::send::{LEASE, open_attempt};
use crate::resellers::{self, NewReseller};
use crate::test_support::account_form;
use marketplace::WriteOutcome;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_waits_is_not_sent_where_another_one_in_the_stead_of_the_same_order_turned_up(pool: PgPool) {
    let world = World::new(pool).await;
    let first = absent(&world).await;
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetBefore, "createOrder"));
    let second = place_again(&world, &path, 1).await.unwrap();
    assert_eq!(world.wait(second, Duration::hours(2)).await.state, IntentState::Absent);
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createOrder"));
    let third = place_again(&world, &path, 2).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    assert!(world.intent(third).await.waits_to_be_sent());

    arrive(&world, second).await;
    let intent = world.wait(third, Duration::minutes(10)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 1));
    assert_eq!(intent.aftermath.turned_up_instead, Some(second));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_sale_that_waits_is_not_placed_once_more_without_a_tick_by_whomever_and_whenever(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let order = a_plain_order(&buyer).await;
    let quote = estimate_new_order(backend, &buyer.manager, &order).await.unwrap();
    let first = place_new_order(backend, &buyer.manager, &order, &confirmed(quote.now)).await.unwrap();
    buyer.world.clock.advance(Duration::hours(3));
    let colleague = staff(backend, Role::AccountManager).await;
    for (who, own) in [(&buyer.manager, true), (&colleague, false)] {
        let told = estimate_new_order(backend, who, &order).await.unwrap().placed_before.unwrap();
        assert_eq!((told.intent_id, told.own, told.unsettled), (first, own, true));
        assert_eq!(told.placed_by, buyer.manager.name);
        let refused = place_new_order(backend, who, &order, &confirmed(quote.now)).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "another"), "{refused}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_tabs_that_order_the_same_new_thing_at_once_make_one_order(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let order = a_plain_order(&buyer).await;
    let quote = estimate_new_order(backend, &buyer.manager, &order).await.unwrap();
    let tabs = [confirmed(quote.now), confirmed(quote.now), confirmed(quote.now)];
    let placed = tabs.iter().map(|tab| place_new_order(backend, &buyer.manager, &order, tab));
    let (placed, refused): (Vec<_>, Vec<_>) =
        futures::future::join_all(placed).await.into_iter().partition(Result::is_ok);
    assert_eq!((placed.len(), refused.len()), (1, 2));
    for refused in refused {
        assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == "another"), "{refused:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_double_click_on_placing_again_is_answered_twice_with_the_one_order(pool: PgPool) {
    let world = World::new(pool).await;
    let first = absent(&world).await;
    let review_path = world.intent(first).await.aftermath.again_path.unwrap();
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    let once = Confirmation { review_path, ..confirmed(quote.now) };
    let click = || place_seat_change(&world.backend, &world.technician, &change, &once);
    let (one, other) = tokio::join!(click(), click());
    assert_eq!(one.unwrap(), other.unwrap(), "nobody is told that nothing was ordered");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_for_a_resellers_customer_is_found_where_the_marketplace_lists_it(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let (world, backend) = (&buyer.world, &buyer.world.backend);
    let admin = staff(backend, Role::Admin).await;
    let partner = NewReseller {
        form: account_form(),
        currency: "USD".to_owned(),
        taxation_provider: "Vertex".to_owned(),
        ..NewReseller::default()
    };
    let reseller = resellers::create(backend, &admin, &partner, Uuid::new_v4()).await.unwrap();
    let mut theirs = NewCustomer { form: account_form(), reseller: Some(reseller), ..NewCustomer::default() };
    theirs.form.name = "Mere Dental".to_owned();
    let customer = customers::create(backend, &admin, &theirs, Uuid::new_v4()).await.unwrap();
    let order = NewOrder { customer_id: customer, ..a_plain_order(&buyer).await };
    let quote = estimate_new_order(backend, &buyer.manager, &order).await.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createOrder"));
    let id = place_new_order(backend, &buyer.manager, &order, &confirmed(quote.now)).await.unwrap();
    assert!(step(backend).await.unwrap());
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
    let intent = world.wait(id, Duration::hours(2)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1), "{:?}", intent.problem);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_in_the_way_that_carries_our_own_mark_is_ours(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    // Something on the way sends the call twice.
    client(&world.marketplace).create_order(&world.body(id).await).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    assert!(world.intent(id).await.order_id.is_some());
    let intent = world.wait(id, Duration::minutes(30)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_is_found_by_its_mark_though_our_clock_is_ahead(pool: PgPool) {
    let world = World::new(pool).await;
    world.clock.advance(Duration::hours(1));
    let id = world.lose(Fault::ResetAfter).await;
    let intent = world.wait(id, Duration::hours(2)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_carries_the_mark_of_another_cannot_be_claimed(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetBefore).await;
    let mut other = world.body(id).await;
    other.attributes.insert(MARK.to_owned(), Uuid::new_v4().to_string());
    let other = client(&world.marketplace).create_order(&other).await.unwrap().value;
    let claim = Settlement::ThisIsIt(other.order.id.to_string());
    let refused = settle(&world.backend, &world.technician, id, claim).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].message.contains("mark of another")), "{refused}");
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_waited_does_not_undo_what_was_changed_elsewhere_meanwhile(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    let mut elsewhere = world.body(id).await;
    elsewhere.attributes.clear();
    let five_more = world.line.seats.get() + 5;
    elsewhere.products[0].quantity = Some(five_more.into());
    client(&world.marketplace).create_order(&elsewhere).await.unwrap();
    world.pass(Duration::minutes(30));
    assert_eq!(world.seats_at_the_marketplace(), five_more);
    world.work().await;
    let intent = world.intent(id).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 1));
    assert!(intent.problem.unwrap().contains(&format!("has {five_more} seats by now")), "it says why");
    assert_eq!(world.seats_at_the_marketplace(), five_more);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_failed_here_and_went_on_at_the_marketplace_is_not_offered_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    let order = world.wait(id, Duration::minutes(30)).await.order_id.unwrap();
    sqlx::raw_sql("update intent set state = 'failed'").execute(&world.backend.pool).await.unwrap();
    let path = "/subscriptions/1/seats?step=review&again=".to_owned() + &id.to_string();
    for status in ["processing", "completed", "submitted"] {
        listed_as(&world, &order, status).await;
        let aftermath = world.intent(id).await.aftermath;
        assert_eq!(
            (aftermath.again_path, aftermath.goes_on_as.as_deref()),
            (None, Some(status)),
            "and is said to go on"
        );
        let left = left(&world.backend, &[id]).await.unwrap().remove(&id).unwrap();
        assert!(left.note.unwrap().contains("went on"), "in lists too");
        let refused = place_again(&world, &path, 2).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict(_)), "{refused}");
    }
    listed_as(&world, &order, "error").await;
    let aftermath = world.intent(id).await.aftermath;
    assert!(aftermath.again_path.is_some(), "it came to nothing there too");
    assert_eq!(aftermath.goes_on_as, None);
}

async fn listed_as(world: &World, order: &str, status: &str) {
    world.pass(Duration::minutes(1));
    let now = world.backend.clock.now();
    sqlx::query!("update marketplace_order set status = $2, as_of = $3 where id = $1", order, status, now)
        .execute(&world.backend.pool)
        .await
        .unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_attempt_that_stood_still_until_others_took_it_over_sends_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let id = world.place(&world.change(1)).await.unwrap();
    let intent = sql::held(&backend.pool, id).await.unwrap().unwrap();
    let (_, opened_at) = open_attempt(backend, intent).await.unwrap().unwrap();
    // What the machine was about to do when it stood still, as the others see it: for longer than an attempt may take.
    let pool = backend.pool.clone();
    let waking = backend.marketplace().unwrap();
    let waking = waking.with_gate_around(|gate| Arc::new(LastLook { gate, pool, intent: id, opened_at }));
    world.pass(LEASE);
    assert!(step(backend).await.unwrap());
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
    let error = waking.create_order(&world.body(id).await).await.unwrap_err();
    assert_eq!((error.outcome(), world.orders_at_the_marketplace()), (WriteOutcome::NotCarriedOut, 0), "{error}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_recurs_is_not_told_where_a_seats_price_depends_on_their_number(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(1);
    let estimate = || estimate_seat_change(&world.backend, &world.technician, &change);
    // The estimate's charge is the marketplace's own figure; what recurs is worked out here.
    assert!(!estimate().await.unwrap().per_period.is_empty());
    sqlx::raw_sql(
        r#"update product set prices = '[
            {"currency": "USD", "amount": "10", "type": "recurring", "model": "VOLUME_SUBSCRIPTION", "lowerLimit": "1"},
            {"currency": "USD", "amount": "9", "type": "recurring", "model": "VOLUME_SUBSCRIPTION", "lowerLimit": "25"}
        ]'"#,
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
    let quote = estimate().await.unwrap();
    assert_eq!(quote.per_period, []);
    assert!(quote.now.is_some());
}
