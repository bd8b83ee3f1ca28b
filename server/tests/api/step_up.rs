//! Confirming that it is oneself before what a session that was left open is not enough for.

mod at_the_provider;
mod every_function;
mod orders;

use super::browser::{Answer, Browser, PASSWORD, Site, email, field};
use super::connection::connection_form;
use super::second_factor::{Factor, halfway};
use axum::http::{Method, StatusCode};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

const STAFF: &str = "/settings/staff";
const INVITE: &str = "name=Ida+Novak&email=ida%40aldgate.example&role=technician";
const FIVE_MINUTES: Duration = Duration::minutes(5);

/// `/prove`, and then to the page of the staff.
const PROVE: &str = "/prove?next=%2Fsettings%2Fstaff";

/// What the password proves.
fn by_password(password: &str, next: &str) -> String {
    format!("proof={}&next={}", password.replace(' ', "+"), app::paths::segment(next))
}

/// An admin who signed in five minutes ago.
async fn a_while_ago(site: &Site) -> Browser {
    let admin = site.signed_in(Role::Admin).await;
    site.clock.advance(FIVE_MINUTES);
    admin
}

async fn prove(browser: &mut Browser) -> Answer {
    browser.post("/api/prove", &by_password(PASSWORD, STAFF)).await
}

async fn count(site: &Site, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&site.backend.pool).await.unwrap()
}

