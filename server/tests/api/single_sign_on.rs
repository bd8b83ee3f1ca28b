//! Single sign-on as a browser without scripts sees it.

mod only;

use super::browser::{Answer, Browser, START, Site, email, router};
use super::staff::invited;
use axum::http::{Request, StatusCode, header};
use backend::staff::single_sign_on::{RoleMapping, SingleSignOn};
use domain::Role;
use oidc_sim::{CLIENT_ID, CLIENT_SECRET, Lie, Person};
use serde_json::json;
use sqlx::PgPool;
use std::path::Path;
use std::sync::Arc;
use time::Duration;

/// The site, with a provider whose group `sales` makes account managers.
pub(crate) async fn site(pool: PgPool, roles: Option<&str>) -> (Site, oidc_sim::Provider) {
    site_where(pool, roles, false).await
}

/// The same; where single sign-on `is_only`, passwords let in nobody but admins.
async fn site_where(pool: PgPool, roles: Option<&str>, is_only: bool) -> (Site, oidc_sim::Provider) {
    let provider = oidc_sim::Provider::start(START).await.unwrap();
    let mut site = Site::new(pool).await;
    let settings = oidc::Settings {
        issuer: provider.issuer().to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(CLIENT_SECRET.into()),
        scopes: "openid email profile".to_owned(),
        redirect_uri: format!("{}{}", site.backend.public_url, app::paths::SINGLE_SIGN_ON_RETURN),
        claims: vec!["groups".to_owned()],
    };
    site.backend.single_sign_on = Some(Arc::new(SingleSignOn {
        provider: oidc::Provider::new(settings).unwrap(),
        roles: roles.map(|pairs| RoleMapping::new("groups", pairs).unwrap()),
        is_only,
    }));
    site.router = router(&site.backend, Path::new("no such folder"));
    (site, provider)
}

/// Ida Novak, as the provider knows her.
pub(crate) fn ida() -> Person {
    Person::new("ida-5ec2e7").with_email("ida@aldgate.example").with("groups", json!(["sales"]))
}

/// Follows a link of a page of the site.
pub(crate) async fn follow(browser: &mut Browser, path: &str) -> Answer {
    browser
        .send(Request::get(path).header(header::ACCEPT, "text/html").header("sec-fetch-site", "same-origin"), "")
        .await
}

/// The provider sends the browser back.
pub(crate) async fn back(
    browser: &mut Browser,
    provider: &oidc_sim::Provider,
    begun: &Answer,
    person: &Person,
) -> Answer {
    let address = begun.location.as_deref().unwrap_or_else(|| panic!("{begun:?}"));
    assert!(address.starts_with(&format!("{}/authorise?", provider.issuer())), "{address}");
    let back = provider.consent(address, person);
    browser.get(&format!("/sign-in/oidc/return?code={}&state={}", back.code, back.state)).await
}

