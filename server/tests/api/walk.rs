//! A walk over everything that answers: every server function, every page and every other route, each found by enumeration,
//! as nobody, as each role, from another site, after the end of a session, and with arguments that are missing or make no
//! sense. What comes back is counted; a surprise is named and fails.

mod halfway;
mod hostile;
pub(crate) mod places;

use super::browser::{Answer, Browser, Site};
use super::functions;
use super::pages::PAGES;
use axum::http::{Method, Request, StatusCode, header};
use domain::Role;
use hostile::{ARGUMENTS, ELSEWHERE, QUERIES};
use places::{fill, others, pages};
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::path::Path;
use time::Duration;

/// What came back, counted, and what should not have.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<(String, u16), u32>,
    surprises: Vec<String>,
}

impl Tally {
    /// Counts the answer, and looks for what no answer may be. `expected` says what is wrong with its status, if anything.
    fn take(&mut self, who: &str, what: &str, answer: &Answer, expected: bool) {
        *self.counts.entry((who.to_owned(), answer.status.as_u16())).or_default() += 1;
        let mut surprise = |why: &str| self.surprises.push(format!("{who}: {what}: {} {why}", answer.status));
        if !expected {
            surprise("is not expected");
        }
        // There is no marketplace here, and saying so is an honest answer.
        let not_connected = answer.body.contains("No marketplace connection is configured");
        if answer.status.is_server_error() && !(answer.status == StatusCode::BAD_GATEWAY && not_connected) {
            surprise("is our own fault");
        }
        for problem in problems(answer) {
            surprise(&problem);
        }
    }

    fn end(self, name: &str) {
        let answers: u32 = self.counts.values().sum();
        println!("{name}: {answers} answers, {} surprises", self.surprises.len());
        let mut by_who = BTreeMap::<&str, Vec<String>>::new();
        for ((who, status), count) in &self.counts {
            by_who.entry(who).or_default().push(format!("{status}: {count}"));
        }
        for (who, statuses) in by_who {
            println!("  {who}: {}", statuses.join(", "));
        }
        assert!(answers > 0 && self.surprises.is_empty(), "{name}:\n{}", self.surprises.join("\n"));
    }
}

/// What is wrong with the headers that every answer has.
fn problems(answer: &Answer) -> Vec<String> {
    let text = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = text("content-security-policy");
    let mut problems = Vec::new();
    if policy.contains("unsafe-inline") || policy.contains("unsafe-eval'") && !policy.contains("'wasm-unsafe-eval'") {
        problems.push(format!("allows what is unsafe: {policy}"));
    }
    for closed in ["frame-ancestors 'none'", "base-uri 'none'"] {
        if !policy.contains(closed) {
            problems.push(format!("does not say {closed}: {policy}"));
        }
    }
    if !policy.contains("object-src 'none'") && !policy.contains("default-src 'none'") {
        problems.push(format!("lets objects in: {policy}"));
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ] {
        if text(name) != value {
            problems.push(format!("has {name}: {:?}", text(name)));
        }
    }
    // The page of one-time links says the stricter one.
    if !["same-origin", "strict-origin"].contains(&text("referrer-policy")) {
        problems.push(format!("has referrer-policy: {:?}", text("referrer-policy")));
    }
    let location = text("location");
    if !location.is_empty() && (!location.starts_with('/') || location.starts_with("//")) {
        problems.push(format!("leads to {location}"));
    }
    problems
}

/// The site as people reach it by https.
async fn secure_site(pool: PgPool) -> Site {
    let mut site = Site::new(pool).await;
    site.router = server::router::build(site.backend.clone(), places::assets(), Path::new("no such folder"), true);
    site
}

/// How many rows each table has but those of sessions.
async fn rows(site: &Site) -> String {
    let count = "select string_agg(table_name || ' ' || (xpath('/row/c/text()', query_to_xml(
            format('select count(*) as c from %I', table_name), false, true, '')))[1]::text, ', ' order by table_name)
        from information_schema.tables where table_schema = 'public' and table_name <> 'session'";
    sqlx::query_scalar(count).fetch_one(&site.backend.pool).await.unwrap()
}

/// Posts as a form does or calls as a script does, from this site.
async fn ask(browser: &mut Browser, method: &Method, path: &str, arguments: &str, accept: &str) -> Answer {
    let request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header(header::ACCEPT, accept)
        .header(header::HOST, "seatboard.example")
        .header(header::REFERER, "https://evil.example/here")
        .header("sec-fetch-site", "same-origin");
    browser.send(request, arguments).await
}

/// Whether whoever posted it finds themselves at the sign-in page.
fn is_led_to_sign_in(answer: &Answer) -> bool {
    matches!(answer.location.as_deref(), Some("/sign-in" | app::paths::SIGN_IN_TO_SEND_AGAIN))
}

/// They are for people who are not signed in, and what the first one refuses is an entry of the activity.
const FOR_NOBODY: [&str; 2] = ["/api/sign_in", "/api/use_link"];

