//! Switching, renewing, cancelling, changing with the renewal, and amending orders.

use super::*;
use crate::subscriptions;

async fn manager(world: &World) -> Staff {
    staff(&world.backend, Role::AccountManager).await
}

fn act(world: &World, act: Act) -> SubscriptionAct {
    SubscriptionAct { subscription_id: world.line.subscription_id.clone(), act, po_number: None }
}

fn seats_at_renewal(world: &World, less: u32) -> SubscriptionAct {
    act(world, Act::SeatsAtRenewal { line: world.line.line, seats: (world.line.seats.get() - less).to_string() })
}

async fn place(world: &World, by: &Staff, order: &SubscriptionAct, name: &str) -> crate::Result<Uuid> {
    let quote = estimate_act(&world.backend, by, order).await?;
    place_act(&world.backend, by, order, name, &confirmed(quote.now)).await
}

/// A cancellation that the vendor accepts now.
async fn cancellable(world: &World, by: &Staff) -> (SubscriptionAct, Quote) {
    let active = sqlx::query_scalar!("select id from subscription where status = 'active' order by id");
    for subscription_id in active.fetch_all(&world.backend.pool).await.unwrap() {
        let order = SubscriptionAct { subscription_id, act: Act::Cancel, po_number: None };
        if let Ok(quote) = estimate_act(&world.backend, by, &order).await {
            return (order, quote);
        }
    }
    panic!("every vendor's window is closed")
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn fewer_seats_from_the_renewal_on_do_not_stand_in_the_way_of_more_seats_now(pool: PgPool) {
    let world = World::new(pool).await;
    let order = seats_at_renewal(&world, 1);
    let scheduled = place(&world, &world.technician, &order, "").await.unwrap();
    let scheduled = world.wait(scheduled, Duration::minutes(5)).await;
    assert_eq!(scheduled.state, IntentState::Processing, "it waits: {:?}", scheduled.problem);
    assert_eq!(world.seats_at_the_marketplace(), world.line.seats.get(), "nothing changes before the renewal");

    let again = place(&world, &world.technician, &order, "").await.unwrap_err();
    assert!(matches!(&again, Error::Conflict(message) if message.contains("already placed")), "{again}");
    let more = world.place(&world.change(2)).await.unwrap();
    let more = world.wait(more, Duration::minutes(5)).await;
    assert_eq!((more.state, world.orders_at_the_marketplace()), (IntentState::Completed, 2));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_waits_for_the_renewal_is_looked_at_a_few_times_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    let order = seats_at_renewal(&world, 1);
    let scheduled = place(&world, &world.technician, &order, "").await.unwrap();
    world.wait(scheduled, Duration::hours(1)).await;
    let looks = |world: &World| world.marketplace.stats().calls.get("getOrderDetails").copied().unwrap_or(0);
    let before = looks(&world);
    world.wait(scheduled, Duration::hours(24)).await;
    assert!((3..=5).contains(&(looks(&world) - before)), "{} looks in a day", looks(&world) - before);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_cancellation_wants_the_customers_name(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (order, quote) = cancellable(&world, &manager).await;
    let refused = place_act(&world.backend, &manager, &order, "Somebody else", &confirmed(quote.now)).await;
    let Err(Error::Invalid(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields[0].field, "customer_name");
    assert_eq!(world.orders_at_the_marketplace(), 0);

    let subscription = subscriptions::get(&world.backend, &order.subscription_id).await.unwrap();
    let name = subscription.customer_name.unwrap().to_uppercase();
    let placed = place(&world, &manager, &order, &format!(" {name} ")).await.unwrap();
    let placed = world.wait(placed, Duration::minutes(10)).await;
    assert_eq!((placed.state, placed.kind.as_str()), (IntentState::Completed, "cancellation"), "{:?}", placed.problem);
    let after = subscriptions::get(&world.backend, &order.subscription_id).await.unwrap();
    assert!(["terminated", "removed"].contains(&after.status.as_str()), "{}", after.status);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_renewal_extends_the_term_and_keeps_the_seats(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let before = subscriptions::get(&world.backend, &world.line.subscription_id).await.unwrap();
    let placed = place(&world, &manager, &act(&world, Act::Renew), "").await.unwrap();
    let placed = world.wait(placed, Duration::minutes(10)).await;
    assert_eq!((placed.state, placed.kind.as_str()), (IntentState::Completed, "renewal"), "{:?}", placed.problem);
    let after = subscriptions::get(&world.backend, &world.line.subscription_id).await.unwrap();
    assert!(after.renews_on > before.renews_on, "{:?} → {:?}", before.renews_on, after.renews_on);
    assert_eq!(after.seats, before.seats);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_changes_seats_with_the_renewal_but_ends_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    for not_theirs in [Act::Renew, Act::Cancel, Act::Switch { to: String::new(), restart: false }] {
        let refused = estimate_act(&world.backend, &world.technician, &act(&world, not_theirs)).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
    }
    estimate_act(&world.backend, &world.technician, &seats_at_renewal(&world, 1)).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_switch_the_plan_does_not_offer_is_refused_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let order = act(&world, Act::Switch { to: "9~1 year".to_owned(), restart: false });
    let refused = estimate_act(&world.backend, &manager(&world).await, &order).await;
    assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "to"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_waits_can_be_cancelled_even_when_the_answer_is_lost(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let id = place(&world, &world.technician, &seats_at_renewal(&world, 1), "").await.unwrap();
    let scheduled = world.wait(id, Duration::minutes(5)).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "updateOrder"));
    let order_id = scheduled.order_id.as_deref().unwrap();
    amend(&world.backend, &manager, order_id, Amendment::Cancel, Uuid::new_v4()).await.unwrap();
    let ended = world.wait(id, Duration::minutes(5)).await;
    assert_eq!(ended.state, IntentState::Cancelled);
    let trail = crate::activity::of_subject(&world.backend, "order", &scheduled.order_id.unwrap(), 9).await.unwrap();
    let asked: Vec<_> = trail.iter().filter(|row| row.action == "order.cancel_asked").collect();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].note.as_deref().unwrap().contains("did not arrive"), "{:?}", asked[0].note);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_has_ended_cannot_be_cancelled(pool: PgPool) {
    let world = World::new(pool).await;
    let intent = world.place(&world.change(1)).await.unwrap();
    let intent = world.wait(intent, Duration::minutes(5)).await;
    let (manager, order_id) = (manager(&world).await, intent.order_id.unwrap());
    let refused = amend(&world.backend, &manager, &order_id, Amendment::Cancel, Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Conflict(message)) if message.contains("completed already")));
}