/// The page without what differs from one answer to the next.
fn content(answer: &Answer) -> &str {
    answer.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_wanted_a_page_signs_in_at_the_provider_and_comes_to_it_in_a_new_session(pool: PgPool) {
    let (site, provider) = site(pool, Some("sales=account_manager")).await;
    let mut ida_there = site.nobody();
    assert_eq!(ida_there.sign_in("ida@aldgate.example", "wrong").await.status, StatusCode::FOUND);
    let before = ida_there.cookie.clone().unwrap();
    let page = ida_there.get("/sign-in?next=%2Fcustomers").await;
    assert!(page.body.contains("href=\"/sign-in/oidc?next=%2Fcustomers\""), "{}", content(&page));

    let begun = follow(&mut ida_there, "/sign-in/oidc?next=%2Fcustomers").await;
    let cookie = begun.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("seatboard-sign-in=") && cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let entered = back(&mut ida_there, &provider, &begun, &ida()).await;
    assert_eq!(entered.location.as_deref(), Some("/customers"), "{}", entered.body);
    assert_eq!(entered.headers[header::CACHE_CONTROL], "no-store");
    let after = ida_there.cookie.clone().unwrap();
    let session = |cookies: &str| cookies.split("; ").find(|it| it.starts_with("seatboard=")).map(ToOwned::to_owned);
    assert!(session(&after).is_some() && session(&before) != session(&after), "a session from before is of no use");
    assert!(after.contains("seatboard-browser="), "the browser is known from now on");
    assert_eq!(ida_there.get("/customers").await.status, StatusCode::OK);
    let mut planted = Browser { cookie: Some(before), ..site.nobody() };
    assert_ne!(planted.get("/customers").await.status, StatusCode::OK);

    let activity = site.signed_in(Role::Admin).await.get("/activity").await.body;
    assert!(activity.contains("With single sign-on") && activity.contains("added a staff member whom a group lets in"));
    site.clock.advance(Duration::minutes(31));
    assert_ne!(ida_there.get("/customers").await.status, StatusCode::OK, "the same limits hold");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nothing_is_offered_and_nothing_answers_where_it_is_not_set_up(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.nobody();
    assert!(!browser.get("/sign-in").await.body.contains("single sign-on"));
    for path in ["/sign-in/oidc", "/sign-in/oidc/return?state=a&code=b"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!site.signed_in(Role::Viewer).await.get("/settings/profile").await.body.contains("single sign-on"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_is_led_to_another_site_afterwards(pool: PgPool) {
    let (site, provider) = site(pool, Some("sales=viewer")).await;
    for elsewhere in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "%2Fapi%2Fsign_out"] {
        let mut browser = site.nobody();
        let begun = follow(&mut browser, &format!("/sign-in/oidc?next={elsewhere}")).await;
        let entered = back(&mut browser, &provider, &begun, &ida()).await;
        assert_eq!(entered.location.as_deref(), Some("/"), "{elsewhere}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refusal_says_what_to_do_with_a_reference_and_nothing_of_who_came(pool: PgPool) {
    let (site, provider) = site(pool, Some("heads=admin")).await;
    let mut browser = site.nobody();
    let begun = follow(&mut browser, "/sign-in/oidc").await;
    let refused = back(&mut browser, &provider, &begun, &ida()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let page = content(&refused);
    for part in ["You are not signed in", "None of your groups", "Reference ", "href=\"/sign-in\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    for secret in ["ida-5ec2e7", "aldgate", "code-", "sales"] {
        assert!(!page.contains(secret), "{secret} is in {page}");
    }
    assert_ne!(browser.get("/customers").await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_way_to_fail_has_a_calm_page_and_signs_nobody_in(pool: PgPool) {
    let (site, provider) = site(pool, Some("sales=viewer")).await;
    for (lie, status, words) in [
        (Lie::Nonce, StatusCode::CONFLICT, "cannot be trusted"),
        (Lie::Expired, StatusCode::CONFLICT, "The clocks of Seatboard"),
        (Lie::Future, StatusCode::CONFLICT, "The clocks of Seatboard"),
        (Lie::Down, StatusCode::SERVICE_UNAVAILABLE, "does not answer"),
    ] {
        let mut browser = site.nobody();
        let begun = follow(&mut browser, "/sign-in/oidc").await;
        provider.lie(lie);
        let refused = back(&mut browser, &provider, &begun, &ida()).await;
        assert_eq!(refused.status, status, "{lie:?}");
        assert!(content(&refused).contains(words), "{lie:?}: {}", content(&refused));
        assert_ne!(browser.get("/customers").await.status, StatusCode::OK, "{lie:?}");
        provider.be_honest();
    }
    let mut browser = site.nobody();
    let begun = follow(&mut browser, "/sign-in/oidc").await;
    let state = begun.location.unwrap().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let denied = format!("/sign-in/oidc/return?error=access_denied&error_description=%3Cb%3Eno&state={state}");
    let refused = browser.get(&denied).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(content(&refused).contains("it was cancelled there") && !refused.body.contains("<b>no"));
    let again = browser.get(&denied).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a state is used up by that");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_account_is_bound_from_ones_own_profile_and_by_no_other_site(pool: PgPool) {
    let (site, provider) = site(pool, None).await;
    let mut maya = site.signed_in(Role::AccountManager).await;
    let profile = maya.get("/settings/profile").await.body;
    assert!(profile.contains("href=\"/sign-in/oidc?for=profile\""));
    for elsewhere in ["cross-site", "same-site", "none"] {
        let request = Request::get("/sign-in/oidc?for=profile").header("sec-fetch-site", elsewhere);
        let refused = maya.send(request.header(header::ACCEPT, "text/html"), "").await;
        assert_eq!((refused.status, refused.location), (StatusCode::FORBIDDEN, None), "{elsewhere}");
    }
    let begun = follow(&mut maya, "/sign-in/oidc?for=profile").await;
    let bound = back(&mut maya, &provider, &begun, &ida()).await;
    assert_eq!(bound.location.as_deref(), Some("/settings/profile"));
    let profile = maya.get("/settings/profile").await.body;
    assert!(profile.contains("Your account is bound to single sign-on") && profile.contains("ida@aldgate.example"));

    let mut elsewhere = site.nobody();
    let begun = follow(&mut elsewhere, "/sign-in/oidc").await;
    let entered = back(&mut elsewhere, &provider, &begun, &ida()).await;
    assert_eq!(entered.location.as_deref(), Some("/"));
    assert!(elsewhere.get("/settings/profile").await.body.contains(email(Role::AccountManager)));

    assert_eq!(maya.post("/api/release_single_sign_on", "").await.location.as_deref(), Some("/settings/profile"));
    let mut later = site.nobody();
    let begun = follow(&mut later, "/sign-in/oidc").await;
    assert_eq!(back(&mut later, &provider, &begun, &ida()).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_invited_need_no_password(pool: PgPool) {
    let (site, provider) = site(pool, None).await;
    let link = invited(&mut site.signed_in(Role::Admin).await).await;
    let mut browser = site.nobody();
    let page = browser.get(&link).await;
    let start = format!("/sign-in/oidc?link={}", link.split_once("token=").unwrap().1);
    assert!(content(&page).contains(&format!("href=\"{start}\"")), "{}", content(&page));
    let begun = follow(&mut browser, &start).await;
    let entered = back(&mut browser, &provider, &begun, &ida()).await;
    assert_eq!(entered.location.as_deref(), Some("/"), "{}", entered.body);
    assert!(browser.get("/settings/profile").await.body.contains("Ida Novak"));
    assert_eq!(follow(&mut site.nobody(), &start).await.status, StatusCode::NOT_FOUND, "the link is used up");
}
