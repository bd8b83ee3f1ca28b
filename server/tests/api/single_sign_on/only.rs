//! Where people sign in by single sign-on alone: passwords let in nobody but admins.

use super::{back, content, follow, ida, site_where};
use crate::browser::{Browser, PASSWORD, Site, email, field};
use crate::staff::{invited, link_in};
use axum::http::{Method, StatusCode};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

const BY_PASSWORD: &str = "/sign-in?by=password";
const ONLY_ADMINS: &str = "Only admins sign in with a password here; everybody else continues with single sign-on.";

async fn only(pool: PgPool) -> (Site, oidc_sim::Provider) {
    site_where(pool, None, true).await
}

/// What the page says to whoever tried this.
async fn told(site: &Site, address: &str, password: &str) -> String {
    let mut browser = site.nobody();
    let to = browser.sign_in(address, password).await.location.unwrap();
    assert!(to.starts_with("/sign-in"), "{to}");
    let page = browser.get(&to).await.body;
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER, "{address} is not in");
    page.split("There is a problem").nth(1).unwrap().split("</ul>").next().unwrap().to_owned()
}

/// A one-time link that an admin makes for the account manager.
async fn link_of_maya(site: &Site) -> String {
    let id: String = sqlx::query_scalar("select id::text from staff where email = $1")
        .bind(email(Role::AccountManager))
        .fetch_one(&site.backend.pool)
        .await
        .unwrap();
    let mut admin = site.signed_in(Role::Admin).await;
    let to = admin.post("/api/make_staff_link", &format!("staff={id}")).await.location.unwrap();
    link_in(&admin.get(&to).await.body).unwrap()
}

/// Follows the link to the provider, and comes back as Ida.
async fn bind_by(site: &Site, provider: &oidc_sim::Provider, link: &str) -> Browser {
    let mut browser = site.nobody();
    let start = format!("/sign-in/oidc?link={}", link.split_once("token=").unwrap().1);
    let begun = follow(&mut browser, &start).await;
    assert_eq!(back(&mut browser, provider, &begun, &ida()).await.location.as_deref(), Some("/"));
    browser
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_page_shows_one_way_in_and_to_admins_who_ask_the_other(pool: PgPool) {
    let (site, _provider) = only(pool).await;
    let page = site.nobody().get("/sign-in?next=%2Fcustomers").await;
    let page = content(&page);
    assert!(page.contains("href=\"/sign-in/oidc?next=%2Fcustomers\"") && page.contains("button primary"), "{page}");
    for absent in ["name=\"password\"", "name=\"email\"", "/api/sign_in", "Or without a password"] {
        assert!(!page.contains(absent), "{absent} is in {page}");
    }
    let page = site.nobody().get(BY_PASSWORD).await;
    assert!(content(&page).contains("name=\"password\""), "{}", content(&page));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_right_password_lets_nobody_in_but_an_admin_and_is_told_from_a_wrong_one_by_nothing(pool: PgPool) {
    let (site, _provider) = only(pool).await;
    let right = told(&site, email(Role::AccountManager), PASSWORD).await;
    assert!(
        right.contains("This e-mail address and password let nobody in.") && right.contains(ONLY_ADMINS),
        "{right}"
    );
    assert_eq!(told(&site, email(Role::AccountManager), "wrong").await, right);
    assert_eq!(told(&site, "nobody@seatboard.example", PASSWORD).await, right);
    assert_eq!(told(&site, email(Role::Admin), "wrong").await, right);
    let script = format!("email={}&password={}", email(Role::Viewer), PASSWORD.replace(' ', "+"));
    let script = site.nobody().call(Method::POST, "/api/sign_in", &script).await;
    assert_eq!(script.status, StatusCode::UNAUTHORIZED, "{}", script.body);

    let mut admin = site.signed_in(Role::Admin).await;
    assert_eq!(admin.get("/settings/staff").await.status, StatusCode::OK);
    let refused = "select count(*) from activity where action = 'staff.sign_in_failed'";
    let refused: i64 = sqlx::query_scalar(refused).fetch_one(&site.backend.pool).await.unwrap();
    assert_eq!(refused, 5);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_link_sets_no_password_and_binds_the_invited_and_those_who_had_one(pool: PgPool) {
    let (site, provider) = only(pool).await;
    let invitation = invited(&mut site.signed_in(Role::Admin).await).await;
    for link in [invitation, link_of_maya(&site).await] {
        let page = site.nobody().get(&link).await;
        let page = content(&page);
        assert!(page.contains("Continue with single sign-on") && !page.contains("name=\"password\""), "{page}");
        let token = link.split_once("token=").unwrap().1;
        let set = format!("token={token}&password=seven+quiet+otters");
        let refused = site.nobody().call(Method::POST, "/api/use_link", &set).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("continue with single sign-on"), "{}", refused.body);
    }
    let mut maya = bind_by(&site, &provider, &link_of_maya(&site).await).await;
    assert!(maya.get("/settings/profile").await.body.contains(email(Role::AccountManager)));
    let password = maya.get("/settings/password").await.body;
    assert!(password.contains("A password does not let you in here.") && !password.contains("/api/change_password"));
    let profile = maya.get("/settings/profile").await.body;
    assert!(profile.contains("It is the only way in for you.") && !profile.contains("/api/release_single_sign_on"));
    assert_eq!(maya.post("/api/release_single_sign_on", "").await.location.as_deref(), Some("/settings/profile"));
    assert!(maya.get("/settings/profile").await.body.contains("Single sign-on is the only way in for you."));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_whom_the_provider_lets_in_is_sent_to_a_password(pool: PgPool) {
    let (site, provider) = only(pool).await;
    let mut browser = site.nobody();
    let begun = follow(&mut browser, "/sign-in/oidc").await;
    let refused = back(&mut browser, &provider, &begun, &ida()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(content(&refused).contains("Ask an admin for a link that binds yours to it."), "{}", content(&refused));
    assert!(!content(&refused).contains("password"), "{}", content(&refused));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_password_from_before_proves_nothing_any_more(pool: PgPool) {
    let (site, provider) = only(pool).await;
    let mut maya = bind_by(&site, &provider, &link_of_maya(&site).await).await;
    site.clock.advance(Duration::minutes(5));
    provider.advance(Duration::minutes(5));
    let to = maya.post("/api/begin_factor", "").await.location.unwrap();
    let page = maya.get(&to).await.body;
    assert!(page.contains("Continue with single sign-on"), "{page}");
    assert_eq!(field(&page, "proof"), None, "no password is asked for");
    let proof = format!("proof={}&next=%2F", PASSWORD.replace(' ', "+"));
    assert_eq!(maya.post("/api/prove", &proof).await.location.as_deref(), Some("/prove?next=%2F"));
    assert_eq!(maya.post("/api/begin_factor", "").await.location, Some(to), "still not");
}
