//! The same for who signs in at a provider of single sign-on, and what admins do about that.

use super::{FIVE_MINUTES, STAFF, a_while_ago, count, prove};
use crate::browser::{Browser, Site};
use crate::single_sign_on::{back, follow, ida, site};
use crate::staff::{invited, link_in};
use axum::http::StatusCode;
use domain::Role;
use oidc_sim::Person;
use serde_json::json;
use sqlx::PgPool;

const PROVE: &str = "/sign-in/oidc?for=proof&next=%2Fsettings%2Fprofile";

/// Ida Novak, who was invited and came in by single sign-on.
async fn newcomer(site: &Site, provider: &oidc_sim::Provider) -> Browser {
    let link = invited(&mut site.signed_in(Role::Admin).await).await;
    let mut browser = site.nobody();
    let start = format!("/sign-in/oidc?link={}", link.split_once("token=").unwrap().1);
    let begun = follow(&mut browser, &start).await;
    assert_eq!(back(&mut browser, provider, &begun, &ida()).await.location.as_deref(), Some("/"));
    browser
}

async fn id_of_ida(site: &Site) -> String {
    let id = "select id::text from staff where email = 'ida@aldgate.example'";
    sqlx::query_scalar(id).fetch_one(&site.backend.pool).await.unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_has_no_password_is_sent_to_the_provider_to_sign_in_anew(pool: PgPool) {
    let (site, provider) = site(pool, None).await;
    let mut browser = newcomer(&site, &provider).await;
    site.clock.advance(FIVE_MINUTES);
    provider.advance(FIVE_MINUTES);
    let to = browser.post("/api/begin_factor", "").await.location.unwrap();
    let page = browser.get(&to).await.body;
    assert!(page.contains("Continue with single sign-on") && !page.contains("current-password"), "{page}");
    for elsewhere in ["cross-site", "same-site", "none"] {
        let request = axum::http::Request::get(PROVE).header("sec-fetch-site", elsewhere).header("accept", "text/html");
        assert_eq!(browser.send(request, "").await.status, StatusCode::FORBIDDEN, "{elsewhere}");
    }
    let begun = follow(&mut browser, PROVE).await;
    assert!(begun.location.as_deref().unwrap().contains("&prompt=login&max_age=0"), "{begun:?}");
    let refused = back(&mut browser, &provider, &begun, &Person::new("somebody-else")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("That does not confirm that it is you"), "{}", refused.body);
    let stale = ida().with("auth_time", json!(site.backend.clock.now().unix_timestamp() - 120));
    let begun = follow(&mut browser, PROVE).await;
    let refused = back(&mut browser, &provider, &begun, &stale).await;
    assert!(refused.body.contains("did not ask you to sign in anew"), "{}", refused.body);
    browser.post("/api/begin_factor", "").await;
    assert_eq!(count(&site, "select count(*) from second_factor").await, 0);

    let before = browser.cookie.clone();
    let begun = follow(&mut browser, PROVE).await;
    let proved = back(&mut browser, &provider, &begun, &ida()).await;
    assert_eq!(proved.location.as_deref(), Some("/settings/profile"));
    assert_ne!(browser.cookie, before, "another id");
    browser.post("/api/begin_factor", "").await;
    assert_eq!(count(&site, "select count(*) from second_factor").await, 1);
    assert_eq!(count(&site, "select count(*) from activity where action = 'staff.proof_refused'").await, 2);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_account_is_bound_only_by_who_has_just_proved_that_it_is_theirs(pool: PgPool) {
    let (site, provider) = site(pool, None).await;
    let mut admin = a_while_ago(&site).await;
    provider.advance(FIVE_MINUTES);
    let answer = follow(&mut admin, "/sign-in/oidc?for=profile").await;
    assert_eq!(answer.location.as_deref(), Some("/prove?next=%2Fsettings%2Fprofile"));
    prove(&mut admin).await;
    let begun = follow(&mut admin, "/sign-in/oidc?for=profile").await;
    back(&mut admin, &provider, &begun, &ida()).await;
    assert_eq!(count(&site, "select count(*) from staff_identity").await, 1);
    let answer = follow(&mut admin, PROVE).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "who has a password is not let around it");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_admin_releases_somebody_who_is_out_at_once(pool: PgPool) {
    let (site, provider) = site(pool, None).await;
    let mut browser = newcomer(&site, &provider).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let id = id_of_ida(&site).await;
    let page = admin.get(&format!("{STAFF}/{id}")).await.body;
    for part in ["They sign in by single sign-on alone", "They have no password.", "Release from single sign-on"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let to = admin.post("/api/make_staff_link", &format!("staff={id}")).await.location.unwrap();
    let link = link_in(&admin.get(&to).await.body).unwrap();
    let page = site.nobody().get(&link).await.body;
    assert!(page.contains("This account stays bound to single sign-on") && !page.contains("Continue with"), "{page}");

    admin.post("/api/release_identity_of", &format!("staff={id}")).await;
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
    let begun = follow(&mut browser, "/sign-in/oidc").await;
    assert_eq!(back(&mut browser, &provider, &begun, &ida()).await.status, StatusCode::FORBIDDEN);
    let page = admin.get(&format!("{STAFF}/{id}")).await.body;
    assert!(page.contains("There is nothing to release.") && page.contains("invited"), "{page}");
    assert!(!site.nobody().get(&link).await.body.contains("stays bound"));
    assert!(admin.get("/activity").await.body.contains("released a staff member from single sign-on"));
}
