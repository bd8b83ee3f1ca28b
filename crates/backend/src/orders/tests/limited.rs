//! Orders of people whose role has limits.

use super::buying::{Buyer, order_of};
use super::*;
use crate::approvals::{self, RuleForm};
use crate::console::{Typed, ask};
use domain::{AssignedRole, CustomRole, Limits, Money};
use rust_decimal::Decimal;

/// The same person, in a role with all of an admin's permissions and these limits.
pub(super) fn limited(who: &Staff, limits: Limits) -> Staff {
    let permissions = Role::Admin.permissions();
    let role = CustomRole { id: Uuid::nil().to_string(), name: "Limited".to_owned(), permissions, limits };
    Staff { role: AssignedRole::Custom(role), ..who.clone() }
}

pub(super) fn value(limit: Money) -> Limits {
    Limits { order_value: Some(limit), ..Limits::default() }
}

pub(super) fn seats(limit: u32) -> Limits {
    Limits { seats_added: Some(limit), ..Limits::default() }
}

pub(super) fn refusal<T: std::fmt::Debug>(result: crate::Result<T>) -> (String, String) {
    match result {
        Err(Error::Invalid(mut fields)) => fields.pop().map(|field| (field.field, field.message)).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn exactly_at_both_limits_is_placed_and_a_cent_or_a_seat_more_is_refused_at_its_field(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, change) = (&world.backend, world.change(3));
    let quote = estimate_seat_change(backend, &world.technician, &change).await.unwrap();
    let price = quote.now.unwrap();
    let added = world.line.unit_price.unwrap().checked_mul(3.into()).unwrap();
    let worth = if added.amount > price.amount { added } else { price };
    let cent_less = Money::new(worth.amount - Decimal::new(1, 2), worth.currency);
    for (limits, said) in [(value(cent_less), "Your role allows orders up to"), (seats(2), "at most 2 seats added")] {
        let by = limited(&world.technician, limits);
        for refused in [
            estimate_seat_change(backend, &by, &change).await.map(drop),
            place_seat_change(backend, &by, &change, &confirmed(Some(price))).await.map(drop),
        ] {
            let (field, message) = refusal(refused);
            assert!(
                field == "seats" && message.contains(said) && message.contains("ask somebody"),
                "{field}: {message}"
            );
        }
    }
    assert!(!step(backend).await.unwrap(), "no intent was written");
    let by = limited(&world.technician, Limits { order_value: Some(worth), seats_added: Some(3) });
    place_seat_change(backend, &by, &change, &confirmed(Some(price))).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_currency_cannot_be_compared_so_it_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let much = Money::new(Decimal::new(9_999_999, 0), domain::Currency::new("XTS").unwrap());
    let by = limited(&world.technician, value(much));
    let (field, message) = refusal(estimate_seat_change(&world.backend, &by, &world.change(1)).await);
    assert!(field == "seats" && message.contains("9,999,999.00 XTS"), "{message}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn where_orders_wait_for_approval_it_is_said_that_this_does_not_lift_the_limit(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let by = limited(&world.technician, seats(0));
    let refused = async || refusal(estimate_seat_change(&world.backend, &by, &world.change(1)).await).1;
    assert!(!refused().await.contains("Approval"));
    approvals::add(&world.backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
    assert!(refused().await.contains("Approval by somebody else does not lift this limit"));
}

/// An order of any product, and how many seats it is of.
async fn any_order(buyer: &Buyer) -> (NewOrder, u32) {
    let backend = &buyer.world.backend;
    let all = crate::catalogue::ProductFilter::default();
    let found = crate::catalogue::products(backend, &ListRequest::default(), &all).await.unwrap();
    let sold = found.rows.into_iter().next().unwrap();
    let customer = crate::subscriptions::get(backend, &buyer.world.line.subscription_id).await.unwrap().customer_id;
    let many = sold.limits.minimum.map_or(1, domain::Seats::get).max(1);
    (buyer.complete(&order_of(&customer, &sold, many.into())).await, many)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_new_order_is_refused_at_the_seats_of_its_first_line(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let (order, many) = any_order(&buyer).await;
    let by = limited(&buyer.manager, seats(many - 1));
    let refused = [
        estimate_new_order(backend, &by, &order).await.map(drop),
        place_new_order(backend, &by, &order, &confirmed(None)).await.map(drop),
    ];
    for refused in refused {
        assert_eq!(refusal(refused).0, "seats-0");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn acts_upon_a_subscription_are_held_to_the_limits_too(pool: PgPool) {
    let world = World::new(pool).await;
    let more = (world.line.seats.get() + 3).to_string();
    let act = Act::SeatsAtRenewal { line: world.line.line, seats: more };
    let order = SubscriptionAct { subscription_id: world.line.subscription_id.clone(), act, po_number: None };
    let by = limited(&world.technician, seats(2));
    assert_eq!(refusal(estimate_act(&world.backend, &by, &order).await).0, "seats");
    assert_eq!(refusal(place_act(&world.backend, &by, &order, "", &confirmed(None)).await).0, "seats");
    let price = world.line.unit_price.unwrap();
    let three = price.checked_mul(3.into()).unwrap();
    let by = limited(&world.technician, value(Money::new(three.amount - Decimal::new(1, 2), price.currency)));
    let refused = refusal(estimate_act(&world.backend, &by, &order).await).1;
    assert!(refused.contains(&three.display()), "nothing is charged now, and yet: {refused}");
    estimate_act(&world.backend, &limited(&world.technician, value(three)), &order).await.unwrap();
    let nothing = Money::zero(domain::Currency::new("XTS").unwrap());
    let renewal = SubscriptionAct { act: Act::Renew, ..order };
    let by = limited(&world.technician, value(nothing));
    assert!(refusal(estimate_act(&world.backend, &by, &renewal).await).1.contains("Your role allows orders up to"));
    assert!(!step(&world.backend).await.unwrap(), "no intent was written");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_approves_is_held_to_their_own_limits(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = staff(&world.backend, Role::Admin).await;
    approvals::add(&world.backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
    let change = world.change(3);
    let price = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap().now;
    let id = world.place(&change).await.unwrap();
    let refused = approvals::approve(&world.backend, &limited(&admin, seats(2)), id, price, "").await;
    assert!(refusal(refused).1.contains("at most 2 seats"));
    approvals::approve(&world.backend, &limited(&admin, seats(3)), id, price, "").await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_console_sends_no_orders_of_whoever_has_limits(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = staff(&world.backend, Role::Admin).await;
    for path in
        ["/orders", "/Orders/1", "//orders", "/subscriptions/1/specialPricing", "/subscriptions/1/SPECIALPRICING/"]
    {
        let refused = ask(&world.backend, &limited(&admin, seats(1_000)), &Typed::new("POST", path, "{}")).await;
        assert!(matches!(&refused, Err(Error::Invalid(_))), "{path}: {refused:?}");
    }
    let (field, message) =
        refusal(ask(&world.backend, &limited(&admin, seats(1)), &Typed::new("POST", "/orders", "{}")).await);
    assert!(field == "path" && message.contains("no orders from the console"), "{message}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_does_not_get_an_order_under_the_limit(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let (mut order, many) = any_order(&buyer).await;
    order.lines[0].special_price = Some("0.01".to_owned());
    let quote = estimate_new_order(backend, &buyer.manager, &order).await.unwrap();
    let (now, cost) = (quote.now.unwrap(), quote.cost_now.unwrap());
    assert!(cost.amount > now.amount, "{cost:?} {now:?}");
    assert!(
        refusal(estimate_new_order(backend, &limited(&buyer.manager, value(now)), &order).await)
            .1
            .contains("Your role allows orders up to")
    );
    let list = quote.lines[0].list_price.unwrap().checked_mul(many.into()).unwrap();
    let worth = if list.amount > cost.amount { list } else { cost };
    estimate_new_order(backend, &limited(&buyer.manager, value(worth)), &order).await.unwrap();
}
