//! `server serve`.

use super::CommandError;
use crate::config::{Config, MarketplaceConfig};
use crate::{assets, router};
use backend::budget::{Budget, Limits};
use backend::{Backend, SystemClock};
use marketplace::{Client, Connection, Options};
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// `server serve`: migrates, starts the background tasks, serves until told to stop, then lets both finish.
pub async fn run() -> Result<(), CommandError> {
    let config = Config::from_env()?;
    let assets = assets::load(&config.site_root)?;
    let database: PgConnectOptions = config.database_url.expose_secret().parse()?;
    // Pinging at every checkout costs a round trip per query; a dead connection shows itself soon enough.
    let pool = PgPoolOptions::new().max_connections(20).test_before_acquire(false).connect_with(database).await?;
    backend::MIGRATOR.run(&pool).await?;
    let backend = build_backend(&config, pool)?;

    let shutdown = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(backend::orders::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::sync::run(backend.clone(), backend::sync::Rhythm::default(), shutdown.clone()));
    tasks.spawn(backend::reports::track(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::matching::run(backend.clone(), shutdown.clone()));
    tasks.close();
    let listener = TcpListener::bind(config.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    let secure_cookie = config.public_url.starts_with("https:");
    let router = router::build(backend, assets, &config.site_root, secure_cookie);
    axum::serve(listener, router).with_graceful_shutdown(stop_signal(shutdown.clone())).await?;
    shutdown.cancel();
    tasks.wait().await;
    Ok(())
}

fn build_backend(config: &Config, pool: sqlx::PgPool) -> Result<Backend, CommandError> {
    let mut backend = Backend::new(pool, Arc::new(SystemClock));
    backend.undo_windows = Arc::new(config.undo_windows.clone());
    backend.limits = config.limits();
    if let Some(marketplace) = &config.marketplace {
        backend.link.replace(Some(connect(&backend, marketplace, config.limits())?));
    }
    Ok(backend)
}

/// A client whose every call, in every process, comes out of the one budget.
fn connect(backend: &Backend, config: &MarketplaceConfig, limits: Limits) -> Result<Client, CommandError> {
    let connection = Connection {
        base_url: config.url.clone(),
        marketplace: config.code.clone(),
        username: config.username.clone(),
        password: config.password.clone(),
        subscription_key: config.subscription_key.clone(),
    };
    let budget = Budget::new(backend.pool.clone(), backend.clock.clone(), limits);
    Ok(Client::new(connection, Options::default())?.with_gate(Arc::new(budget)))
}

/// Ctrl-C or SIGTERM.
async fn stop_signal(shutdown: CancellationToken) {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping");
    shutdown.cancel();
}
