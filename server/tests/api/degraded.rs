//! Behind the breaker: what every page says while the marketplace is away, and what can be done then.

mod drafts;
mod once;
mod typed;

use super::browser::Browser;
use super::connected::{Connected, RUNNING_SUBSCRIPTION, client};
use super::connection::connection_form;
use axum::http::StatusCode;
use backend::Backend;
use backend::connection::Setup;
use backend::health::{Breaker, probe_if_due};
use domain::Role;
use marketplace::{Connection, CustomerFilter, ErrorKind, SubscriptionFilter};
use marketplace_sim::Outage;
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;

const BANNER: &str = "The marketplace has not answered since ";

/// A site whose calls pass the breaker, as they do in a server.
async fn guarded(pool: PgPool) -> Connected {
    let world = Connected::new(pool).await;
    let backend = &world.site.backend;
    backend.link.replace(Some(client(&world.marketplace).with_gate(Arc::new(Breaker::new(backend)))));
    // A token is held, so that none has to be asked for later.
    ask(backend).await.unwrap();
    world
}

/// One small question.
async fn ask(backend: &Backend) -> Result<(), marketplace::Error> {
    backend.marketplace().unwrap().page(&CustomerFilter::default(), 0, 1).await.map(drop)
}

/// Takes the marketplace down, and has three calls find out.
async fn take_down(world: &Connected) {
    world.marketplace.set_outage(Some(Outage::Reset));
    let backend = &world.site.backend;
    backend.marketplace().unwrap().page(&SubscriptionFilter::default(), 0, 1).await.unwrap_err();
    for _ in 0..2 {
        ask(backend).await.unwrap_err();
    }
}

/// Brings it up again, which the next probe finds out.
async fn bring_up(world: &Connected) {
    world.marketplace.set_outage(None);
    world.site.clock.advance(Duration::MINUTE);
    assert!(probe_if_due(&world.site.backend).await.unwrap());
}

fn calls(world: &Connected) -> u64 {
    world.marketplace.stats().calls.values().sum()
}

/// Every page an admin can open, the forms and their reviews too.
async fn every_page(world: &Connected) -> Vec<String> {
    let seats = world.find(RUNNING_SUBSCRIPTION).await;
    let customer = world.find("select id from customer where status = 'active' order by id limit 1").await;
    let product = world.find("select key from product where mpn is not null order by key limit 1").await;
    let product = app::paths::segment(&product);
    let own = [
        "/drafts",
        "/customers/new",
        "/customers/matching",
        "/orders/new",
        "/orders/migrate",
        "/reports/new",
        "/resellers",
        "/activity",
        "/console",
        "/settings/connection",
    ];
    let of_one = [
        format!("/customers/{customer}/edit"),
        format!("/customers/{customer}/hold"),
        format!("/subscriptions/{seats}/seats?line=1&seats=2&po_number=PO+7&step=review"),
        format!("/subscriptions/{seats}/seats-at-renewal?line=1&seats=2"),
        format!("/subscriptions/{seats}/auto-renewal"),
        format!("/subscriptions/{seats}/switch"),
        format!("/subscriptions/{seats}/move"),
        format!("/subscriptions/{seats}/renew"),
        format!("/subscriptions/{seats}/cancel"),
        format!("/subscriptions/{seats}/price"),
        format!("/subscriptions/{seats}/attributes"),
        format!("/orders/new?customer={customer}&product-0={product}&seats-0=5&step=review"),
        format!(
            "/orders/migrate?customer={customer}&product={product}&seats=5&started_on=2026-02-10&expires_on=2026-03-10&step=review"
        ),
    ];
    [world.pages().await, own.map(ToOwned::to_owned).into(), of_one.into()].concat()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn with_the_breaker_open_every_page_opens_says_so_and_asks_the_marketplace_nothing(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    take_down(&world).await;
    // It is up again, so that whatever is asked of it is counted; only nobody knows yet.
    world.marketplace.set_outage(None);
    let before = calls(&world);
    let pages = every_page(&world).await;
    for path in &pages {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for told in [BANNER, "it breaks the connection off", "It is tried again at ", "href=\"/drafts\""] {
            assert!(answer.body.contains(told), "{path} does not say: {told}");
        }
    }
    for path in world.pages().await {
        assert!(browser.get(&path).await.body.contains("As of "), "{path} says how old it is");
    }
    assert_eq!(calls(&world), before, "{} pages asked nothing", pages.len());

    world.site.clock.advance(Duration::seconds(5));
    assert!(probe_if_due(&world.site.backend).await.unwrap());
    assert_eq!(calls(&world), before + 1, "the probe, which is no order");
    for path in ["/", "/orders", "/settings/connection"] {
        assert!(!browser.get(path).await.body.contains(BANNER), "it is over: {path}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn orders_that_wait_are_counted_in_the_banner_and_on_their_page(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let order = drafts::place(&world, &mut browser).await;
    take_down(&world).await;
    world.site.clock.advance(Duration::seconds(3));
    let page = browser.get(&order).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("1 order waits and is sent when it answers."));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_connection_test_passes_the_breaker_by_and_another_connection_resets_it(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    take_down(&world).await;
    world.marketplace.set_outage(None);
    let credentials = world.marketplace.credentials();
    let (url, key) = (world.marketplace.url(), &credentials.subscription_key);
    let right = connection_form(&url, &credentials.username, &credentials.password, key);
    browser.post("/api/test_connection", &right).await;
    let page = browser.get("/settings/connection").await.body;
    assert!(page.contains("The connection works.") && page.contains(BANNER), "a test is no answer for everybody");
    browser.post("/api/save_connection", &format!("{right}&forget_copy=on")).await;
    let page = browser.get("/settings/connection").await.body;
    assert!(!page.contains(BANNER) && page.contains(&url), "{page}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_server_that_starts_during_an_outage_shows_the_copy_and_what_it_holds_back_uses_no_budget(pool: PgPool) {
    let world = Connected::new(pool).await;
    let (marketplace, site) = (&world.marketplace, &world.site);
    marketplace.set_outage(Some(Outage::Reset));
    let credentials = marketplace.credentials();
    let environment = Connection {
        base_url: marketplace.url(),
        marketplace: credentials.marketplace.clone(),
        username: credentials.username.clone(),
        password: credentials.password.as_str().into(),
        subscription_key: credentials.subscription_key.as_str().into(),
    };
    let mut backend = site.backend.clone();
    backend.connecting = Arc::new(Setup { environment: Some(environment), ..Setup::default() });
    backend::connection::open(&backend).await.unwrap();
    let mut browser = site.signed_in(Role::Viewer).await;
    let page = browser.get("/customers").await;
    assert!(page.status == StatusCode::OK && page.body.contains("As of ") && !page.body.contains(BANNER));
    for _ in 0..3 {
        ask(&backend).await.unwrap_err();
    }
    get(&mut browser, "/customers").await;
    let counted = "select count(*)::text from marketplace_call";
    let before = world.find(counted).await;
    for _ in 0..100 {
        assert_eq!(ask(&backend).await.unwrap_err().kind(), &ErrorKind::Refused);
    }
    assert_eq!(world.find(counted).await, before);
    bring_up(&world).await;
    ask(&backend).await.unwrap();
    assert!(!browser.get("/customers").await.body.contains(BANNER));
}

/// The page, which is there and says that the marketplace is away.
async fn get(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    assert!(answer.body.contains(BANNER), "{path}");
    answer.body
}
