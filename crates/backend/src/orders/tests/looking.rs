//! Looking for an order whose answer was lost.

use super::*;
use marketplace_sim::Outage;

fn without_attributes() -> Config {
    Config { drops_order_attributes: true, ..Config::for_tests() }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_looks_that_saw_everything_speak_for_absence(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::Html504Before).await;
    world.marketplace.set_outage(Some(Outage::Maintenance));
    world.backend.link.replace(Some(crate::test_support::client(&world.marketplace)));
    let intent = world.wait(id, Duration::hours(3)).await;
    assert_eq!(intent.state, IntentState::Unknown, "the marketplace was away all the time");
    let seen = evidence(&world.backend, id).await.unwrap();
    assert!(seen.looks > 20 && seen.complete == 0 && !seen.can_be_absent, "{seen:?}");
    assert!(seen.last.unwrap().problem.unwrap().contains("could not be asked"));

    world.marketplace.set_outage(None);
    let intent = world.wait(id, Duration::minutes(25)).await;
    assert_eq!(intent.state, IntentState::Unknown, "patience begins with the first complete look");
    let intent = world.wait(id, Duration::hours(2)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Absent, 0));
    assert!(evidence(&world.backend, id).await.unwrap().complete >= 5);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_seen_is_kept_with_what_speaks_against_each_order(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetBefore).await;
    let sent = world.body(id).await;
    let mut other = sent.clone();
    other.attributes.clear();
    other.po_number = Some("PO 8".to_owned());
    let other = client(&world.marketplace).create_order(&other).await.unwrap().value;
    world.pass(Duration::seconds(3));
    world.work().await;
    let seen = evidence(&world.backend, id).await.unwrap();
    let look = seen.last_complete.unwrap();
    let nearest = look.candidates.iter().find(|candidate| candidate.order_id == other.order.id.as_str()).unwrap();
    assert!(!nearest.fits && look.compared >= 1);
    assert_eq!(nearest.reasons, ["Its PO number is another one."]);
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn where_attributes_are_dropped_the_only_order_that_fits_is_it(pool: PgPool) {
    let world = World::of(pool, without_attributes()).await;
    let id = world.lose(Fault::ResetAfter).await;
    let intent = world.wait(id, Duration::minutes(10)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn several_orders_that_could_be_it_are_left_to_a_person(pool: PgPool) {
    let world = World::of(pool, without_attributes()).await;
    let (id, twins) = twins(&world).await;
    let intent = world.wait(id, Duration::hours(3)).await;
    assert_eq!(intent.state, IntentState::Unknown, "nothing is guessed, however long it takes");
    assert!(intent.problem.unwrap().starts_with("2 orders at the marketplace could be this one"));
    let fitting: Vec<String> = evidence(&world.backend, id)
        .await
        .unwrap()
        .last_complete
        .unwrap()
        .candidates
        .into_iter()
        .filter(|candidate| candidate.fits)
        .map(|candidate| candidate.order_id)
        .collect();
    assert_eq!(fitting.len(), 2);
    assert!(fitting.contains(&twins), "{fitting:?}");
}

/// A sale whose answer was lost, and another of the very same, placed elsewhere: its identifier.
pub(super) async fn twins(world: &World) -> (Uuid, String) {
    let manager = staff(&world.backend, Role::AccountManager).await;
    let key: String = sqlx::query_scalar("select key from product where mpn = 'OS-OFF26-PP' limit 1")
        .fetch_one(&world.backend.pool)
        .await
        .unwrap();
    let order = NewOrder {
        customer_id: world.line.customer_id.clone(),
        po_number: None,
        lines: vec![NewLine { product_key: key, seats: domain::Seats::new(2).unwrap(), special_price: None }],
        parameters: None,
        end_with: None,
    };
    let quote = estimate_new_order(&world.backend, &manager, &order).await.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createOrder"));
    let id = place_new_order(&world.backend, &manager, &order, &confirmed(quote.now)).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    let twin = client(&world.marketplace).create_order(&world.body(id).await).await.unwrap().value;
    (id, twin.order.id.to_string())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_cannot_be_read_is_shown_and_does_not_spoil_the_look(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetBefore).await;
    let mut beside = world.body(id).await;
    beside.attributes.clear();
    let beside = client(&world.marketplace).create_order(&beside).await.unwrap().value.order.id;
    world.marketplace.add_fault(FaultRule { times: 1_000, ..FaultRule::once(Fault::Forbidden, "getOrderDetails") });
    let intent = world.wait(id, Duration::hours(1)).await;
    assert_eq!(intent.state, IntentState::Unknown, "it may be that order");
    let look = evidence(&world.backend, id).await.unwrap().last_complete.expect("the look saw everything else");
    let shown = look.candidates.iter().find(|candidate| candidate.order_id == beside.as_str()).unwrap();
    assert!(shown.fits && shown.reasons[0].contains("cannot be read"), "{shown:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn looks_are_kept_while_they_matter_and_forgotten_long_after(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetAfter).await;
    assert_eq!(world.wait(id, Duration::minutes(10)).await.state, IntentState::Completed);
    let looks = async || evidence(&world.backend, id).await.unwrap().looks;
    world.pass(Duration::days(89));
    crate::housekeeping::tidy_up(&world.backend).await.unwrap();
    assert!(looks().await > 0);
    world.pass(Duration::days(2));
    crate::housekeeping::tidy_up(&world.backend).await.unwrap();
    assert_eq!(looks().await, 0);
}