const ACCEPTED: [&str; 2] = ["application/json", "text/html"];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_function_as_nobody(pool: PgPool) {
    let site = secure_site(pool).await;
    let (mut tally, before) = (Tally::default(), rows(&site).await);
    for (method, row) in functions::all() {
        if FOR_NOBODY.contains(&row.path) {
            continue;
        }
        for arguments in ARGUMENTS.into_iter().chain([row.arguments]) {
            for accept in ACCEPTED {
                let answer = ask(&mut site.nobody(), &method, row.path, arguments, accept).await;
                let expected = answer.status == StatusCode::UNAUTHORIZED || is_led_to_sign_in(&answer);
                tally.take("nobody", &format!("{} {arguments}", row.path), &answer, expected);
            }
        }
    }
    assert_eq!(rows(&site).await, before, "nothing was done for nobody");
    tally.end("functions");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_function_as_each_role(pool: PgPool) {
    let site = secure_site(pool).await;
    let mut tally = Tally::default();
    for walker in site.walkers().await {
        let mut browser = site.signed_in_as(&walker).await;
        for (method, row) in functions::all() {
            let Some(needs) = row.needs else { continue };
            for arguments in ARGUMENTS.into_iter().chain([row.arguments]) {
                for accept in ACCEPTED {
                    let answer = ask(&mut browser, &method, row.path, arguments, accept).await;
                    // Arguments that cannot be read are refused before a role is looked at, and a form is answered by a page.
                    let readable = arguments == row.arguments && accept == "application/json";
                    let expected = !readable || (answer.status == StatusCode::FORBIDDEN) != walker.may(needs);
                    tally.take(&walker.role, &format!("{} {arguments}", row.path), &answer, expected);
                    if row.path == "/api/sign_out" {
                        browser = site.signed_in_as(&walker).await;
                    }
                }
            }
        }
    }
    tally.end("functions");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_function_from_another_site(pool: PgPool) {
    let site = secure_site(pool).await;
    let mut tally = Tally::default();
    let mut admin = site.signed_in(Role::Admin).await;
    let before = rows(&site).await;
    for (method, row) in functions::all() {
        for headers in ELSEWHERE {
            for accept in ACCEPTED {
                let mut request =
                    Request::builder().method(method.clone()).uri(row.path).header(header::ACCEPT, accept);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let request = request.header(header::HOST, "seatboard.example");
                let answer = admin.send(request, row.arguments).await;
                let expected = answer.status == StatusCode::FORBIDDEN;
                tally.take("another site", &format!("{} {headers:?}", row.path), &answer, expected);
            }
        }
    }
    assert_eq!(rows(&site).await, before, "nothing was done");
    assert_eq!(admin.get("/settings/connection").await.status, StatusCode::OK, "still signed in");
    tally.end("functions");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_function_after_the_end_of_the_session(pool: PgPool) {
    let site = secure_site(pool).await;
    let mut tally = Tally::default();
    let cookie = site.signed_in(Role::Admin).await.cookie;
    site.clock.advance(Duration::minutes(31));
    let before = rows(&site).await;
    for (method, row) in functions::all().into_iter().filter(|(_, row)| !FOR_NOBODY.contains(&row.path)) {
        for arguments in ARGUMENTS.into_iter().chain([row.arguments]) {
            for accept in ACCEPTED {
                let mut browser = Browser { cookie: cookie.clone(), ..site.nobody() };
                let answer = ask(&mut browser, &method, row.path, arguments, accept).await;
                let expected = match accept {
                    "text/html" => is_led_to_sign_in(&answer),
                    _ => answer.status == StatusCode::UNAUTHORIZED,
                };
                tally.take("lapsed", &format!("{} {arguments}", row.path), &answer, expected);
                assert_ne!(browser.get("/customers").await.status, StatusCode::OK, "{} signs nobody in", row.path);
            }
        }
    }
    assert_eq!(rows(&site).await, before, "nothing was done");
    tally.end("functions");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_page_and_every_other_route(pool: PgPool) {
    let site = secure_site(pool).await;
    let pages = pages(&site.backend);
    let has_row = |page: &&String| !page.contains('{') && !page.starts_with("/sign-in") && *page != "/welcome";
    for page in pages.iter().filter(has_row) {
        assert!(PAGES.iter().any(|(path, ..)| path == page), "{page} has no row in the table of the pages");
    }
    let mut tally = Tally::default();
    let paths: Vec<String> = pages.iter().chain(&others(&site.backend)).flat_map(|pattern| fill(pattern)).collect();
    for path in &paths {
        let answer = site.nobody().get(path).await;
        let is_public = ["/welcome", "/healthz", "/readyz"].contains(&&**path)
            || (path.starts_with("/sign-in") && *path != app::paths::CODE);
        let led_away = answer.location.as_deref().is_some_and(|to| to.starts_with("/sign-in"));
        let turned_away = led_away || matches!(answer.status.as_u16(), 401 | 405);
        // Without a link, or a provider, there is nothing to see.
        let is_no_link =
            (*path == "/welcome" || path.starts_with("/sign-in/oidc")) && answer.status == StatusCode::NOT_FOUND;
        let expected = if is_public { answer.status == StatusCode::OK || is_no_link } else { turned_away };
        tally.take("nobody", path, &answer, expected);
    }
    for walker in site.walkers().await {
        let role = &walker.role;
        let mut browser = site.signed_in_as(&walker).await;
        for path in &paths {
            for query in QUERIES {
                let answer = browser.get(&format!("{path}{query}")).await;
                tally.take(role, &format!("{path}{query}"), &answer, !answer.status.is_redirection());
                let kept = answer.headers.get(header::CACHE_CONTROL).is_none_or(|policy| policy != "no-store");
                let is_probe = ["/healthz", "/readyz"].contains(&&**path);
                assert!(is_probe || !kept, "{path} may be kept by a cache");
            }
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
                let answer = ask(&mut browser, &method, path, "nonsense", "text/html").await;
                let expected = answer.status.is_client_error() || path == app::paths::MATCHING_FILE;
                tally.take(role, &format!("{method} {path}"), &answer, expected);
            }
        }
    }
    println!("{} pages, {} paths with their parameters filled in", pages.len(), paths.len());
    tally.end("pages and other routes");
}
