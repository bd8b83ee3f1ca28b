//! Signing in and out, and how sessions end.

mod typed;

use super::browser::{Browser, PASSWORD, Site, email, field};
use axum::http::{Method, StatusCode, header};
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

/// The same session, held by somebody else.
fn stolen(browser: &Browser) -> Browser {
    Browser { router: browser.router.clone(), cookie: browser.cookie.clone() }
}

async fn count(site: &Site, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&site.backend.pool).await.unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn by_https_the_cookie_is_bound_to_the_host_out_of_reach_of_scripts_and_removed_in_full(pool: PgPool) {
    let mut site = Site::new(pool).await;
    let assets = app::Assets { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into(), css: "/pkg/a.css".into() };
    site.router = server::router::build(site.backend.clone(), assets, std::path::Path::new("no such folder"), true);
    let mut browser = site.nobody();
    let answer = browser.sign_in(email(Role::Viewer), PASSWORD).await;
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    let (name, rest) = set.split_once('=').unwrap();
    let (id, attributes) = rest.split_once(';').unwrap();
    assert_eq!(name, "__Host-seatboard");
    assert_eq!(id.len(), 22, "128 bits in base64");
    let mut attributes: Vec<&str> = attributes.split(';').map(str::trim).collect();
    attributes.sort_unstable();
    assert_eq!(attributes, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);

    let out = browser.post("/api/sign_out", "").await;
    let removal = out.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(removal.starts_with("__Host-seatboard=;") && removal.contains("Max-Age=0"), "{removal}");
    assert!(removal.contains("; Secure") && removal.contains("Path=/"), "a browser takes it: {removal}");
    assert_eq!(out.headers["clear-site-data"], "\"storage\"");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_planted_session_id_is_never_used(pool: PgPool) {
    let site = Site::new(pool).await;
    for planted in ["seatboard=AAAAAAAAAAAAAAAAAAAAAA", "seatboard=nonsense", "seatboard="] {
        let mut browser = Browser { cookie: Some(planted.to_owned()), ..site.nobody() };
        browser.sign_in(email(Role::Viewer), PASSWORD).await;
        assert_ne!(browser.cookie.as_deref(), Some(planted));
        assert_eq!(browser.get("/customers").await.status, StatusCode::OK);
        let mut planter = Browser { cookie: Some(planted.to_owned()), ..site.nobody() };
        assert_eq!(planter.get("/customers").await.status, StatusCode::SEE_OTHER, "{planted}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn signing_in_again_takes_another_id_and_leaves_nothing_of_the_last_person(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    let mut earlier = stolen(&browser);
    browser.post("/api/set_hold", "customer=1&to=nonsense&form_token=secret-of-the-admin").await;
    assert!(count(&site, "select count(*) from session where data ? 'flash'").await > 0, "a refusal waits");
    browser.sign_in(email(Role::Technician), PASSWORD).await;
    assert_ne!(browser.cookie, earlier.cookie);
    assert_eq!(earlier.get("/customers").await.status, StatusCode::SEE_OTHER, "the admin's id is worth nothing");
    assert_eq!(count(&site, "select count(*) from session where data ? 'flash'").await, 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_stolen_cookie_is_worth_nothing_once_the_sessions_of_its_person_were_ended(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    let mut thief = stolen(&browser);
    let mut other = site.signed_in(Role::Admin).await;
    assert_eq!(thief.get("/customers").await.status, StatusCode::OK);
    let caller = backend::staff::Caller::default();
    let entered = backend::staff::sign_in(&site.backend, &caller, email(Role::Viewer), &PASSWORD.into()).await.unwrap();
    let viewer = entered.staff;
    // What changing the password does.
    backend::session_store::end_all_of(&site.backend, viewer.id).await.unwrap();
    for held in [&mut browser, &mut thief] {
        assert_eq!(held.get("/customers").await.status, StatusCode::SEE_OTHER);
        let answer = held.post("/api/keep_draft", "path=/orders/new").await;
        assert!(answer.location.is_some_and(|to| to.starts_with("/sign-in")));
    }
    browser.sign_in(email(Role::Viewer), PASSWORD).await;
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK);
    assert_eq!(thief.get("/customers").await.status, StatusCode::SEE_OTHER, "not even after they signed in again");
    assert_eq!(other.get("/customers").await.status, StatusCode::OK, "others stay signed in");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn somebody_signs_in_twice_sees_both_and_ends_one(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut desk, mut phone) = (site.signed_in(Role::Viewer).await, site.signed_in(Role::Viewer).await);
    assert_ne!(desk.cookie, phone.cookie);
    let page = desk.get("/settings/profile").await.body;
    assert_eq!(page.matches("This browser").count(), 1, "{page}");
    let handle = field(&page, "session").expect("the other can be signed out");
    assert_eq!(
        desk.post("/api/end_own_session", &format!("session={handle}")).await.location.as_deref(),
        Some("/settings/profile")
    );
    assert_eq!(phone.get("/customers").await.status, StatusCode::SEE_OTHER);
    let page = desk.get("/settings/profile").await.body;
    assert!(!page.contains("Sign out everywhere else") && field(&page, "session").is_none(), "{page}");

    let mut tablet = site.signed_in(Role::Viewer).await;
    assert!(desk.get("/settings/profile").await.body.contains("Sign out everywhere else"));
    desk.post("/api/end_other_sessions", "").await;
    assert_eq!(tablet.get("/customers").await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.get("/customers").await.status, StatusCode::OK);
    let again = desk.post("/api/end_own_session", &format!("session={handle}")).await;
    assert_eq!(again.location.as_deref(), Some("/settings/profile"));
    assert!(desk.get("/settings/profile").await.body.contains("There is no such session"), "and says so");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_admin_signs_somebody_out_and_nobody_else_does(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let (mut manager, mut viewer) = (site.signed_in(Role::AccountManager).await, site.signed_in(Role::Viewer).await);
    let page = admin.get("/settings/sessions").await.body;
    let row = page.split("<tr>").find(|row| row.contains("viewer@seatboard.example")).unwrap();
    let (session, staff) = (field(row, "session").unwrap(), field(row, "staff").unwrap());
    for (path, form) in [
        ("/api/end_anyones_session", format!("session={session}")),
        ("/api/end_sessions_of", format!("staff={staff}")),
        ("/api/end_own_session", format!("session={session}")),
    ] {
        manager.post(path, &form).await;
        assert_eq!(viewer.get("/customers").await.status, StatusCode::OK, "{path}");
    }
    admin.post("/api/end_anyones_session", &format!("session={session}")).await;
    assert_eq!(viewer.get("/customers").await.status, StatusCode::SEE_OTHER);
    let mut viewer = site.signed_in(Role::Viewer).await;
    admin.post("/api/end_sessions_of", &format!("staff={staff}")).await;
    assert_eq!(viewer.get("/customers").await.status, StatusCode::SEE_OTHER);
    let of_sessions = "select count(*) from activity where action like 'staff.session%' and actor = 'Adrian Holt'";
    assert_eq!(count(&site, of_sessions).await, 2);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_changed_role_holds_at_the_next_request_under_a_new_id(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    let mut earlier = stolen(&browser);
    assert_eq!(browser.get("/settings/connection").await.status, StatusCode::OK);
    sqlx::raw_sql("update staff set role = 'viewer' where role = 'admin'").execute(&site.backend.pool).await.unwrap();
    assert_eq!(browser.get("/settings/connection").await.status, StatusCode::NOT_FOUND);
    assert_ne!(browser.cookie, earlier.cookie);
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK, "still signed in");
    assert_eq!(earlier.get("/customers").await.status, StatusCode::SEE_OTHER, "the id of before is worth nothing");
}

/// What a page is told whose session has ended.
const OVER: &str = r#"{"left":0,"final":false,"over":true}"#;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_open_page_asks_how_long_the_session_lasts_without_prolonging_it(pool: PgPool) {
    let site = Site::new(pool).await;
    let nobody = site.nobody().call(Method::GET, "/session", "").await;
    assert_eq!((nobody.status, &*nobody.body), (StatusCode::OK, OVER), "no error, which a browser would show");
    let mut browser = site.signed_in(Role::Viewer).await;
    let page = browser.get("/").await.body;
    assert!(page.contains("data-left=\"1800\"") && page.contains("data-warning=\"120\""), "{page}");
    site.clock.advance(Duration::minutes(28));
    for _ in 0..2 {
        assert_eq!(browser.call(Method::GET, "/session", "").await.body, r#"{"left":120,"final":false}"#);
    }
    assert_eq!(browser.call(Method::POST, "/api/stay_signed_in", "").await.status, StatusCode::OK);
    assert_eq!(browser.call(Method::GET, "/session", "").await.body, r#"{"left":1800,"final":false}"#);
    for _ in 0..15 {
        site.clock.advance(Duration::minutes(29));
        browser.get("/").await;
    }
    assert_eq!(browser.call(Method::GET, "/session", "").await.body, r#"{"left":1020,"final":true}"#);
    site.clock.advance(Duration::minutes(17));
    assert_eq!(browser.call(Method::GET, "/session", "").await.body, OVER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_page_that_loads_itself_again_without_scripts_prolongs_nothing(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    let address = format!("/customers?status=active&{}=1", app::BY_ITSELF);
    site.clock.advance(Duration::minutes(29));
    assert_eq!(browser.get(&address).await.status, StatusCode::OK);
    site.clock.advance(Duration::minutes(2));
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
}
