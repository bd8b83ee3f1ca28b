//! A role's limit of value holds for every way to order, and for special prices.

use super::again::place_again;
use super::buying::{Buyer, order_of, product};
use super::limited::{limited, refusal, seats, value};
use super::migrations::migration;
use super::*;
use crate::approvals::{self, RuleForm};
use crate::subscriptions::{self, set_price};
use domain::Money;
use rust_decimal::Decimal;

const SAID: &str = "Your role allows orders up to";

fn usd(minor: i64) -> Money {
    Money::new(Decimal::new(minor, 2), domain::Currency::new("USD").unwrap())
}

fn cent_less(money: Money) -> Money {
    Money::new(money.amount - Decimal::new(1, 2), money.currency)
}

fn act(subscription: &str, act: Act) -> SubscriptionAct {
    SubscriptionAct { subscription_id: subscription.to_owned(), act, po_number: None }
}

fn at_renewal(world: &World, more: u32) -> SubscriptionAct {
    let seats = (world.line.seats.get() + more).to_string();
    act(&world.line.subscription_id, Act::SeatsAtRenewal { line: world.line.line, seats })
}

/// What both the review and the placing say of an act.
async fn refused_act(world: &World, by: &Staff, order: &SubscriptionAct) -> String {
    let shown = estimate_act(&world.backend, &world.technician_as_admin(), order).await.unwrap().now;
    let review = refusal(estimate_act(&world.backend, by, order).await).1;
    let placing = refusal(place_act(&world.backend, by, order, "", &confirmed(shown)).await).1;
    assert_eq!(review, placing);
    placing
}

impl World {
    /// Somebody without limits who may do everything.
    fn technician_as_admin(&self) -> Staff {
        Staff { role: Role::Admin.into(), ..self.technician.clone() }
    }
}

