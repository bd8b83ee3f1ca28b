use super::CommandError;
use crate::config::Config;
use crate::{assets, router};
use backend::{Backend, SystemClock};
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// `server serve`: migrates, starts the background tasks, serves until told to stop, then lets both finish.
pub(crate) async fn run() -> Result<(), CommandError> {
    let config = Config::from_env()?;
    let assets = assets::load(&config.site_root)?;
    let database: PgConnectOptions = config.database_url.expose_secret().parse()?;
    // Pinging at every checkout costs a round trip per query; a dead connection shows itself soon enough.
    let pool = PgPoolOptions::new().max_connections(20).test_before_acquire(false).connect_with(database).await?;
    backend::MIGRATOR.run(&pool).await?;
    let backend = build_backend(&config, pool)?;

    let shutdown = CancellationToken::new();
    let tasks = TaskTracker::new();
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
    Ok(backend)
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
