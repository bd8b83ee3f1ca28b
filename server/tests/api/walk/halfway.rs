//! The same walk halfway through a sign-in: the password was shown, the second factor was not.

use super::hostile::ARGUMENTS;
use super::places::{fill, others, pages};
use super::{ACCEPTED, FOR_NOBODY, Tally, ask, is_led_to_sign_in, rows, secure_site};
use crate::browser::Browser;
use crate::functions;
use crate::second_factor::{Factor, halfway};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

/// What answers them besides what answers anybody.
const OPEN: [&str; 2] = ["/api/second_step", "/api/sign_out"];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn everything_halfway_through_a_sign_in(pool: PgPool) {
    let site = secure_site(pool).await;
    let factor = Factor::of(&site, Role::Admin).await;
    let cookie = halfway(&site, Role::Admin).await.cookie;
    let (mut tally, before) = (Tally::default(), rows(&site).await);
    for (method, row) in functions::all() {
        if FOR_NOBODY.contains(&row.path) || OPEN.contains(&row.path) {
            continue;
        }
        for arguments in ARGUMENTS.into_iter().chain([row.arguments]) {
            for accept in ACCEPTED {
                let mut browser = Browser { cookie: cookie.clone(), ..site.nobody() };
                let answer = ask(&mut browser, &method, row.path, arguments, accept).await;
                let expected = match accept {
                    "text/html" => is_led_to_sign_in(&answer),
                    _ => answer.status == StatusCode::UNAUTHORIZED,
                };
                tally.take("halfway", &format!("{} {arguments}", row.path), &answer, expected);
            }
        }
    }
    let mut browser = Browser { cookie, ..site.nobody() };
    for pattern in pages(&site.backend).iter().chain(&others(&site.backend)) {
        for path in fill(pattern) {
            let answer = browser.get(&path).await;
            let is_open = ["/welcome", "/healthz", "/readyz"].contains(&&*path) || path.starts_with("/sign-in");
            let led_away = answer.location.as_deref().is_some_and(|to| to.starts_with("/sign-in"));
            let expected = is_open || led_away || matches!(answer.status.as_u16(), 401 | 405);
            tally.take("halfway", &path, &answer, expected);
        }
    }
    assert_eq!(rows(&site).await, before, "nothing was done");
    tally.end("halfway");
    let code = format!("code={}", factor.code(&site));
    let to = browser.post("/api/second_step", &code).await.location.unwrap();
    assert!(!to.starts_with("/sign-in"), "the way on is open, to the form that was sent last: {to}");
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK);
}
