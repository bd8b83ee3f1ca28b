//! What people and scripts are told who try passwords.

use super::browser::{Answer, Browser, PASSWORD, Site, email};
use axum::http::{Method, StatusCode, header};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

const WRONG: &str = "not the password";

/// What the page says after a try.
async fn told(browser: &mut Browser, address: &str, password: &str) -> String {
    browser.sign_in(address, password).await;
    let page = browser.get("/sign-in").await.body;
    page.split("There is a problem").nth(1).unwrap().split("</div>").next().unwrap().to_owned()
}

async fn as_a_script(site: &Site, address: &str, password: &str) -> Answer {
    let arguments = format!("email={address}&password={}", password.replace(' ', "+"));
    site.nobody().call(Method::POST, "/api/sign_in", &arguments).await
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn too_many_tries_are_told_the_wait_whether_or_not_the_account_exists(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut told_each = Vec::new();
    for address in [email(Role::Viewer), "nobody@seatboard.example"] {
        let mut browser = site.nobody();
        let mut said = Vec::new();
        for _ in 0..6 {
            said.push(told(&mut browser, address, WRONG).await);
        }
        let script = as_a_script(&site, address, PASSWORD).await;
        assert_eq!(script.status, StatusCode::UNAUTHORIZED);
        said.push(script.body.split("\"reference\"").next().unwrap().to_owned());
        told_each.push(said);
    }
    let said = &told_each[0];
    assert!(said[0].contains("do not match.") && !said[3].contains("Wait"), "{said:?}");
    assert!(said[4].contains("Wait 1 second before you try again"), "{said:?}");
    assert!(said[5].contains("or were not looked at after too many tries. Wait 1 second"), "{said:?}");
    assert!(said[6].contains("were not looked at"), "the right password is not looked at either: {said:?}");
    assert_eq!(told_each[0], told_each[1]);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_signed_in_here_before_is_let_in_while_others_guess(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut owner = site.nobody();
    let answer = owner.sign_in(email(Role::Viewer), PASSWORD).await;
    let mut cookies = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let given = cookies.find(|cookie| cookie.starts_with("seatboard-browser=")).unwrap();
    assert!(given.contains("HttpOnly") && given.contains("SameSite=Lax") && given.contains("Max-Age="), "{given}");
    owner.post("/api/sign_out", "").await;

    for _ in 0..6 {
        site.nobody().sign_in(email(Role::Viewer), WRONG).await;
    }
    let elsewhere = site.nobody().sign_in(email(Role::Viewer), PASSWORD).await;
    assert!(elsewhere.location.unwrap().starts_with("/sign-in"), "from another browser it has to wait");
    let here = owner.sign_in(email(Role::Viewer), PASSWORD).await;
    assert_eq!(here.location.as_deref(), Some("/"));
    site.clock.advance(Duration::SECOND);
    site.signed_in(Role::Viewer).await;
}