const INVITED: &str = "select count(*) from staff where email = 'ida@aldgate.example'";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn for_five_minutes_after_the_sign_in_nothing_is_asked_and_not_a_moment_longer(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    site.clock.advance(FIVE_MINUTES - Duration::SECOND);
    let policy = admin.post("/api/set_factor_policy", "roles[0]=viewer").await;
    assert_eq!(policy.location.as_deref(), Some(STAFF));
    assert_eq!(count(&site, "select count(*) from second_factor_policy").await, 1);
    site.clock.advance(Duration::SECOND);
    let policy = admin.post("/api/set_factor_policy", "roles[0]=technician").await;
    assert_eq!(policy.location.as_deref(), Some(PROVE));
    assert_eq!(count(&site, "select count(*) from second_factor_policy where role = 'viewer'").await, 1);
    assert_eq!(admin.get(STAFF).await.status, StatusCode::OK, "looking asks for nothing");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_was_typed_waits_and_comes_back_once_it_is_confirmed(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = a_while_ago(&site).await;
    assert_eq!(admin.post("/api/invite_staff", INVITE).await.location.as_deref(), Some(PROVE));
    assert_eq!(count(&site, INVITED).await, 0, "nothing was done");
    let page = admin.get(PROVE).await.body;
    for part in ["<h1>Confirm it is you</h1>", "Nothing was done yet", "for=\"proof\"", "current-password"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(field(&page, "next").as_deref(), Some(STAFF));

    let before = admin.cookie.clone();
    assert_eq!(prove(&mut admin).await.location.as_deref(), Some(STAFF));
    assert_ne!(admin.cookie, before, "another id");
    let mut earlier = Browser { cookie: before, ..site.nobody() };
    assert_eq!(earlier.get("/customers").await.status, StatusCode::SEE_OTHER, "the id of before is worth nothing");
    let page = admin.get(STAFF).await.body;
    for part in ["data-tone=\"info\"", "It had to be confirmed first that it is you.", "The form is still here"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("There is a problem") && !page.contains("<title>Error: "), "nothing is wrong: {page}");
    assert_eq!(field(&page, "email").as_deref(), Some("ida@aldgate.example"));
    assert_eq!(field(&page, "name").as_deref(), Some("Ida Novak"));
    assert!(admin.post("/api/invite_staff", INVITE).await.location.unwrap().starts_with("/settings/staff/"));
    assert_eq!(count(&site, INVITED).await, 1);
    assert!(admin.get("/activity").await.body.contains("confirmed that it is them"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn credentials_that_were_typed_are_kept_nowhere_meanwhile(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = a_while_ago(&site).await;
    let form = connection_form("http://127.0.0.1:9", "someone.API", "5ec2e7-password", "5ec2e7-key");
    let answer = admin.post("/api/save_connection", &form).await;
    assert_eq!(answer.location.as_deref(), Some("/prove?next=%2Fsettings%2Fconnection"));
    assert_eq!(count(&site, "select count(*) from session where data::text like '%5ec2e7%'").await, 0);
    prove(&mut admin).await;
    let page = admin.get("/settings/connection").await.body;
    assert_eq!(field(&page, "username").as_deref(), Some("someone.API"));
    assert!(!page.contains("5ec2e7"), "{page}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_wrong_password_is_told_counted_and_proves_nothing(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = a_while_ago(&site).await;
    for tries in 1..=5 {
        let answer = admin.post("/api/prove", &by_password("not the password", STAFF)).await;
        assert_eq!(answer.location.as_deref(), Some(PROVE), "{tries}");
    }
    let page = admin.get(PROVE).await.body;
    for part in ["<title>Error: Confirm it is you", "There is a problem", "href=\"#proof\"", "wait 1 second"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(field(&page, "proof"), None, "what was typed is not shown");
    prove(&mut admin).await;
    admin.post("/api/invite_staff", INVITE).await;
    assert_eq!(count(&site, INVITED).await, 0, "it came too soon");
    assert_eq!(count(&site, "select count(*) from activity where action = 'staff.proof_refused'").await, 5);
    site.clock.advance(Duration::SECOND);
    prove(&mut admin).await;
    admin.post("/api/invite_staff", INVITE).await;
    assert_eq!(count(&site, INVITED).await, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_has_a_second_factor_is_asked_for_a_code_and_not_for_the_password(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Admin).await;
    let mut admin = halfway(&site, Role::Admin).await;
    let entered = admin.post("/api/second_step", &format!("code={}", factor.code(&site))).await;
    assert_eq!(entered.location.as_deref(), Some("/"));
    admin.post("/api/set_factor_policy", "roles[0]=viewer").await;
    assert_eq!(count(&site, "select count(*) from second_factor_policy").await, 1, "both steps are a proof");
    site.clock.advance(FIVE_MINUTES);
    let page = admin.get(PROVE).await.body;
    assert!(page.contains("one-time-code") && !page.contains("current-password"), "{page}");
    prove(&mut admin).await;
    assert_eq!(admin.post("/api/invite_staff", INVITE).await.location.as_deref(), Some(PROVE), "a password is not it");
    admin.post("/api/prove", &format!("proof={}&next=%2F", factor.code(&site))).await;
    admin.post("/api/invite_staff", INVITE).await;
    assert_eq!(count(&site, INVITED).await, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn one_is_led_back_to_a_page_of_this_site_and_nowhere_else(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    for (next, to) in [
        ("/settings/roles?a=b", "/settings/roles?a=b"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/api/sign_out", "/"),
        ("/prove?next=/prove", "/"),
    ] {
        let page = admin.get(&app::paths::prove(next)).await.body;
        assert_eq!(field(&page, "next").as_deref(), Some(to), "{next}");
        assert!(page.contains(&format!("href=\"{to}\"")), "{next}");
        let answer = admin.post("/api/prove", &by_password(PASSWORD, next)).await;
        assert_eq!(answer.location.as_deref(), Some(to), "{next}");
        let wrong = admin.post("/api/prove", &by_password("wrong", next)).await.location.unwrap();
        assert_eq!(wrong, app::paths::prove(to), "{next}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_one_session_proved_counts_in_no_other(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut desk, mut phone) = (site.signed_in(Role::Admin).await, site.signed_in(Role::Admin).await);
    site.clock.advance(FIVE_MINUTES);
    prove(&mut desk).await;
    assert_eq!(phone.post("/api/invite_staff", INVITE).await.location.as_deref(), Some(PROVE));
    assert_eq!(count(&site, INVITED).await, 0);
    desk.post("/api/invite_staff", INVITE).await;
    assert_eq!(count(&site, INVITED).await, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_gives_an_open_session_a_second_factor_of_their_own_to_prove_it_by(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut viewer = site.signed_in(Role::Viewer).await;
    site.clock.advance(FIVE_MINUTES);
    let answer = viewer.post("/api/begin_factor", "").await;
    assert_eq!(answer.location.as_deref(), Some("/prove?next=%2Fsettings%2Fsecond-factor"));
    assert_eq!(count(&site, "select count(*) from second_factor").await, 0);
    viewer.post("/api/prove", &by_password(PASSWORD, "/settings/second-factor")).await;
    viewer.post("/api/begin_factor", "").await;
    assert_eq!(count(&site, "select count(*) from second_factor").await, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_may_not_is_told_so_before_anything_is_asked(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut viewer = site.signed_in(Role::Viewer).await;
    site.clock.advance(FIVE_MINUTES);
    let answer = viewer.call(Method::POST, "/api/invite_staff", INVITE).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("Your role does not let you"), "{}", answer.body);
    assert_eq!(viewer.post("/api/invite_staff", INVITE).await.location.as_deref(), Some(STAFF));
    assert!(site.nobody().get(PROVE).await.location.unwrap().starts_with("/sign-in"), "{}", email(Role::Viewer));
}
