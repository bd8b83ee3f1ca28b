//! Setting a password by a one-time link, as a browser without scripts sees it.

use super::browser::{Answer, Browser, Site, email};
use super::staff::invited;
use axum::http::{StatusCode, header};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

const NEW: &str = "seven quiet otters";

fn form(link: &str, password: &str) -> String {
    format!("{}&password={}", link.split_once('?').unwrap().1, password.replace(' ', "+"))
}

async fn use_link(browser: &mut Browser, link: &str, password: &str) -> String {
    let answer = browser.post("/api/use_link", &form(link, password)).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    answer.location.unwrap()
}

/// The page without what differs from one answer to the next.
fn content(answer: &Answer) -> String {
    answer.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_is_invited_sets_a_password_and_signs_in(pool: PgPool) {
    let site = Site::new(pool).await;
    let link = invited(&mut site.signed_in(Role::Admin).await).await;
    let mut ida = site.nobody();
    let page = ida.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in
        ["Welcome to Seatboard", "Ida Novak", "ida@aldgate.example", "technician", "autocomplete=\"new-password\""]
    {
        assert!(page.body.contains(part), "{part}");
    }
    assert_eq!(page.headers[header::REFERRER_POLICY], "strict-origin", "the address is told to nobody");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");

    assert_eq!(use_link(&mut ida, &link, "eleven char").await, link);
    let page = ida.get(&link).await.body;
    assert!(page.contains("<title>Error: Welcome to Seatboard") && page.contains("href=\"#password\""));
    assert!(page.contains("id=\"password-error\"") && page.contains("at least 12 characters"));
    assert!(!page.contains("eleven char"), "a password is never shown");

    assert_eq!(use_link(&mut ida, &link, NEW).await, "/sign-in");
    let page = ida.get("/sign-in").await.body;
    assert!(page.contains("Your password is set") && page.contains("value=\"ida@aldgate.example\""));
    assert!(!ida.get("/sign-in").await.body.contains("Your password is set"), "it is told once");
    assert_eq!(ida.sign_in("ida@aldgate.example", NEW).await.location.as_deref(), Some("/"));
    assert_eq!(ida.get("/customers").await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn of_two_posts_of_one_link_at_once_one_wins(pool: PgPool) {
    let site = Site::new(pool).await;
    let link = invited(&mut site.signed_in(Role::Admin).await).await;
    let (mut one, mut other) = (site.nobody(), site.nobody());
    let (first, second) =
        tokio::join!(use_link(&mut one, &link, "seven quiet otters"), use_link(&mut other, &link, "four loud herons"));
    let mut went = [first, second];
    went.sort();
    assert_eq!(went, ["/sign-in".to_owned(), link.clone()]);
    let signs_in =
        async |password| site.nobody().sign_in("ida@aldgate.example", password).await.location.unwrap() == "/";
    assert!(signs_in("seven quiet otters").await != signs_in("four loud herons").await);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_link_that_cannot_be_used_says_the_same_whatever_became_of_it(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let unknown = site.nobody().get(&format!("/welcome?token={}", "0".repeat(64))).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("This link cannot be used") && unknown.body.contains("ask an admin for a new link"));
    assert_eq!(unknown.headers[header::REFERRER_POLICY], "strict-origin");

    let replaced = invited(&mut admin).await;
    let id: String = sqlx::query_scalar("select id::text from staff where email = 'ida@aldgate.example'")
        .fetch_one(&site.backend.pool)
        .await
        .unwrap();
    let member = admin.post("/api/make_staff_link", &format!("staff={id}")).await.location.unwrap();
    let used = super::staff::link_in(&admin.get(&member).await.body).unwrap();
    use_link(&mut site.nobody(), &used, NEW).await;
    let member = admin.post("/api/make_staff_link", &format!("staff={id}")).await.location.unwrap();
    let expired = super::staff::link_in(&admin.get(&member).await.body).unwrap();
    assert!(site.nobody().get(&expired).await.body.contains("Set a new password"));
    site.clock.advance(Duration::DAY);
    for link in [&replaced, &used, &expired, "/welcome", "/welcome?token=nonsense"] {
        let page = site.nobody().get(link).await;
        assert_eq!((page.status, content(&page)), (StatusCode::NOT_FOUND, content(&unknown)), "{link}");
    }
    for link in [&replaced, &used, &expired] {
        assert_eq!(use_link(&mut site.nobody(), link, "four loud herons").await, *link, "a post changes nothing");
    }
    assert_eq!(site.nobody().sign_in("ida@aldgate.example", NEW).await.location.as_deref(), Some("/"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn using_ones_link_ends_ones_sessions_and_that_of_the_browser_it_is_used_in(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut admin, mut viewer) = (site.signed_in(Role::Admin).await, site.signed_in(Role::Viewer).await);
    let mut here = site.signed_in(Role::Viewer).await;
    let stolen = here.cookie.clone();
    let id: String = sqlx::query_scalar("select id::text from staff where email = $1")
        .bind(email(Role::Viewer))
        .fetch_one(&site.backend.pool)
        .await
        .unwrap();
    let member = admin.post("/api/make_staff_link", &format!("staff={id}")).await.location.unwrap();
    let link = super::staff::link_in(&admin.get(&member).await.body).unwrap();
    assert_eq!(use_link(&mut here, &link, NEW).await, "/sign-in");
    assert!(here.get("/sign-in").await.body.contains("Your password is set"));
    for browser in [&mut here, &mut viewer] {
        assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
    }
    viewer.cookie = stolen;
    assert_eq!(viewer.get("/customers").await.status, StatusCode::SEE_OTHER, "the old cookie is worth nothing");
    assert_eq!(admin.get("/customers").await.status, StatusCode::OK, "others stay signed in");
}
