//! What open pages are told, and by whom they are heard.

use super::browser::{Browser, Site, router};
use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, Request, StatusCode, header};
use backend::live::Pace;
use domain::Role;
use futures::StreamExt;
use sqlx::PgPool;
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Longer than any of this takes.
const PATIENCE: Duration = Duration::from_secs(30);

const SUBMITTED: &str = "insert into intent (id, kind, state, customer_id, subscription_id, body, lines, estimate, \
    estimated_at, requested_by, form_token, created_at) \
    select '6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11', 'change', 'submitted', 'c', 's', '{}', '[]', '{}', now(), id, \
    gen_random_uuid(), now() from staff limit 1";

const INTENT: &str = "6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

/// A site that listens to its database, until the token is cancelled.
async fn listening(pool: PgPool) -> (Site, CancellationToken) {
    listening_for(pool, Duration::from_mins(15)).await
}

/// The same, where nobody listens for longer than `at_most`.
async fn listening_for(pool: PgPool, at_most: Duration) -> (Site, CancellationToken) {
    let mut site = Site::new(pool).await;
    let pace = Pace { heartbeat: Duration::from_millis(100), at_most };
    site.backend.live.pace = pace;
    site.router = router(&site.backend, Path::new("no such folder"));
    let shutdown = CancellationToken::new();
    tokio::spawn(backend::live::run(site.backend.clone(), shutdown.clone()));
    (site, shutdown)
}

/// A stream as a browser holds it open.
struct Stream {
    status: StatusCode,
    headers: HeaderMap,
    body: BodyDataStream,
    heard: String,
}

impl Stream {
    async fn open(browser: &Browser, query: &str) -> Self {
        let request = Request::get(format!("/events?{query}"))
            .header(header::ACCEPT, "text/event-stream")
            .header(header::ACCEPT_ENCODING, "gzip, br")
            .header(header::COOKIE, browser.cookie.as_deref().unwrap_or_default());
        let response = browser.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body: body.into_data_stream(), heard: String::new() }
    }

    /// Listens until that was heard.
    async fn hear(&mut self, what: &str) {
        let listen = async {
            while !self.heard.contains(what) {
                let heard = self.body.next().await.unwrap_or_else(|| panic!("it ended after {:?}", self.heard));
                self.heard.push_str(&String::from_utf8_lossy(&heard.unwrap()));
            }
        };
        tokio::time::timeout(PATIENCE, listen).await.expect(what);
    }

    /// Listens until the stream ends.
    async fn hear_the_end(&mut self) {
        let listen = async { while self.body.next().await.is_some() {} };
        tokio::time::timeout(PATIENCE, listen).await.expect("the stream ends");
    }
}

