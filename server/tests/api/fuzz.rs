//! Damaged requests at every server function and page, found by enumeration: the answer is never a broken server.

use super::browser::{Browser, Site};
use ::fuzz::{Plan, report};
use axum::http::{Method, StatusCode};
use domain::Role;
use server_fn::axum::server_fn_paths;
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What forms post and addresses hold, all kinds of it.
const SAMPLES: [&[u8]; 9] = [
    b"subscription=1&line=1&seats=2&form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&shown=%7B%22amount%22%3A%221%22%7D",
    b"order=customer%3D1%26product-0%3Dx%26seats-0%3D2&entered[0][product]=x&entered[0][name]=mail&entered[0][value]=y",
    b"account[name]=x&account[external_id]=y&account[contacts][0][email]=a@b.example&account[contacts][0][phone]=020",
    b"names[0]=a&values[0]=b&subscription=1&price=12.50&to=off&act=seats-at-renewal&choice=seats%3D2",
    b"name=x&format=csv&from=2026-01-01&to=2026-01-31&text=%00%ff&status=active&sort=name&page=%3EK-1~A",
    b"method=GET&path=%2Freports%2F1&body=&draft=01a20a70-d36a-7308-9ddb-59f14170dfc2&sure=on",
    b"url=http%3A%2F%2F127.0.0.1%3A9&code=us&username=x.API&password=x&subscription_key=x&forget_copy=on",
    b"email=a@b.example&password=wrong&next=%2Forders%3Fstatus%3Derror",
    b"customer=1&product-0=a&seats-0=1&price-0=2&remove=0&step=review&again=01a20a70-d36a-7308-9ddb-59f14170dfc2",
];

const PAGES: [&str; 21] = [
    "/",
    "/customers",
    "/subscriptions",
    "/orders",
    "/orders/new",
    "/orders/migrate",
    "/catalogue/products",
    "/catalogue/plans",
    "/reports",
    "/reports/new",
    "/activity",
    "/activity/export.csv",
    "/customers/export.csv",
    "/subscriptions/export.csv",
    "/orders/export.csv",
    "/catalogue/products/export.csv",
    "/catalogue/plans/export.csv",
    "/console",
    "/drafts",
    "/events",
    "/sign-in",
];

/// As a query can be written in an address.
fn query(input: &[u8]) -> String {
    let written = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'=' | b'&' | b'[' | b']' | b'-' | b'.' => {
            char::from(*byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    input.iter().take(4_000).map(written).collect()
}

/// Signing in and out are no other requests' business, and guessing is slow on purpose.
fn is_tried(path: &str) -> bool {
    !matches!(path, "/api/sign_in" | "/api/sign_out")
}

async fn answered(browser: &mut Browser, path: &str, input: &[u8]) -> StatusCode {
    if let Some(page) = PAGES.iter().find(|page| **page == path) {
        // The stream of news does not end; what it makes of its query is seen from its status.
        let query = query(input);
        let asked = browser.call(Method::GET, page, &query);
        let within = tokio::time::timeout(Duration::from_secs(1), asked).await;
        return within.map_or(StatusCode::OK, |answer| answer.status);
    }
    browser.post(path, &String::from_utf8_lossy(input)).await.status
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn fuzzing_damaged_requests_break_nothing(pool: PgPool) {
    let site = Site::new(pool).await;
    let paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).filter(|path| is_tried(path)).chain(PAGES).collect();
    let plan = Plan::of_environment().inputs(1_500);
    let begun = Instant::now();
    let (mut slowest, mut crashes, mut outcomes) = (Duration::ZERO, Vec::new(), BTreeMap::<StatusCode, u64>::new());
    let mut tried = 0;
    let mut browser = site.signed_in(Role::Admin).await;
    for (number, input) in plan.inputs_for("requests", &SAMPLES).enumerate() {
        // Every role but the least powerful one would be refused before its arguments are read; sessions end in time.
        if number % 500 == 499 {
            browser = site.signed_in(Role::Admin).await;
        }
        let path = paths[number % paths.len()];
        let at = Instant::now();
        let mut one = Browser { router: browser.router.clone(), cookie: browser.cookie.clone() };
        let (path_owned, sent) = (path.to_owned(), input.clone());
        let answer = tokio::spawn(async move { answered(&mut one, &path_owned, &sent).await }).await;
        slowest = slowest.max(at.elapsed());
        tried += 1;
        match answer {
            Ok(status) if status != StatusCode::INTERNAL_SERVER_ERROR => *outcomes.entry(status).or_default() += 1,
            broke => crashes.push(format!("{path}: {broke:?} on \"{}\"", input.escape_ascii())),
        }
    }
    let outcomes: Vec<String> = outcomes.iter().map(|(status, count)| format!("{} {count}", status.as_u16())).collect();
    println!("fuzz: requests by status: {}", outcomes.join(", "));
    report("requests", plan.seed(), tried, begun.elapsed(), slowest, &crashes);
}
