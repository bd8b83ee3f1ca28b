//! Orders from an amount on: whoever places or approves one proves first that it is them.

use super::{FIVE_MINUTES, by_password, count};
use crate::approvals::{EVERY_ORDER, add_rule, ask};
use crate::browser::{Browser, PASSWORD, field};
use crate::connected::{Connected, RUNNING_SUBSCRIPTION};
use crate::functions;
use app::paths::{prove, segment};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

const ROLES: &str = "/settings/roles";
const INTENTS: &str = "select count(*) from intent";
const AFTERWARDS: &str = "It had to be confirmed first that it is you.";

/// A site on which an admin has orders of that many USD and more take a proof.
async fn from(pool: PgPool, amount: &str) -> Connected {
    let world = Connected::new(pool).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    let form = format!("proof_amount={amount}&proof_currency=USD");
    assert_eq!(admin.post("/api/set_order_proof", &form).await.location.as_deref(), Some(ROLES));
    assert_eq!(count(&world.site, "select count(*) from order_proof").await, 1);
    world
}

/// A person of the role who signed in five minutes ago.
async fn a_while_ago(world: &Connected, role: Role) -> Browser {
    let browser = world.site.signed_in(role).await;
    world.site.clock.advance(FIVE_MINUTES);
    browser
}

/// The address of the review of one seat more.
async fn review(world: &Connected, browser: &mut Browser) -> String {
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let form = browser.get(&format!("/subscriptions/{subscription}/seats")).await.body;
    let seats: u32 = field(&form, "seats").unwrap().parse().unwrap();
    format!("/subscriptions/{subscription}/seats?line=1&seats={}&po_number=PO-77&step=review", seats + 1)
}

/// What the button of the review posts, with `shown` as it is changed by the one who posts it.
async fn form(browser: &mut Browser, review: &str, changed: impl Fn(String) -> String) -> String {
    let page = browser.get(review).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let value = |name: &str| {
        let value = field(&page.body, name).unwrap_or_else(|| panic!("no {name} in the review: {}", page.body));
        format!("{name}={}", segment(&if name == "shown" { changed(value) } else { value }))
    };
    ["subscription", "line", "seats", "po_number", "shown", "form_token"].map(value).join("&")
}

