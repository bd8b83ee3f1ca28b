//! What no answer may contain, whatever goes right or wrong.

use super::browser::{Browser, PASSWORD};
use super::connected::Connected;
use super::connection::connection_form;
use axum::http::{Method, StatusCode};
use domain::Role;
use marketplace_sim::Outage;
use sqlx::PgPool;

/// Reached with the marketplace well and in trouble: what it says in trouble is shown to people.
const CALLS: [(&str, &str); 4] = [
    ("/api/estimate_seats", "subscription={subscription}&line=1&seats=3"),
    ("/api/console_call", "method=GET&path=%2Freports%2F{report}"),
    ("/api/check_parameters", "order=nonsense&entered[0][product]=x&entered[0][name]=y"),
    ("/api/place_order", "order=nonsense&form_token=nonsense"),
];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn no_answer_contains_a_secret(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let credentials = world.marketplace.credentials();
    let hash = world.find("select password_hash from staff limit 1").await;
    let secrets = [credentials.password.clone(), credentials.subscription_key.clone(), PASSWORD.to_owned(), hash];
    for trouble in [None, Some(Outage::Maintenance), Some(Outage::Reset)] {
        world.marketplace.set_outage(trouble);
        look_for(&secrets, &world, &mut browser).await;
    }
    world.marketplace.set_outage(None);
    world.marketplace.expire_tokens();
    look_for(&secrets, &world, &mut browser).await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn no_answer_about_the_connection_contains_a_secret(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let credentials = world.marketplace.credentials();
    let typed = ["typed-password-5ec2e7", "typed-key-0123456789-5ec2e7"].map(ToOwned::to_owned);
    let secrets = [&typed[..], &[credentials.password.clone(), credentials.subscription_key.clone()]].concat();
    let url = world.marketplace.url();
    let with_secret = url.replace("http://", "http://user:typed-password-5ec2e7@") + "?key=typed-key-0123456789-5ec2e7";
    for (url, password, key) in [
        (&*url, &*typed[0], &*typed[1]),
        (&url, &typed[0], &credentials.subscription_key),
        (&url, &credentials.password, &credentials.subscription_key),
        (&with_secret, &typed[0], &typed[1]),
        ("http://127.0.0.1:9", &typed[0], &typed[1]),
        ("", &typed[0], &typed[1]),
    ] {
        // Where the fixture's copy comes from is not on record, so it has to be given up.
        let form = format!("{}&forget_copy=on", connection_form(url, &credentials.username, password, key));
        let mut answers = Vec::new();
        for path in ["/api/test_connection", "/api/save_connection"] {
            answers.push(browser.call(Method::POST, path, &form).await);
            answers.push(browser.post(path, &form).await);
            answers.push(browser.get("/settings/connection").await);
        }
        answers.push(browser.get("/settings/connection").await);
        answers.push(browser.get("/activity").await);
        answers.push(browser.get("/").await);
        let kept = world.find("select string_agg(data::text, ' ') from session").await;
        for answer in &answers {
            let said = format!("{:?}\n{}\n{kept}", answer.headers, answer.body);
            for secret in &secrets {
                assert!(!said.contains(secret), "{url} gives {secret} away");
            }
        }
    }
    assert_eq!(world.find("select count(*)::text from marketplace_connection").await, "1", "one of them was saved");
}

/// Asks for everything and searches the answers.
async fn look_for(secrets: &[String], world: &Connected, browser: &mut Browser) {
    let pages = world.pages().await;
    let id = |prefix: &str| pages.iter().find_map(|page| page.strip_prefix(prefix)).unwrap().to_owned();
    let (subscription, report) = (id("/subscriptions/"), id("/reports/"));
    let mut answers = Vec::new();
    for path in
        pages.iter().map(String::as_str).chain(["/activity", "/console", "/orders/new", "/reports/new", "/sign-in"])
    {
        answers.push((path.to_owned(), browser.get(path).await));
    }
    for (path, arguments) in CALLS {
        let arguments = arguments.replace("{subscription}", &subscription).replace("{report}", &report);
        answers.push((path.to_owned(), browser.call(Method::POST, path, &arguments).await));
    }
    for (path, answer) in &answers {
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}: {}", answer.body);
        let said = format!("{:?}\n{}", answer.headers, answer.body);
        for secret in secrets {
            assert!(!said.contains(secret), "{path} gives a secret away");
        }
    }
}