/// A subscription whose plan offers a switch that takes effect `when`.
async fn switchable(
    world: &World,
    when: crate::catalogue::SwitchTime,
) -> (SubscriptionAct, crate::catalogue::PlanSwitch) {
    let active = sqlx::query_scalar!("select id from subscription where status = 'active' order by id");
    for subscription_id in active.fetch_all(&world.backend.pool).await.unwrap() {
        let subscription = subscriptions::get(&world.backend, &subscription_id).await.unwrap();
        let open = world.marketplace.orders_of(&subscription.customer_id).into_iter().any(|order| {
            order.subscription.as_ref() == Some(&subscription_id)
                && matches!(order.status.as_str(), "submitted" | "processing")
        });
        let switches = switches(&world.backend, &subscription).await.unwrap().unwrap_or_default();
        let fitting = switches.into_iter().find(|switch| switch.effective.as_ref() == Some(&when));
        if let Some(switch) = fitting.filter(|_| !open && !subscription.lines.is_empty()) {
            let act = Act::Switch { to: switch_key(&switch), restart: false };
            return (SubscriptionAct { subscription_id, act, po_number: None }, switch);
        }
    }
    panic!("no active subscription has a switch that takes effect so")
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_switch_to_a_longer_term_keeps_the_seats_and_shows_once_completed(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = manager(&world).await;
    let (order, switch) = switchable(&world, crate::catalogue::SwitchTime::Immediately).await;
    let before = subscriptions::get(&world.backend, &order.subscription_id).await.unwrap();
    let placed = place(&world, &manager, &order, "").await.unwrap();
    let placed = world.wait(placed, Duration::minutes(5)).await;
    assert_eq!((placed.state, placed.kind.as_str()), (IntentState::Completed, "change"), "{:?}", placed.problem);
    let switched = placed.switched.unwrap();
    assert_eq!((&switched.from_term, &switched.to_term), (&before.term, &switch.to_term), "{switched:?}");
    assert_eq!((Some(switched.to_plan), switched.restart), (switch.target_name, false));
    let after = subscriptions::get(&world.backend, &order.subscription_id).await.unwrap();
    assert_ne!(after.term, before.term);
    assert_eq!(after.seats, before.seats);
    assert_eq!((after.plan_id, after.term), (switch.target_id, switch.to_term));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_switch_with_the_next_term_waits_and_lets_seats_be_changed_meanwhile(pool: PgPool) {
    let mut world = World::new(pool).await;
    let manager = manager(&world).await;
    let (order, _) = switchable(&world, crate::catalogue::SwitchTime::NextSubscriptionPeriod).await;
    let placed = place(&world, &manager, &order, "").await.unwrap();
    let placed = world.wait(placed, Duration::minutes(5)).await;
    assert_eq!(placed.state, IntentState::Processing, "{:?}", placed.problem);
    world.line = seats_now(&world.backend, &order.subscription_id, 1).await.unwrap();
    assert_eq!((world.line.under_way, world.line.scheduled), (None, Some(placed.id)));
    let more = world.place(&world.change(1)).await.unwrap();
    let more = world.wait(more, Duration::minutes(5)).await;
    assert_eq!(more.state, IntentState::Completed, "{:?}", more.problem);
}