async fn confirm(browser: &mut Browser, next: &str) {
    let answer = browser.post("/api/prove", &by_password(PASSWORD, next)).await;
    assert_eq!(answer.location.as_deref(), Some(next));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_places_one_confirms_it_and_comes_back_to_the_same_review(pool: PgPool) {
    let world = from(pool, "0").await;
    let mut technician = a_while_ago(&world, Role::Technician).await;
    let review = review(&world, &mut technician).await;
    let posted = form(&mut technician, &review, |shown| shown).await;
    let answer = technician.post("/api/place_seat_change", &posted).await;
    assert_eq!(answer.location, Some(prove(&review)));
    assert_eq!(count(&world.site, INTENTS).await, 0, "nothing was placed");

    confirm(&mut technician, &review).await;
    let page = technician.get(&review).await.body;
    assert!(page.contains(AFTERWARDS) && page.contains("PO-77"), "{page}");
    assert!(!page.contains("There is a problem") && !page.contains("<title>Error: "), "nothing is wrong: {page}");
    let posted = form(&mut technician, &review, |shown| shown).await;
    let placed = technician.post("/api/place_seat_change", &posted).await.location.unwrap();
    assert!(placed.starts_with("/orders/"), "{placed}");
    assert_eq!(count(&world.site, INTENTS).await, 1);

    world.site.clock.advance(FIVE_MINUTES);
    let again = technician.post("/api/place_seat_change", &posted).await.location;
    assert_eq!(again, Some(placed), "what the form has placed is its answer, however late");
    assert_eq!(count(&world.site, INTENTS).await, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn smaller_orders_and_those_within_five_minutes_are_placed_at_once(pool: PgPool) {
    let world = from(pool, "1000000").await;
    let mut technician = a_while_ago(&world, Role::Technician).await;
    let review = review(&world, &mut technician).await;
    let posted = form(&mut technician, &review, |shown| shown).await;
    let placed = technician.post("/api/place_seat_change", &posted).await.location.unwrap();
    assert!(placed.starts_with("/orders/"), "{placed}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_price_that_is_left_out_or_made_up_lets_nobody_around_it(pool: PgPool) {
    let world = from(pool, "0.01").await;
    let mut technician = a_while_ago(&world, Role::Technician).await;
    let review = review(&world, &mut technician).await;
    let seats = |shown: &str| shown.trim_end_matches(']').rsplit(',').next().unwrap().to_owned();

    let left_out = form(&mut technician, &review, |shown| format!("[null,{}]", seats(&shown))).await;
    let answer = technician.post("/api/place_seat_change", &left_out).await;
    assert_eq!(answer.location, Some(prove(&review)), "a price that is not known takes a proof");

    let next_to_nothing = r#"{"currency":"USD","amount":"0.001"}"#;
    let made_up = form(&mut technician, &review, |shown| format!("[{next_to_nothing},{}]", seats(&shown))).await;
    let answer = technician.post("/api/place_seat_change", &made_up).await;
    assert_eq!(answer.location.as_deref(), Some(review.as_str()));
    assert!(technician.get(&review).await.body.contains("The price changed from 0.001 USD to"));
    assert_eq!(count(&world.site, INTENTS).await, 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_way_to_place_an_order_asks(pool: PgPool) {
    let world = from(pool, "0").await;
    let mut admin = a_while_ago(&world, Role::Admin).await;
    let ways = || functions::all().into_iter().filter(|(_, row)| row.path.starts_with("/api/place_"));
    for (method, row) in ways() {
        let answer = admin.call(method, row.path, row.arguments).await;
        assert!(answer.body.contains("\"kind\":\"proof_needed\""), "{}: {}", row.path, answer.body);
        let form = admin.post(row.path, row.arguments).await.location.unwrap_or_default();
        assert!(form.starts_with("/prove?next=%2F"), "{} as a form leads to {form}", row.path);
    }
    confirm(&mut admin, "/orders").await;
    for (method, row) in ways() {
        let answer = admin.call(method, row.path, row.arguments).await;
        assert!(!answer.body.contains("proof_needed"), "{}: {}", row.path, answer.body);
    }
    assert_eq!(ways().count(), 4);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_approves_one_confirms_it_and_finds_the_comment_still_there(pool: PgPool) {
    let world = from(pool, "0").await;
    add_rule(&mut world.site.signed_in(Role::Admin).await, EVERY_ORDER).await;
    let (order, price) = ask(&world, &mut world.site.signed_in(Role::Technician).await).await;
    let mut manager = a_while_ago(&world, Role::AccountManager).await;
    let page = format!("/orders/{order}");
    let approval = format!("order={order}&shown={}&note=as+agreed", segment(&price));
    assert_eq!(manager.post("/api/approve_order", &approval).await.location, Some(prove(&page)));
    assert_eq!(world.find("select state from intent").await, "drafted", "nothing was decided");

    confirm(&mut manager, &page).await;
    let shown = manager.get(&page).await.body;
    assert!(shown.contains(AFTERWARDS), "{shown}");
    assert_eq!(field(&shown, "note").as_deref(), Some("as agreed"));
    assert_eq!(manager.post("/api/approve_order", &approval).await.location.as_deref(), Some(page.as_str()));
    assert_eq!(world.find("select state from intent").await, "approved");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_admin_sets_the_amount_and_what_cannot_be_used_stays_in_its_field(pool: PgPool) {
    let world = from(pool, "1000.00").await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    let page = admin.get(ROLES).await.body;
    assert_eq!(field(&page, "proof_amount").as_deref(), Some("1000.00"));
    assert_eq!(field(&page, "proof_currency").as_deref(), Some("USD"));
    admin.post("/api/set_order_proof", "proof_amount=a+lot&proof_currency=USD").await;
    let page = admin.get(ROLES).await.body;
    for part in ["<title>Error: Roles", "href=\"#proof_amount\"", "id=\"proof_amount-error\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(field(&page, "proof_amount").as_deref(), Some("a lot"));
    admin.post("/api/set_order_proof", "proof_amount=&proof_currency=").await;
    assert_eq!(count(&world.site, "select count(*) from order_proof").await, 0);
    assert!(admin.get("/activity").await.body.contains("changed from which amount on orders take a proof"));
}
