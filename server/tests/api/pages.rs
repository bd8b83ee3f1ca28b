//! Every page, as nobody and as each role.

use super::browser::Site;
use axum::http::{StatusCode, header};
use domain::{Permission, Role};
use sqlx::PgPool;

/// A page, the permission that it asks for, and what it says to those who have it not.
pub(crate) const PAGES: &[(&str, Permission, StatusCode)] = &[
    ("/", Permission::Browse, StatusCode::OK),
    ("/customers", Permission::Browse, StatusCode::OK),
    ("/customers/new", Permission::EditCustomers, StatusCode::FORBIDDEN),
    ("/customers/matching", Permission::EditCustomers, StatusCode::FORBIDDEN),
    ("/search", Permission::Browse, StatusCode::OK),
    ("/search?q=a", Permission::Browse, StatusCode::OK),
    ("/subscriptions", Permission::Browse, StatusCode::OK),
    ("/orders", Permission::Browse, StatusCode::OK),
    ("/orders/new", Permission::PlaceOrders, StatusCode::FORBIDDEN),
    ("/orders/migrate", Permission::PlaceOrders, StatusCode::FORBIDDEN),
    ("/drafts", Permission::Browse, StatusCode::OK),
    ("/catalogue/products", Permission::Browse, StatusCode::OK),
    ("/catalogue/plans", Permission::Browse, StatusCode::OK),
    ("/reports", Permission::Browse, StatusCode::OK),
    ("/reports/new", Permission::ScheduleReports, StatusCode::FORBIDDEN),
    ("/resellers", Permission::Browse, StatusCode::OK),
    ("/resellers/new", Permission::EditResellers, StatusCode::FORBIDDEN),
    ("/activity", Permission::ViewActivity, StatusCode::NOT_FOUND),
    ("/activity?denied=only&actions=orders&from=2026-03-01", Permission::ViewActivity, StatusCode::NOT_FOUND),
    ("/activity/export.csv", Permission::ViewActivity, StatusCode::FORBIDDEN),
    ("/customers/export.csv", Permission::Browse, StatusCode::FORBIDDEN),
    ("/subscriptions/export.csv", Permission::Browse, StatusCode::FORBIDDEN),
    ("/orders/export.csv", Permission::Browse, StatusCode::FORBIDDEN),
    ("/catalogue/products/export.csv", Permission::Browse, StatusCode::FORBIDDEN),
    ("/catalogue/plans/export.csv", Permission::Browse, StatusCode::FORBIDDEN),
    ("/console", Permission::UseConsole, StatusCode::NOT_FOUND),
    ("/approvals", Permission::Browse, StatusCode::OK),
    ("/settings/approvals", Permission::ManageApprovals, StatusCode::NOT_FOUND),
    ("/settings/connection", Permission::ManageConnection, StatusCode::NOT_FOUND),
    ("/settings/staff", Permission::ManageStaff, StatusCode::NOT_FOUND),
    ("/settings/roles", Permission::ManageRoles, StatusCode::NOT_FOUND),
    ("/settings/password", Permission::Browse, StatusCode::OK),
    ("/settings/second-factor", Permission::Browse, StatusCode::OK),
    ("/settings/sessions", Permission::ManageSessions, StatusCode::NOT_FOUND),
    ("/settings/profile", Permission::Browse, StatusCode::OK),
    ("/prove", Permission::Browse, StatusCode::OK),
];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_opens_the_pages_it_may_see(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut counts = std::collections::BTreeMap::<(String, u16), u32>::new();
    for walker in site.walkers().await {
        let mut browser = site.signed_in_as(&walker).await;
        for &(path, needs, otherwise) in PAGES {
            let expected = if walker.may(needs) { StatusCode::OK } else { otherwise };
            let answer = browser.get(path).await;
            assert_eq!(answer.status, expected, "{path} as {}", walker.role);
            *counts.entry((walker.role.clone(), answer.status.as_u16())).or_default() += 1;
        }
    }
    println!("pages by role and status: {counts:?}");
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
async fn the_address_of_a_form_is_no_page(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    for path in
        ["/api/", "/api/place_seat_change", "/api/create_customer?form_token=1", "/api/check_matching", "/api/nothing"]
    {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<h1>Page not found</h1>"), "{path}: {}", answer.body);
        assert!(answer.body.contains("class=\"sidebar\""), "{path} says so in our frame");
    }
    assert_eq!(site.nobody().get("/api/create_customer").await.location.as_deref(), Some("/sign-in"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_search_for_what_no_text_holds_is_a_search_for_the_rest(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    for path in [
        "/customers?search=%00",
        "/customers?search=a%00b",
        "/subscriptions?search=%00",
        "/orders?search=%00",
        "/search?q=%00",
        "/search?q=a%00b",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("damaged"), "{path}: {}", answer.body);
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
