//! What the list of customers costs beside a bare axum + sqlx handler that runs the same queries and writes the same
//! rows, measured in turns in one run. Prints medians and their ratio; asserts nothing about time.
//!
//! `cargo xtask bench [--customers N]`

mod bare;
mod data;

use app::Assets;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use backend::{Backend, SystemClock};
use sqlx::postgres::PgPoolOptions;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

const ROUNDS: usize = 300;
const PASSWORD: &str = "a password for the bench";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let customers = customers()?;
    let pool = PgPoolOptions::new().max_connections(20).test_before_acquire(false).connect(&database_url()?).await?;
    backend::MIGRATOR.run(&pool).await?;
    data::fill(&pool, customers).await?;
    let backend = Backend::new(pool.clone(), Arc::new(SystemClock));
    backend::staff::upsert_demo(&backend, &PASSWORD.into()).await?;
    let assets = Assets { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into(), css: "/pkg/a.css".into() };
    let site = server::router::build(backend, assets, Path::new("no such folder"), false);
    let cookie = sign_in(&site).await?;

    let first = "/customers".to_owned();
    let middle = middle_page(&site, &cookie, &pool, customers).await?;
    println!("{customers} customers, {} subscriptions, {ROUNDS} rounds, one request at a time", customers * 10);
    for (name, path) in
        [("first page", &first), ("middle page", &middle), ("by status", &"/customers?sort=status".to_owned())]
    {
        let (page, _) = get(&site, path, &cookie).await?;
        let bare = bare::router(pool.clone(), path, &page);
        let (bare_page, _) = get(&bare, path, &cookie).await?;
        assert_eq!(bare::rows_of(&bare_page), bare::rows_of(&page), "both write the same rows");
        let (ours, theirs) = measure(&site, &bare, path, &cookie).await?;
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{name:12} seatboard {ours:>9.2?}  bare {theirs:>9.2?}  ratio {ratio:.2}  html {} bytes", page.len());
    }
    Ok(())
}

/// Medians, taken in turns so that both see the same machine.
async fn measure(ours: &Router, theirs: &Router, path: &str, cookie: &str) -> Result<(Duration, Duration), Failure> {
    let (mut our_times, mut their_times) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        our_times.push(get(ours, path, cookie).await?.1);
        their_times.push(get(theirs, path, cookie).await?.1);
    }
    our_times.sort();
    their_times.sort();
    Ok((our_times[ROUNDS / 2], their_times[ROUNDS / 2]))
}

type Failure = Box<dyn std::error::Error>;

async fn get(router: &Router, path: &str, cookie: &str) -> Result<(String, Duration), Failure> {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty())?;
    let begun = Instant::now();
    let response = router.clone().oneshot(request).await?;
    assert!(response.status().is_success(), "{path}: {}", response.status());
    let body = to_bytes(response.into_body(), usize::MAX).await?;
    Ok((String::from_utf8(body.to_vec())?, begun.elapsed()))
}

async fn sign_in(site: &Router) -> Result<String, Failure> {
    let form = format!("email=viewer@seatboard.example&password={}", PASSWORD.replace(' ', "+"));
    let request = Request::post("/api/sign_in")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = site.clone().oneshot(request.body(Body::from(form))?).await?;
    let cookie = response.headers().get(header::SET_COOKIE).ok_or("nobody was signed in")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// A page in the middle, by the same kind of link a person would follow.
async fn middle_page(site: &Router, cookie: &str, pool: &sqlx::PgPool, customers: i64) -> Result<String, Failure> {
    let (id, name) = data::nth_by_name(pool, customers / 2).await?;
    let path = format!("/customers?page={}", app::paths::segment(&format!(">{id}~{name}")));
    get(site, &path, cookie).await?;
    Ok(path)
}

fn customers() -> Result<i64, Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let given = arguments.iter().position(|argument| argument == "--customers").and_then(|at| arguments.get(at + 1));
    Ok(given.map_or(Ok(10_000), |count| count.parse())?)
}

#[expect(clippy::disallowed_methods, reason = "a bench is configured by its environment")]
fn database_url() -> Result<String, Failure> {
    Ok(std::env::var("DATABASE_URL").map_err(|_| "DATABASE_URL is not set: run `cargo xtask bench`")?)
}
