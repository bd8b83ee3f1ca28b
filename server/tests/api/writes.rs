//! Changes that are no orders, posted by plain forms: one form is one call, and what nobody knows yet is shown.

use super::browser::{Browser, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use super::customers::form;
use domain::Role;
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;

/// The form of automatic renewal of a subscription, filled in.
async fn renewal(browser: &mut Browser, subscription: &str) -> String {
    let page = browser.get(&format!("{subscription}/auto-renewal")).await.body;
    let [id, to, token] = ["subscription", "to", "form_token"].map(|name| field(&page, name).unwrap());
    form(&[("subscription", &id), ("to", &to), ("form_token", &token)])
}

async fn subscription(world: &Connected) -> String {
    format!("/subscriptions/{}", world.find(RUNNING_SUBSCRIPTION).await)
}

fn calls(world: &Connected, operation: &str) -> u64 {
    world.marketplace.stats().calls.get(operation).copied().unwrap_or(0)
}

const UNCONFIRMED: &str = "is not confirmed yet";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_form_posted_twice_at_the_same_time_makes_one_call(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let mut tab = Browser { router: browser.router.clone(), cookie: browser.cookie.clone() };
    let page = subscription(&world).await;
    let typed = renewal(&mut browser, &page).await;
    let (one, other) =
        tokio::join!(browser.post("/api/set_auto_renewal", &typed), tab.post("/api/set_auto_renewal", &typed));
    assert_eq!([one.location.as_deref(), other.location.as_deref()], [Some(&*page), Some(&*page)]);
    assert_eq!(calls(&world, "updateSubscription"), 1);
    assert!(!browser.get(&page).await.body.contains(UNCONFIRMED));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_change_that_nobody_can_confirm_is_shown_where_people_look(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let page = subscription(&world).await;
    let typed = renewal(&mut browser, &page).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "updateSubscription"));
    let answer = browser.post("/api/set_auto_renewal", &typed).await;
    assert_eq!(answer.location.as_deref(), Some(&*page), "the page of the subscription says it");
    let shown = browser.get(&page).await.body;
    assert!(shown.contains(UNCONFIRMED) && shown.contains("Automatic renewal"), "{shown}");
    let mut viewer = world.site.signed_in(Role::Viewer).await;
    let overview = viewer.get("/").await.body;
    assert!(overview.contains("Changes not confirmed") && overview.contains(&format!("href=\"{page}\"")), "{overview}");
    let trail = browser.get("/activity").await.body;
    assert!(trail.contains("nobody knows yet whether it was done"), "{trail}");

    let mut admin = world.site.signed_in(Role::Admin).await;
    let theirs = renewal(&mut admin, &page).await;
    let refused = admin.post("/api/set_auto_renewal", &theirs).await;
    assert_eq!(refused.location, Some(format!("{page}/auto-renewal")));
    assert!(admin.get(&format!("{page}/auto-renewal")).await.body.contains("A change by"));
    assert_eq!(calls(&world, "updateSubscription"), 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_was_set_is_told_once_on_the_page_of_the_subscription(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let page = subscription(&world).await;
    let told = "new term begins by itself.";
    assert!(!browser.get(&page).await.body.contains(told));
    let typed = renewal(&mut browser, &page).await;
    browser.post("/api/set_auto_renewal", &typed).await;
    assert!(browser.get(&page).await.body.contains(told));
    assert!(!browser.get(&page).await.body.contains(told), "it is told once");

    let price = browser.get(&format!("{page}/price?line=1")).await.body;
    assert!(price.contains("Your cost is "), "{price}");
    let [id, line, token] = ["subscription", "line", "form_token"].map(|name| field(&price, name).unwrap());
    let typed = form(&[("subscription", &id), ("line", &line), ("price", "0.004"), ("form_token", &token)]);
    browser.post("/api/set_price", &typed).await;
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("costs the customer 0.004 ") && shown.contains("That is below your cost of "), "{shown}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_report_that_nobody_can_confirm_is_shown_in_the_list_of_reports(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    assert!(!browser.get("/reports").await.body.contains(UNCONFIRMED));
    let token = field(&browser.get("/reports/new").await.body, "form_token").unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "createReport"));
    let typed = [("name", "Billing details"), ("format", "csv"), ("from", "2026-01-01"), ("to", "2026-01-31")];
    let typed: Vec<_> = typed.into_iter().chain([("form_token", &*token)]).collect();
    let answer = browser.post("/api/schedule_report", &form(&typed)).await;
    assert_eq!(answer.location.as_deref(), Some("/reports/new"));
    assert!(browser.get("/reports/new").await.body.contains("may or may not have been scheduled"));
    assert!(browser.get("/reports").await.body.contains(UNCONFIRMED));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_form_that_sets_something_is_a_wish_of_its_own(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let customer = world.find("select id from customer where status = 'active' order by id limit 1").await;
    let page = subscription(&world).await;
    let forms = [
        format!("/customers/{customer}/edit"),
        format!("/customers/{customer}/hold"),
        format!("{page}/auto-renewal"),
        format!("{page}/attributes"),
        format!("{page}/price?line=1"),
    ];
    for path in forms {
        let first = field(&browser.get(&path).await.body, "form_token");
        let second = field(&browser.get(&path).await.body, "form_token");
        assert!(first.is_some() && first != second, "{path}: {first:?} {second:?}");
    }
}