async fn run(site: &Site, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&site.backend.pool).await.unwrap();
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_open_page_is_told_when_its_order_moves(pool: PgPool) {
    let (site, _) = listening(pool).await;
    run(&site, SUBMITTED).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&browser, &format!("intent={INTENT}")).await;
    assert_eq!(stream.status, StatusCode::OK);
    assert_eq!(stream.headers[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(stream.headers[header::CACHE_CONTROL], "no-store");
    assert!(!stream.headers.contains_key(header::CONTENT_ENCODING), "compressing would hold news back");
    stream.hear("event: ready").await;
    stream.hear("data: *").await;
    run(&site, "update intent set state = 'completed'").await;
    stream.hear(&format!("data: intent:{INTENT} completed")).await;
    stream.hear("event: beat").await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_pages_of_the_subscription_and_of_all_orders_are_told_too(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&browser, "subscription=s&orders=all").await;
    stream.hear("data: *").await;
    run(&site, SUBMITTED).await;
    stream.hear("data: orders:all submitted").await;
    stream.hear("data: subscription:s submitted").await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_report_that_moves_is_told(pool: PgPool) {
    let (site, _) = listening(pool).await;
    run(
        &site,
        "insert into report (id, name, status, kind, format, as_of) values ('r', 'Usage', 'processing', 'report', 'csv', now())",
    )
    .await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&browser, "report=r").await;
    stream.hear("data: *").await;
    run(&site, "update report set status = 'completed'").await;
    stream.hear("data: report:r completed").await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_is_told_anything_and_who_asks_for_nothing_neither(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let mut answer = Stream::open(&site.nobody(), &format!("intent={INTENT}")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "a browser asks no more, and complains of nothing");
    assert!(answer.body.next().await.is_none(), "nobody is told anything");
    let browser = site.signed_in(Role::Viewer).await;
    for query in ["", "staff=1", "intent="] {
        assert_eq!(Stream::open(&browser, query).await.status, StatusCode::NOT_FOUND, "{query}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_unknown_order_hears_nothing_of_the_others(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&browser, "intent=unknown").await;
    stream.hear("data: *").await;
    run(&site, SUBMITTED).await;
    run(&site, "select pg_notify('seatboard', 'intent:unknown last')").await;
    stream.hear("data: intent:unknown last").await;
    assert!(!stream.heard.contains(INTENT), "{}", stream.heard);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_page_that_comes_late_is_told_what_it_missed(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut early = Stream::open(&browser, "orders=all").await;
    early.hear("data: *").await;
    run(&site, SUBMITTED).await;
    early.hear("data: orders:all submitted").await;
    let page = app::milliseconds(site.backend.clock.now());
    let mut late = Stream::open(&browser, &format!("intent={INTENT}&since={page}")).await;
    late.hear(&format!("data: intent:{INTENT} submitted")).await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_stream_ends_when_its_person_signs_out_or_the_server_stops(pool: PgPool) {
    let (site, shutdown) = listening(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    let other = site.signed_in(Role::Admin).await;
    let mut stream = Stream::open(&browser, "orders=all").await;
    let mut others = Stream::open(&other, "orders=all").await;
    stream.hear("event: beat").await;
    browser.post("/api/sign_out", "").await;
    stream.hear_the_end().await;
    others.hear("event: beat").await;
    shutdown.cancel();
    others.hear_the_end().await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_stream_ends_with_its_session_when_that_runs_out_or_is_ended_from_elsewhere(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let idle = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&idle, "orders=all").await;
    stream.hear("event: beat").await;
    site.clock.advance(time::Duration::minutes(30));
    stream.hear_the_end().await;

    let browser = site.signed_in(Role::Technician).await;
    let mut elsewhere = site.signed_in(Role::Technician).await;
    let mut stream = Stream::open(&browser, "orders=all").await;
    stream.hear("event: beat").await;
    elsewhere.post("/api/end_other_sessions", "").await;
    stream.hear_the_end().await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_stream_ends_after_its_time_though_its_person_is_still_there(pool: PgPool) {
    let (site, _) = listening_for(pool, Duration::from_millis(500)).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut stream = Stream::open(&browser, "orders=all").await;
    stream.hear("event: beat").await;
    stream.hear_the_end().await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_session_holds_three_streams_open_and_no_more(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let browser = site.signed_in(Role::Viewer).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(Stream::open(&browser, "orders=all").await);
    }
    assert!(held.iter().all(|stream| stream.status == StatusCode::OK));
    assert_eq!(Stream::open(&browser, "orders=all").await.status, StatusCode::NO_CONTENT);
    held.pop();
    assert_eq!(Stream::open(&browser, "orders=all").await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_page_that_looks_by_itself_keeps_nobody_signed_in(pool: PgPool) {
    let (site, _) = listening(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    site.clock.advance(time::Duration::minutes(29));
    let stream = Stream::open(&browser, "orders=all").await;
    assert_eq!(stream.status, StatusCode::OK);
    let look = || Request::get("/orders").header(header::ACCEPT, "text/html").header("x-unattended", "1");
    assert_eq!(browser.send(look(), "").await.status, StatusCode::OK);
    site.clock.advance(time::Duration::minutes(2));
    assert_eq!(browser.send(look(), "").await.status, StatusCode::SEE_OTHER, "idle for 31 minutes");
}
