//! Another order in the way.

use super::*;
use crate::order_log;
use crate::sync;
use domain::OrderId;
use marketplace::Priority;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_order_in_the_way_is_named_linked_and_waited_for(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(1)).await.unwrap();
    let mut elsewhere = world.body(id).await;
    elsewhere.attributes.clear();
    let in_the_way = client(&world.marketplace).create_order(&elsewhere).await.unwrap().value.order;
    world.work().await;
    let intent = world.intent(id).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 1));
    let number = in_the_way.order_number.unwrap();
    let problem = intent.problem.unwrap();
    assert!(problem.contains(&number) && problem.contains("still in progress"), "{problem}");
    let blocking = intent.aftermath.blocked_by.unwrap();
    assert_eq!(blocking.order_id.as_deref(), Some(in_the_way.id.as_str()));
    assert!(blocking.is_open(), "{blocking:?}");
    assert_eq!(intent.aftermath.again_path, None, "it would only be refused again");

    world.pass(Duration::minutes(30));
    let order = OrderId::from(in_the_way.id.as_str());
    sync::refresh_order(&world.backend, &order, Priority::People).await.unwrap();
    let intent = world.intent(id).await;
    assert!(!intent.aftermath.blocked_by.unwrap().is_open() && intent.aftermath.again_path.is_some());
    let since = world.backend.clock.now() - Duration::days(7);
    let shown = order_log::failed(&world.backend, None, since, 8).await.unwrap();
    let shown = shown.into_iter().find(|order| order.id == id.to_string()).unwrap();
    assert_eq!(shown.again_path, intent.aftermath.again_path, "the overview offers it too");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_conflict_whose_order_is_not_found_is_named_by_its_number(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Conflict500, "createOrder"));
    let id = world.place(&world.change(1)).await.unwrap();
    world.work().await;
    let intent = world.intent(id).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 0));
    assert!(intent.problem.unwrap().contains("Order CH000042 of this subscription"));
    let blocking = intent.aftermath.blocked_by.unwrap();
    assert_eq!((blocking.order_id, blocking.order_number.as_deref()), (None, Some("CH000042")));
    assert!(intent.aftermath.again_path.is_some());
}
