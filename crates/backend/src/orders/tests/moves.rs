//! Seats that become another product's.

use super::buying::{Buyer, order_of, product};
use super::*;
use crate::subscriptions::{self, Subscription};

/// Ten seats of Business Standard for a year, just bought.
async fn standard(buyer: &Buyer) -> Subscription {
    let product = product(&buyer.world.backend, "Business Standard", "1 year", "1 month").await;
    buyer.buy(&order_of(&buyer.world.line.customer_id, &product, 10)).await.ours
}

async fn premium(buyer: &Buyer, seats: &str, into: MoveInto) -> Act {
    let product = product(&buyer.world.backend, "Business Premium", "1 year", "1 month").await;
    Act::Move(SeatMove { line: 1, product_key: product.key, seats: seats.to_owned(), into })
}

fn lines(subscription: &Subscription) -> Vec<(&str, u32)> {
    subscription.lines.iter().map(|line| (line.name.as_str(), line.seats.get())).collect()
}

/// The fields at which an estimate is refused.
async fn refused_at(buyer: &Buyer, subscription: &Subscription, act: Act) -> Vec<String> {
    let order = SubscriptionAct { subscription_id: subscription.id.clone(), act, po_number: None };
    match estimate_act(&buyer.world.backend, &buyer.manager, &order).await {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn some_seats_move_to_a_new_subscription_that_ends_with_the_old_one(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let from = standard(&buyer).await;
    let moved = buyer.act(&from.id, premium(&buyer, "4", MoveInto::New).await).await;
    assert_eq!((moved.quote.now, moved.intent.kind.as_str()), (Some(moved.charged), "change"));
    let quoted: Vec<_> = moved.quote.lines.iter().map(|line| (line.before.get(), line.after.get())).collect();
    assert_eq!(quoted, [(10, 6), (0, 4)]);
    assert_eq!(lines(&moved.ours), [("Business Standard", 6)]);

    let made = buyer.world.marketplace.subscriptions_of(&from.customer_id).remove(0);
    let made = subscriptions::get(&buyer.world.backend, &made.id).await.unwrap();
    assert_eq!((lines(&made), made.status.as_str()), (vec![("Business Premium", 4)], "active"), "the copy has it too");
    assert_eq!(made.expires_on, from.expires_on);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn seats_move_into_a_subscription_of_the_customer_that_is_there(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let from = standard(&buyer).await;
    let product = product(&buyer.world.backend, "Business Premium", "1 year", "1 month").await;
    let target = buyer.buy(&order_of(&from.customer_id, &product, 3)).await.ours;
    let choices = move_choices(&buyer.world.backend, &from, 1, None).await.unwrap();
    assert!(choices.targets.iter().any(|other| other.id == target.id), "it is offered");
    assert!(choices.products.rows.iter().any(|offered| offered.key == product.key), "and so is the product");
    assert!(choices.products.rows.iter().all(|offered| offered.name != "Business Standard"), "not what it is now");

    let into = MoveInto::Subscription(target.id.clone());
    let moved = buyer.act(&from.id, premium(&buyer, "4", into).await).await;
    assert_eq!(moved.quote.now, Some(moved.charged));
    let target = subscriptions::get(&buyer.world.backend, &target.id).await.unwrap();
    assert_eq!((lines(&moved.ours), lines(&target)), (vec![("Business Standard", 6)], vec![("Business Premium", 7)]));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn all_seats_become_another_product_within_their_subscription(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let photo = product(backend, "Photo Editor", "1 year", "1 month").await;
    let layout = product(backend, "Page Layout", "1 year", "1 month").await;
    let from = buyer.buy(&order_of(&buyer.world.line.customer_id, &photo, 3)).await.ours;
    let act = SeatMove { line: 1, product_key: layout.key, seats: String::new(), into: MoveInto::Same };
    let switched = buyer.act(&from.id, Act::Move(act)).await;
    assert_eq!(switched.quote.now, Some(switched.charged));
    assert_eq!((lines(&switched.ours), switched.ours.expires_on), (vec![("Page Layout", 3)], from.expires_on));
    let trail = crate::activity::of_intent(backend, switched.intent.id).await.unwrap();
    let placed = trail.iter().find(|row| row.action == "order.placed").unwrap();
    assert!(placed.note.as_deref().unwrap().contains("switch of the product"), "{:?}", placed.note);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_switch_that_the_marketplace_puts_off_to_the_renewal_does_not_stand_in_the_way(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let from = standard(&buyer).await;
    let act = premium(&buyer, "", MoveInto::Same).await;
    let order = SubscriptionAct { subscription_id: from.id.clone(), act, po_number: None };
    let quote = estimate_act(&buyer.world.backend, &buyer.manager, &order).await.unwrap();
    assert!(quote.at_renewal);
    let placed = place_act(&buyer.world.backend, &buyer.manager, &order, "", &confirmed(quote.now)).await;
    let waits = buyer.world.wait(placed.unwrap(), Duration::minutes(5)).await;
    assert_eq!(waits.state, IntentState::Processing, "{:?}", waits.problem);
    let now = seats_now(&buyer.world.backend, &from.id, 1).await.unwrap();
    assert_eq!((now.under_way, now.scheduled), (None, Some(waits.id)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_cannot_move_is_told_beside_its_field(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let from = standard(&buyer).await;
    for seats in ["0", "11", "some"] {
        assert_eq!(refused_at(&buyer, &from, premium(&buyer, seats, MoveInto::New).await).await, ["seats"], "{seats}");
    }
    let nowhere = SeatMove { line: 1, product_key: "gone".to_owned(), seats: "99".to_owned(), into: MoveInto::New };
    assert_eq!(refused_at(&buyer, &from, Act::Move(nowhere)).await, ["seats", "product"]);
    let same = product(&buyer.world.backend, "Business Standard", "1 year", "1 month").await;
    let same = SeatMove { line: 1, product_key: same.key, seats: String::new(), into: MoveInto::New };
    assert_eq!(refused_at(&buyer, &from, Act::Move(same)).await, ["product"]);
    let theirs = sqlx::query_scalar!("select id from subscription where customer_id <> $1 limit 1", from.customer_id);
    let theirs = MoveInto::Subscription(theirs.fetch_one(&buyer.world.backend.pool).await.unwrap());
    assert_eq!(refused_at(&buyer, &from, premium(&buyer, "2", theirs).await).await, ["into"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_moves_nothing(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let act = premium(&buyer, "1", MoveInto::New).await;
    let order = SubscriptionAct { subscription_id: buyer.world.line.subscription_id.clone(), act, po_number: None };
    let refused = estimate_act(&buyer.world.backend, &buyer.world.technician, &order).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let refused = place_act(&buyer.world.backend, &buyer.world.technician, &order, "", &confirmed(None)).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
}
