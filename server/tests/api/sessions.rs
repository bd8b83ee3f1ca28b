//! Signing in and out, and how sessions end.

use super::browser::{PASSWORD, Site, email};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut seen = Vec::new();
    for address in [email(Role::Viewer), "nobody@seatboard.example"] {
        let mut browser = site.nobody();
        let refused = browser.sign_in(address, "not the password").await;
        let page = browser.get("/sign-in").await.body;
        assert!(page.contains("do not match") && page.contains(address), "the reason and what was typed");
        seen.push((refused.status, refused.location));
    }
    assert_eq!(seen[0], seen[1]);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn signing_in_changes_the_session_id_and_signing_out_ends_it(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.nobody();
    browser.sign_in(email(Role::Viewer), "not the password").await;
    let before = browser.cookie.clone();
    browser.sign_in(email(Role::Viewer), PASSWORD).await;
    assert!(before.is_some() && browser.cookie != before, "a planted id is worth nothing");
    let stolen = browser.cookie.clone();
    browser.post("/api/sign_out", "").await;
    browser.cookie = stolen;
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER, "the old cookie is worth nothing");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_session_ends_after_half_an_hour_idle_and_after_eight_hours_at_work(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut idle = site.signed_in(Role::Viewer).await;
    site.clock.advance(Duration::minutes(29));
    assert_eq!(idle.get("/customers").await.status, StatusCode::OK);
    site.clock.advance(Duration::minutes(31));
    assert_eq!(idle.get("/customers").await.status, StatusCode::SEE_OTHER);

    let mut busy = site.signed_in(Role::Viewer).await;
    for _ in 0..31 {
        site.clock.advance(Duration::minutes(15));
        assert_eq!(busy.get("/customers").await.status, StatusCode::OK);
    }
    site.clock.advance(Duration::minutes(20));
    assert_eq!(busy.get("/customers").await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_is_disabled_is_out_at_the_next_request(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    sqlx::raw_sql("update staff set disabled_at = now()").execute(&site.backend.pool).await.unwrap();
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
}