async fn every_order_waits(world: &World) -> Staff {
    let admin = staff(&world.backend, Role::Admin).await;
    approvals::add(&world.backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
    admin
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_charged_with_the_renewal_is_approved_within_the_limit_of_what_it_adds(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = every_order_waits(&world).await;
    let order = at_renewal(&world, 3);
    let quote = estimate_act(&world.backend, &world.technician, &order).await.unwrap();
    let id = place_act(&world.backend, &world.technician, &order, "", &confirmed(quote.now)).await.unwrap();
    let worth = quote.lines[0].list_price.unwrap().checked_mul(3.into()).unwrap();
    assert!(quote.now.unwrap().amount < worth.amount, "next to nothing is charged now: {quote:?}");
    let by = limited(&admin, value(cent_less(worth)));
    for refused in [
        approvals::price_now(&world.backend, &by, id).await.map(drop),
        approvals::approve(&world.backend, &by, id, quote.now, "").await.map(drop),
    ] {
        let (field, message) = refusal(refused);
        assert!(field == "note" && message.contains(SAID) && message.contains(&worth.display()), "{field}: {message}");
    }
    assert_eq!(world.intent(id).await.state, IntentState::Drafted);
    approvals::approve(&world.backend, &limited(&admin, value(worth)), id, quote.now, "").await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_reseller_pays_counts_for_whoever_approves_too(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let admin = every_order_waits(&buyer.world).await;
    let backend = &buyer.world.backend;
    let sold = product(backend, "Business Basic", "1 year", "1 month").await;
    let mut order = order_of(&buyer.world.line.customer_id, &sold, 10);
    order.lines[0].special_price = Some("0.01".to_owned());
    let order = buyer.complete(&order).await;
    let now = estimate_new_order(backend, &buyer.manager, &order).await.unwrap().now;
    let id = place_new_order(backend, &buyer.manager, &order, &confirmed(now)).await.unwrap();
    let list = sold.price.unwrap().checked_mul(10.into()).unwrap();
    let refused = approvals::approve(backend, &limited(&admin, value(cent_less(list))), id, now, "").await;
    assert!(refusal(refused).1.contains(&list.display()), "ten cents are charged now");
    approvals::approve(backend, &limited(&admin, value(list)), id, now, "").await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_of_before_does_not_hide_what_more_seats_are_worth(pool: PgPool) {
    let world = World::new(pool).await;
    let list = world.line.list_price.unwrap();
    sqlx::query!("update product_line set unit_price = 0.01").execute(&world.backend.pool).await.unwrap();
    let worth = list.checked_mul(4.into()).unwrap();
    let by = limited(&world.technician, value(cent_less(worth)));
    let said = refused_act(&world, &by, &at_renewal(&world, 4)).await;
    assert!(said.contains(SAID) && said.contains(&worth.display()), "{said}");
    estimate_act(&world.backend, &limited(&world.technician, value(worth)), &at_renewal(&world, 4)).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_switch_whose_price_nobody_knows_is_beyond_a_limit_of_value(pool: PgPool) {
    let world = World::new(pool).await;
    let mut switched = 0;
    let active = sqlx::query_scalar!("select id from subscription where status = 'active' order by id");
    for id in active.fetch_all(&world.backend.pool).await.unwrap() {
        let subscription = subscriptions::get(&world.backend, &id).await.unwrap();
        for to in switches(&world.backend, &subscription).await.unwrap().unwrap_or_default() {
            let order = act(&id, Act::Switch { to: switch_key(&to), restart: false });
            if estimate_act(&world.backend, &world.technician_as_admin(), &order).await.is_err() {
                continue;
            }
            switched += 1;
            let said = refused_act(&world, &limited(&world.technician, value(usd(99_999_999))), &order).await;
            assert!(said.contains("What this order costs is not known"), "{said}");
            estimate_act(&world.backend, &limited(&world.technician, seats(0)), &order).await.unwrap();
        }
        if switched > 1 {
            break;
        }
    }
    assert!(switched > 0, "the simulator has something to switch");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn seats_that_become_another_product_are_worth_what_that_costs(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let world = &buyer.world;
    let standard = product(&world.backend, "Business Standard", "1 year", "1 month").await;
    let from = buyer.buy(&order_of(&world.line.customer_id, &standard, 10)).await.ours;
    let premium = product(&world.backend, "Business Premium", "1 year", "1 month").await;
    let worth = premium.price.unwrap().checked_mul(4.into()).unwrap();
    let wanted = SeatMove { line: 1, product_key: premium.key, seats: "4".to_owned(), into: MoveInto::New };
    let order = act(&from.id, Act::Move(wanted));
    let said = refused_act(world, &limited(&world.technician, value(usd(1))), &order).await;
    assert!(said.contains(SAID), "{said}");
    let said = refused_act(world, &limited(&world.technician, value(cent_less(worth))), &order).await;
    assert!(said.contains(SAID), "{said}");
    let said = refused_act(world, &limited(&world.technician, seats(3)), &order).await;
    assert!(said.contains("at most 3 seats"), "{said}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_migration_that_costs_nothing_now_is_worth_what_it_adds(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let migration = migration(&buyer).await;
    let quote = estimate_migration(backend, &buyer.manager, &migration).await.unwrap();
    let worth = quote.lines[0].list_price.unwrap().checked_mul(8.into()).unwrap();
    let by = limited(&buyer.manager, value(cent_less(worth)));
    for refused in [
        estimate_migration(backend, &by, &migration).await.map(drop),
        place_migration(backend, &by, &migration, &confirmed(quote.now)).await.map(drop),
    ] {
        assert!(refusal(refused).1.contains(&worth.display()));
    }
    let by = limited(&buyer.manager, value(worth));
    place_migration(backend, &by, &migration, &confirmed(quote.now)).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_renewal_is_worth_what_it_is_charged(pool: PgPool) {
    let world = World::new(pool).await;
    let order = act(&world.line.subscription_id, Act::Renew);
    let said = refused_act(&world, &limited(&world.technician, value(usd(1))), &order).await;
    assert!(said.contains(SAID), "{said}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_placed_again_is_held_to_the_limits_of_whoever_does(pool: PgPool) {
    let mut world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let first = world.place(&world.change(3)).await.unwrap();
    assert_eq!(world.wait(first, Duration::minutes(1)).await.state, IntentState::Failed);
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    let anybody = world.technician.clone();
    world.technician = limited(&anybody, seats(2));
    assert!(refusal(place_again(&world, &path, 3).await).1.contains("at most 2 seats"));
    let shown = estimate_seat_change(&world.backend, &anybody, &world.change(3)).await.unwrap().now;
    let confirmation = Confirmation { review_path: path.clone(), ..confirmed(shown) };
    let posted = place_seat_change(&world.backend, &world.technician, &world.change(3), &confirmation).await;
    assert!(refusal(posted).1.contains("at most 2 seats"), "without a review");
    world.technician = limited(&anybody, seats(3));
    let again = place_again(&world, &path, 3).await.unwrap();
    assert_eq!(world.intent(again).await.aftermath.again_of, Some(first));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_draft_that_is_placed_later_is_held_to_the_limits_of_then(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let backend = &buyer.world.backend;
    let sold = product(backend, "Business Basic", "1 year", "1 month").await;
    let order = buyer.complete(&order_of(&buyer.world.line.customer_id, &sold, 10)).await;
    let shown = estimate_new_order(backend, &buyer.manager, &order).await.unwrap().now;
    let by = limited(&buyer.manager, value(usd(1)));
    for refused in [
        check_parameters_then_estimate(backend, &by, &order).await,
        place_new_order(backend, &by, &order, &confirmed(shown)).await.map(drop),
    ] {
        let (field, message) = refusal(refused);
        assert!(field == "seats-0" && message.contains(SAID), "{field}: {message}");
    }
    assert!(!step(backend).await.unwrap(), "no intent was written");
    place_new_order(backend, &buyer.manager, &order, &confirmed(shown)).await.unwrap();
}

async fn check_parameters_then_estimate(backend: &Backend, by: &Staff, order: &NewOrder) -> crate::Result<()> {
    check_parameters(backend, by, order).await?;
    estimate_new_order(backend, by, order).await.map(drop)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_of_a_subscription_asks_the_limit_before_anything_is_sent(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, line) = (&world.backend, &world.line);
    let (list, unit) = (line.list_price.unwrap(), line.unit_price.unwrap());
    let unit = if list.amount > unit.amount { list } else { unit };
    let worth = unit.checked_mul(line.seats.get().into()).unwrap();
    let calls = || world.marketplace.stats().calls.values().sum::<u64>();
    let before = calls();
    let set = async |by: &Staff, price: &str| {
        set_price(backend, by, &line.subscription_id, line.line, price, Uuid::new_v4()).await
    };
    for price in ["0", "0.01"] {
        let (field, message) = refusal(set(&limited(&world.technician, value(cent_less(worth))), price).await);
        assert!(field == "price" && message.contains(&worth.display()), "{field}: {message}");
    }
    let dear = (unit.amount + Decimal::ONE).to_string();
    assert_eq!(refusal(set(&limited(&world.technician, value(worth)), &dear).await).0, "price", "nor a greater price");
    assert_eq!(calls(), before, "nothing was asked of the marketplace");
    set(&limited(&world.technician, value(worth)), "0.01").await.unwrap();
    assert!(calls() > before);
    let refused = set(&limited(&world.technician, value(cent_less(worth))), "0.02").await;
    assert_eq!(refusal(refused).0, "price", "the special price of before does not hide what the seats are worth");
}
