//! Settings, Connection: as a browser without scripts sees it.

use super::browser::{Answer, Browser, Site, field};
use axum::http::StatusCode;
use domain::Role;
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;

const PAGE: &str = "/settings/connection";

/// What the form posts.
pub(crate) fn connection_form(url: &str, username: &str, password: &str, key: &str) -> String {
    let fields =
        [("url", url), ("code", "us"), ("username", username), ("password", password), ("subscription_key", key)];
    fields.map(|(name, value)| format!("{name}={}", app::paths::segment(value))).join("&")
}

/// The form, filled in rightly.
fn right(marketplace: &Simulator) -> String {
    let credentials = marketplace.credentials();
    let (password, key) = (&credentials.password, &credentials.subscription_key);
    connection_form(&marketplace.url(), &credentials.username, password, key)
}

async fn marketplace() -> Simulator {
    Simulator::start(Config { customers: 6, ..Config::for_tests() }).await.unwrap()
}

/// Posts the form and follows to the page.
async fn posted(browser: &mut Browser, path: &str, form: &str) -> Answer {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.location.as_deref(), Some(PAGE), "{}", answer.status);
    let page = browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    page
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_fresh_installation_leads_its_admin_to_the_connection_and_others_to_an_admin(pool: PgPool) {
    let site = Site::new(pool).await;
    let overview = site.signed_in(Role::Admin).await.get("/").await.body;
    assert!(overview.contains(&format!("href=\"{PAGE}\"")) && overview.contains("Connect the marketplace"));
    let overview = site.signed_in(Role::AccountManager).await.get("/").await.body;
    assert!(!overview.contains(PAGE) && overview.contains("Ask an admin to connect the marketplace"));
    let page = site.signed_in(Role::Admin).await.get(PAGE).await.body;
    assert!(page.contains("No connection is in use") && page.contains(">Settings<"));
    for preset in ["https://api.cloud.im/marketplace/eu", "https://api.cloud.im/marketplace/na", "value=\"stg\""] {
        assert!(page.contains(preset), "{preset} is offered");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_test_tells_on_the_page_what_came_of_it_once_and_keeps_what_was_typed_but_the_secrets(pool: PgPool) {
    let site = Site::new(pool).await;
    let marketplace = marketplace().await;
    let mut browser = site.signed_in(Role::Admin).await;
    let page = posted(&mut browser, "/api/test_connection", &right(&marketplace)).await.body;
    assert!(page.contains("The connection works.") && page.contains("It sees 6 customers."));
    assert_eq!(field(&page, "url"), Some(marketplace.url()));
    assert_eq!(field(&page, "username").as_deref(), Some("demo.API"));
    assert_eq!((field(&page, "password"), field(&page, "subscription_key")), (None, None));
    assert!(page.contains("What was typed is not kept: type it again"));
    assert!(!site.backend.link.is_connected(), "a test stores nothing");
    assert!(!browser.get(PAGE).await.body.contains("The connection works."), "it is told once");

    let credentials = marketplace.credentials();
    let wrong = connection_form(&marketplace.url(), &credentials.username, "not it", &credentials.subscription_key);
    let page = posted(&mut browser, "/api/test_connection", &wrong).await.body;
    assert!(page.contains("<title>Error: Connection"));
    assert!(page.contains("does not accept the user name, the password or the marketplace code"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_cannot_be_tried_comes_back_with_each_fault_at_its_field(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    let form = connection_form("http://user:secret@host.example/eu?key=secret", "x.API", "typed", "");
    let page = posted(&mut browser, "/api/save_connection", &form).await.body;
    for link in ["href=\"#url\"", "href=\"#subscription_key\"", "id=\"url-error\"", "id=\"subscription_key-error\""] {
        assert!(page.contains(link), "{link}");
    }
    assert_eq!(field(&page, "url").as_deref(), Some("http://host.example/eu"));
    assert!(!page.contains("secret@") && !page.contains("typed\""));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn saving_connects_at_once_and_the_page_says_what_is_in_use(pool: PgPool) {
    let site = Site::new(pool).await;
    let marketplace = marketplace().await;
    let mut browser = site.signed_in(Role::Admin).await;
    let page = posted(&mut browser, "/api/save_connection", &right(&marketplace)).await.body;
    assert!(page.contains("The connection works, is stored and in use."));
    assert!(site.backend.link.is_connected());
    let key = &marketplace.credentials().subscription_key;
    assert!(page.contains(&format!("ends in {}", &key[key.len() - 4..])), "the placeholder tells which key");
    assert!(page.contains("these settings, by ") && page.contains("Adrian Holt"));
    assert!(page.contains("list customers"), "what was asked is listed");

    let kept = connection_form(&marketplace.url(), "demo.API", "", "");
    let page = posted(&mut browser, "/api/test_connection", &kept).await.body;
    assert!(page.contains("The connection works."), "empty secrets are those in use");
    let elsewhere = connection_form("http://127.0.0.1:9", "demo.API", "", "");
    let page = posted(&mut browser, "/api/test_connection", &elsewhere).await.body;
    assert!(page.contains("so that it is never sent anywhere else"));

    let page = posted(&mut browser, "/api/forget_connection", "").await.body;
    assert!(page.contains("The stored connection is forgotten.") && page.contains("No connection is in use"));
    assert!(!site.backend.link.is_connected());
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_does_not_work_is_saved_only_with_a_tick(pool: PgPool) {
    let site = Site::new(pool).await;
    let marketplace = marketplace().await;
    let mut browser = site.signed_in(Role::Admin).await;
    let not_yet = connection_form(&marketplace.url(), "demo.API", "typed", &"f".repeat(32));
    let page = posted(&mut browser, "/api/save_connection", &not_yet).await.body;
    assert!(page.contains("Nothing was saved.") && page.contains("24 hours"));
    let page = posted(&mut browser, "/api/save_connection", &format!("{not_yet}&although_failed=on")).await.body;
    assert!(page.contains("The connection is stored and in use, although its test failed."));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn another_marketplace_is_refused_at_the_tick_that_it_needs(pool: PgPool) {
    let site = Site::new(pool).await;
    let marketplace = marketplace().await;
    let mut browser = site.signed_in(Role::Admin).await;
    posted(&mut browser, "/api/save_connection", &right(&marketplace)).await;
    let client = site.backend.marketplace().unwrap();
    let customers = client.page(&marketplace::CustomerFilter::default(), 0, 1).await.unwrap().data;
    let mut db = site.backend.pool.acquire().await.unwrap();
    backend::sync::store_customer(&mut db, &customers[0], super::browser::START).await.unwrap();

    let other = Simulator::start(Config { seed: 2, ..Config::for_tests() }).await.unwrap();
    let page = posted(&mut browser, "/api/save_connection", &right(&other)).await.body;
    assert!(page.contains("href=\"#forget_copy\"") && page.contains("id=\"forget_copy-error\""), "{page}");
    assert_eq!(field(&page, "url"), Some(other.url()));
    let page = posted(&mut browser, "/api/save_connection", &format!("{}&forget_copy=on", right(&other))).await.body;
    assert!(page.contains("The connection works, is stored and in use."));
}
