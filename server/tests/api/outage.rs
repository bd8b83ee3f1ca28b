//! While the marketplace is away: everything can be looked at, nothing is ordered by accident, nothing typed is lost.

use super::browser::{Answer, Browser, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use axum::http::{Method, StatusCode};
use domain::Role;
use marketplace_sim::Outage;
use sqlx::PgPool;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_page_shows_the_copy_and_its_age_while_the_marketplace_is_away(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    for outage in [Outage::Maintenance, Outage::Reset] {
        world.marketplace.set_outage(Some(outage));
        for path in world.pages().await {
            let answer = browser.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} during {outage:?}");
            assert!(answer.body.contains("As of "), "{path} says how old it is");
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_seat_change_is_taken_once_however_often_its_form_is_posted(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let review = Review::of(&world, &mut browser).await;
    let first = browser.post("/api/place_seat_change", &review.form).await;
    assert!(first.location.as_deref().is_some_and(|path| path.starts_with("/orders/")), "{:?}", first.location);
    let again = browser.post("/api/place_seat_change", &review.form).await;
    assert_eq!(again.location, first.location);
    assert_eq!(world.find("select count(*)::text from intent").await, "1");
    let order = browser.get(first.location.as_deref().unwrap()).await;
    assert_eq!(order.status, StatusCode::OK, "the order has a page before it was sent");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_seat_change_during_an_outage_is_refused_with_the_reason_and_what_was_typed(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let review = Review::of(&world, &mut browser).await;
    world.marketplace.set_outage(Some(Outage::Reset));
    let refused = browser.post("/api/place_seat_change", &review.form).await;
    let back = refused.location.expect("a plain form is answered by a page");
    assert!(back.starts_with(&review.path), "back to the form: {back}");
    let page = browser.get(&back).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("The marketplace does not answer").count(), 1, "the reason: {}", page.body);
    assert_eq!(field(&page.body, "seats"), Some(review.seats), "the seats that were typed");
    assert_eq!(field(&page.body, "po_number").as_deref(), Some(PO_NUMBER), "the PO number that was typed");
    assert_eq!(world.find("select count(*)::text from intent").await, "0", "nothing is ordered");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_live_estimate_says_that_the_marketplace_does_not_answer(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    world.marketplace.set_outage(Some(Outage::Maintenance));
    let arguments = format!("subscription={subscription}&line=1&seats=2");
    let answer = browser.call(Method::POST, "/api/estimate_seats", &arguments).await;
    assert_eq!(answer.status, StatusCode::OK, "the question was a good one");
    assert!(answer.body.contains("Failed") && answer.body.contains("does not answer"), "{}", answer.body);
}

const PO_NUMBER: &str = "PO 77 & 81";

/// The last page before a seat change is ordered, and the form on it.
struct Review {
    path: String,
    seats: String,
    form: String,
}

impl Review {
    async fn of(world: &Connected, browser: &mut Browser) -> Self {
        let subscription = world.find(RUNNING_SUBSCRIPTION).await;
        let path = format!("/subscriptions/{subscription}/seats");
        let now: u32 = field(&browser.get(&path).await.body, "seats").unwrap().parse().unwrap();
        let seats = (now + 1).to_string();
        let query = format!("line=1&seats={seats}&po_number={}&step=review", app::paths::segment(PO_NUMBER));
        let page = browser.get(&format!("{path}?{query}")).await;
        let form = ["subscription", "line", "seats", "po_number", "shown", "form_token"]
            .map(|name| format!("{name}={}", app::paths::segment(&hidden(&page, name))))
            .join("&");
        Self { path, seats, form }
    }
}

fn hidden(page: &Answer, name: &str) -> String {
    field(&page.body, name).unwrap_or_else(|| panic!("no {name} in the review: {}", page.body))
}
