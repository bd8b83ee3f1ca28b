//! What a test finds out: each way a connection can fail, told apart.

use super::{Form, Outcome, Setup, World, fields, key, process, serve, test};
use crate::test_support::staff;
use crate::{Error, budget};
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::any;
use domain::Role;
use marketplace_sim::{Config, Fault, FaultRule, Outage};
use serde_json::json;
use sqlx::PgPool;
use std::time::Duration;
use tokio::net::TcpListener;

/// A form that is filled in, for an address where no marketplace checks it.
fn form(url: &str) -> Form {
    Form {
        url: url.to_owned(),
        code: "us".into(),
        username: "someone.API".into(),
        password: "a password".into(),
        subscription_key: "0123456789abcdef0123456789abcdef".into(),
    }
}

/// Something that answers every call alike.
async fn answering(answer: impl IntoResponse + Clone + Send + Sync + 'static) -> Form {
    form(&serve(Router::new().fallback(any(async move || answer))).await)
}

fn json_answer(status: u16, body: &serde_json::Value) -> impl IntoResponse + Clone + use<> {
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/json")], body.to_string())
}

/// A marketplace that lets everybody in and then answers so.
async fn letting_in(answer: impl IntoResponse + Clone + Send + Sync + 'static) -> Form {
    let token = json_answer(200, &json!({"token": "t", "expiresInSeconds": 1500}));
    let router = Router::new().route("/token", any(async move || token)).fallback(any(async move || answer));
    form(&serve(router).await)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_right_values_work_and_the_customers_are_counted(pool: PgPool) {
    let world = World::new(pool).await;
    let report = test(&world.backend, &world.admin, &world.form()).await.unwrap();
    assert_eq!(report.outcome, Outcome::Works { customers: Some(6) });
    assert!(report.elapsed > Duration::ZERO);
    let [(action, _, after, _)] = &world.trail().await[..] else { panic!("one entry") };
    assert_eq!(action, "connection.tested");
    assert!(after.contains(r#""outcome":"works""#), "{after}");
    let calls = world.marketplace.stats().calls;
    assert_eq!((calls["generateAuthToken"], calls["getCustomers"], calls.len()), (1, 1, 2), "nothing else is asked");
    assert!(!world.backend.link.is_connected(), "a test connects nothing");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_wrong_value_is_told_from_the_others(pool: PgPool) {
    let world = World::new(pool).await;
    for (wrong, outcome) in [
        (Form { subscription_key: "f".repeat(32).into(), ..world.form() }, Outcome::KeyRefused),
        (Form { password: "not it".into(), ..world.form() }, Outcome::SignInRefused),
        (Form { username: "someone else".into(), ..world.form() }, Outcome::SignInRefused),
        (Form { code: "eu".into(), ..world.form() }, Outcome::SignInRefused),
        (Form { code: "zz".into(), ..world.form() }, Outcome::CodeUnknown),
        (Form { url: world.form().url.replace("/us", "/eu"), ..world.form() }, Outcome::NoMarketplace),
        (Form { url: world.form().url.replace("/marketplace/us", ""), ..world.form() }, Outcome::NoMarketplace),
    ] {
        assert_eq!(world.test(&wrong).await, outcome, "{wrong:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_key_that_did_not_arrive_is_told_from_a_wrong_one(pool: PgPool) {
    let world = World::new(pool).await;
    let body = json!({"statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include it."});
    assert_eq!(world.test(&answering(json_answer(401, &body)).await).await, Outcome::KeyMissing);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_host_that_cannot_be_reached_is_told_by_what_is_wrong_with_it(pool: PgPool) {
    let world = World::new(pool).await;
    assert_eq!(world.test(&form("https://nobody.invalid/marketplace/eu")).await, Outcome::UnknownHost);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(world.test(&form(&closed)).await, Outcome::NobodyListens);
    world.marketplace.set_outage(Some(Outage::Reset));
    assert_eq!(world.test(&world.form()).await, Outcome::BrokenOff);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn silence_is_not_waited_for_longer_than_patience_lasts(pool: PgPool) {
    let patience = Duration::from_millis(100);
    let (backend, _) = process(pool, Setup { sealing_key: Some(key('a')), patience, ..Setup::default() });
    let admin = staff(&backend, Role::Admin).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for scheme in ["http", "https"] {
        let form = form(&format!("{scheme}://{}", silent.local_addr().unwrap()));
        assert_eq!(test(&backend, &admin, &form).await.unwrap().outcome, Outcome::NoAnswer, "{scheme}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_redirect_is_not_followed_and_its_place_is_named_without_what_may_be_secret(pool: PgPool) {
    let world = World::new(pool).await;
    let location = format!("{}/token?key=5ec2e7#5ec2e7", world.marketplace.url());
    let redirecting = answering((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)])).await;
    let to = Some(format!("{}/token", world.marketplace.url()));
    assert_eq!(world.test(&redirecting).await, Outcome::Redirected { to });
    assert!(world.marketplace.stats().calls.is_empty(), "nobody went there");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_answers_but_is_no_marketplace_is_called_that(pool: PgPool) {
    let world = World::new(pool).await;
    for answer in [
        answering(Html("<html>Welcome</html>")).await,
        answering((StatusCode::NOT_FOUND, Html("<html>Not found</html>"))).await,
        answering((StatusCode::FORBIDDEN, Html("<html>Go away</html>"))).await,
        answering(StatusCode::METHOD_NOT_ALLOWED).await,
        answering(json_answer(404, &json!({"statusCode": 404, "message": "Resource not found"}))).await,
        answering(json_answer(200, &json!({"hello": "world"}))).await,
        letting_in(Html("<html>Welcome</html>")).await,
    ] {
        assert_eq!(world.test(&answer).await, Outcome::NoMarketplace);
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_marketplace_that_is_there_but_does_not_serve_is_told_by_its_reason(pool: PgPool) {
    let world = World::with(pool, Config { customers: 6, calls_per_day: 4, ..Config::for_tests() }).await;
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "generateAuthToken"));
    let wait = Some(Duration::from_secs(1));
    assert_eq!(world.test(&world.form()).await, Outcome::RateLimited { wait });
    world.marketplace.set_outage(Some(Outage::Maintenance));
    assert_eq!(world.test(&world.form()).await, Outcome::Maintenance);
    world.marketplace.set_outage(None);
    assert_eq!(world.test(&world.form()).await, Outcome::Works { customers: Some(6) });
    let used_up = world.test(&world.form()).await;
    assert!(matches!(used_up, Outcome::QuotaUsedUp { wait: Some(_) }), "{used_up:?}");
    let refusing = letting_in(json_answer(403, &json!({"status": 403, "message": "Not allowed"}))).await;
    assert_eq!(world.test(&refusing).await, Outcome::NotAllowed);
    let refusing = letting_in(json_answer(401, &json!({"status": 401, "message": "Expired"}))).await;
    assert_eq!(world.test(&refusing).await, Outcome::TokenRefused);
    let failing = answering(json_answer(500, &json!({"status": 500, "message": "Oops"}))).await;
    assert_eq!(world.test(&failing).await, Outcome::Trouble);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_test_passes_the_budget_but_whoever_answers_cannot_close_it(pool: PgPool) {
    let world = World::new(pool).await;
    let body = json!({"statusCode": 429, "message": "Rate limit is exceeded. Try again in 86400 seconds."});
    assert!(matches!(world.test(&answering(json_answer(429, &body)).await).await, Outcome::RateLimited { .. }));
    let usage = budget::usage(&world.backend).await.unwrap();
    assert_eq!((usage.last_day, usage.closed_until), (1, None));
    world.backend.budget().close_for(time::Duration::HOUR).await.unwrap();
    let refused = world.test(&world.form()).await;
    assert!(matches!(refused, Outcome::BudgetUsedUp { wait: Some(_) }), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_other_side_wrote_is_not_told(pool: PgPool) {
    let world = World::new(pool).await;
    for status in [200, 400, 401, 403, 404, 409, 429, 500, 503] {
        let body =
            json!({"status": status, "message": "inner-secret", "error": "inner-secret", "path": "inner-secret"});
        let report = test(&world.backend, &world.admin, &answering(json_answer(status, &body)).await).await.unwrap();
        assert!(!format!("{report:?}").contains("inner-secret"), "{report:?}");
    }
    assert!(!format!("{:?}", world.trail().await).contains("inner-secret"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_cannot_be_tried_is_refused_by_its_field_and_everything_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    for (url, word) in [
        ("http://api.cloud.im/marketplace/eu", "https://"),
        ("https://user:secret@api.cloud.im/marketplace/eu", "user"),
        ("https://api.cloud.im/marketplace/eu?key=1", "query"),
        ("https://api.cloud.im/marketplace/eu#top", "fragment"),
        ("api.cloud.im", "https://api.cloud.im/marketplace/eu"),
        ("", "https://api.cloud.im/marketplace/eu"),
    ] {
        let refused = test(&world.backend, &world.admin, &form(url)).await;
        let Err(Error::Invalid(problems)) = refused else { panic!("{url} was tried: {refused:?}") };
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!(problem.field, "url");
        assert!(problem.message.contains(word), "{url}: {}", problem.message);
    }
    let empty = test(&world.backend, &world.admin, &Form::default()).await;
    assert_eq!(fields(empty), ["url", "code", "username", "password", "subscription_key"]);
    assert!(world.trail().await.is_empty(), "nothing was tried");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_admins_test(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let refused = test(&world.backend, &manager, &world.form()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(world.marketplace.stats().calls.is_empty());
}
