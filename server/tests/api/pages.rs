//! Every page, as nobody and as each role.

use super::browser::Site;
use axum::http::{StatusCode, header};
use domain::Role;
use sqlx::PgPool;

/// A page, the least powerful role it opens for, and what it says to the others.
pub(crate) const PAGES: &[(&str, Role, StatusCode)] = &[
    ("/", Role::Viewer, StatusCode::OK),
    ("/customers", Role::Viewer, StatusCode::OK),
    ("/customers/new", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/customers/matching", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/subscriptions", Role::Viewer, StatusCode::OK),
    ("/orders", Role::Viewer, StatusCode::OK),
    ("/orders/new", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/orders/migrate", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/drafts", Role::Viewer, StatusCode::OK),
    ("/catalogue/products", Role::Viewer, StatusCode::OK),
    ("/catalogue/plans", Role::Viewer, StatusCode::OK),
    ("/reports", Role::Viewer, StatusCode::OK),
    ("/reports/new", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/resellers", Role::Viewer, StatusCode::OK),
    ("/resellers/new", Role::Admin, StatusCode::FORBIDDEN),
    ("/activity", Role::AccountManager, StatusCode::NOT_FOUND),
    ("/activity?denied=only&actions=orders&from=2026-03-01", Role::AccountManager, StatusCode::NOT_FOUND),
    ("/activity/export.csv", Role::AccountManager, StatusCode::FORBIDDEN),
    ("/console", Role::AccountManager, StatusCode::NOT_FOUND),
    ("/approvals", Role::Technician, StatusCode::FORBIDDEN),
    ("/settings/approvals", Role::Admin, StatusCode::NOT_FOUND),
    ("/settings/connection", Role::Admin, StatusCode::NOT_FOUND),
    ("/settings/staff", Role::Admin, StatusCode::NOT_FOUND),
    ("/settings/roles", Role::Admin, StatusCode::NOT_FOUND),
    ("/settings/password", Role::Viewer, StatusCode::OK),
    ("/settings/second-factor", Role::Viewer, StatusCode::OK),
    ("/settings/sessions", Role::Admin, StatusCode::NOT_FOUND),
    ("/settings/profile", Role::Viewer, StatusCode::OK),
    ("/prove", Role::Viewer, StatusCode::OK),
];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_opens_the_pages_it_may_see(pool: PgPool) {
    let site = Site::new(pool).await;
    for role in super::browser::ROLES {
        let mut browser = site.signed_in(role).await;
        for &(path, least, otherwise) in PAGES {
            let expected = if super::browser::reaches(role, least) { StatusCode::OK } else { otherwise };
            let answer = browser.get(path).await;
            assert_eq!(answer.status, expected, "{path} as {role}");
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_is_led_to_the_sign_in_page_and_back(pool: PgPool) {
    let site = Site::new(pool).await;
    for &(path, ..) in PAGES {
        let answer = site.nobody().get(path).await;
        let next = if path == "/" { String::new() } else { format!("?next={}", app::paths::segment(path)) };
        assert_eq!(answer.location, Some(format!("/sign-in{next}")), "{path}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_does_not_exist_is_not_found(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    for path in [
        "/nowhere",
        "/customers/1",
        "/customers/1/edit",
        "/customers/1/hold",
        "/customers/matching/1",
        "/customers/matching/6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
        "/customers/new?reseller=1",
        "/resellers/1",
        "/resellers/1/edit",
        "/subscriptions/1",
        "/subscriptions/1/seats",
        "/subscriptions/1/seats-at-renewal",
        "/subscriptions/1/auto-renewal",
        "/subscriptions/1/switch",
        "/subscriptions/1/move",
        "/subscriptions/1/renew",
        "/subscriptions/1/cancel",
        "/subscriptions/1/price",
        "/subscriptions/1/attributes",
        "/settings/staff/1",
        "/settings/staff/6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
        "/orders/1",
        "/catalogue/plans/1",
        "/console?call=1",
        "/console?call=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
        "/console?draft=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.body.contains("Not found") || answer.body.contains("Page not found"),
            "{path} says so in a page"
        );
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn pages_tell_browsers_to_keep_nothing_and_run_only_our_scripts(pool: PgPool) {
    let site = Site::new(pool).await;
    let answer = site.signed_in(Role::Viewer).await.get("/customers").await;
    let header = |name: header::HeaderName| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
    let policy = header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("script-src 'nonce-") && !policy.contains("'unsafe-inline'"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    let scripts = answer.body.matches("<script").count();
    assert_eq!(answer.body.matches(&format!("nonce=\"{nonce}\"")).count(), scripts, "every script carries the nonce");
    assert_eq!(header(header::CACHE_CONTROL), "no-store");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(!answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "people reach this site without TLS");
}
