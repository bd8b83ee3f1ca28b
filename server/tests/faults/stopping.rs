//! A server that is told to stop finishes what it has begun.

use super::http::Browser;
use super::path::Path;
use super::process::Settings;
use super::target::Target;
use super::world::{PERSON, config};
use marketplace_sim::{Fault, FaultRule, Simulator};
use sqlx::{ConnectOptions, PgPool};
use std::time::{Duration, Instant};

/// Until it happens, for a minute.
async fn until(what: &str, mut happens: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !happens().await {
        assert!(begun.elapsed() < Duration::from_mins(1), "{what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_call_under_way_is_awaited_and_recorded_before_the_server_ends_though_nobody_waits_for_it(pool: PgPool) {
    let marketplace = Simulator::start(config()).await.unwrap();
    let url = pool.connect_options().to_url_lossy().to_string();
    let settings = Settings::new("stopping", &url, &marketplace, 0).with("MARKETPLACE_WRITE_SECONDS", "60");
    settings.create_staff();
    let mut server = settings.start().await;
    let mut browser = Browser::at(server.address);
    browser.sign_in(PERSON).await;
    let form = Path::Report.form(&mut browser, &Target::default()).await.unwrap();
    let form = form.with("name", "Billing details").with("from", "2026-01-01").with("to", "2026-01-31");
    marketplace.add_fault(FaultRule::once(Fault::HoldAfter, "createReport"));
    let mut poster = browser.clone();
    let post = tokio::spawn(async move { poster.post(&form.action, &form.encode()).await });
    until("the report is being scheduled", async || marketplace.held().contains(&"createReport")).await;

    post.abort();
    server.terminate();
    until("no more requests are taken", async || browser.get("/healthz").await.is_err()).await;
    let state = "select state from write";
    let states: Vec<String> = sqlx::query_scalar(state).fetch_all(&pool).await.unwrap();
    assert_eq!((states, server.ended()), (vec!["sending".to_owned()], None), "it waits for the marketplace");

    marketplace.release_held();
    until("the server ends", async || server.ended().is_some()).await;
    assert!(server.ended().unwrap().success(), "{}", std::fs::read_to_string(settings.log()).unwrap());
    let states: Vec<String> = sqlx::query_scalar(state).fetch_all(&pool).await.unwrap();
    assert_eq!(states, ["done"]);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_idle_server_ends_at_once_although_a_page_listens_for_news(pool: PgPool) {
    let marketplace = Simulator::start(config()).await.unwrap();
    let url = pool.connect_options().to_url_lossy().to_string();
    let settings = Settings::new("idle", &url, &marketplace, 0);
    settings.create_staff();
    let mut server = settings.start().await;
    let mut browser = Browser::at(server.address);
    browser.sign_in(PERSON).await;
    let listening = tokio::spawn(async move { browser.get("/events?orders=all").await });
    server.terminate();
    until("the server ends", async || server.ended().is_some()).await;
    assert!(server.ended().unwrap().success());
    assert!(listening.await.is_ok());
}
