//! `server serve`.

use super::CommandError;
use crate::config::Config;
use crate::middleware::network;
use crate::{assets, listen, router};
use backend::connection::{self, Setup};
use backend::{Backend, SystemClock};
use secrecy::ExposeSecret;
use sqlx::postgres::PgConnectOptions;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long it takes, beside the longest call to the marketplace, to record what came of it.
const SETTLING: Duration = Duration::from_secs(30);

/// Connections to Postgres that one process holds at most.
const CONNECTIONS: u32 = 20;

/// `server serve`: migrates where that is left to do, starts the background tasks, serves until told to stop, then lets both
/// finish.
pub async fn run() -> Result<(), CommandError> {
    let config = Config::from_env()?;
    let assets = assets::load(&config.site_root)?;
    let database: PgConnectOptions = config.database_url.expose_secret().parse()?;
    let pool = backend::pool::open(database, CONNECTIONS);
    backend::schema::ensure(&pool).await?;
    let patience = config.timeouts.write + SETTLING;
    let (listen, secure_cookie) = (config.listen, config.public_url.starts_with("https:"));
    let proxies = config.trusted_proxies;
    let site_root = config.site_root.clone();
    let backend = build_backend(config, pool);
    connection::open(&backend).await?;

    // Before anything is begun: a process that cannot serve must not send orders either.
    let listener = TcpListener::bind(listen).await?;
    let shutdown = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(backend::orders::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::sync::run(backend.clone(), backend::sync::Rhythm::default(), shutdown.clone()));
    tasks.spawn(connection::watch(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::health::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::reports::track(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::matching::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::writes::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::housekeeping::run(backend.clone(), shutdown.clone()));
    tasks.spawn(backend::live::run(backend.clone(), shutdown.clone()));
    tasks.close();
    tracing::info!(address = %listener.local_addr()?, "serving");
    let outliving = backend.outliving.clone();
    let router = network::told(router::build(backend, assets, &site_root, secure_cookie), proxies);
    tokio::spawn(stop_signal(shutdown.clone()));
    let everything = async {
        listen::serve(listener, router, shutdown.clone()).await;
        outliving.close();
        tokio::join!(tasks.wait(), outliving.wait());
    };
    tokio::select! {
        () = everything => {}
        () = overdue(&shutdown, patience) => {
            tracing::warn!(?patience, "stopped although something was still under way; what was being sent is looked for");
        }
    }
    Ok(())
}

/// When whatever was begun before the stop should have come to its end.
async fn overdue(shutdown: &CancellationToken, patience: Duration) {
    shutdown.cancelled().await;
    tokio::time::sleep(patience).await;
}

fn build_backend(config: Config, pool: sqlx::PgPool) -> Backend {
    let mut backend = Backend::new(pool, Arc::new(SystemClock));
    backend.limits = config.limits();
    backend.public_url = config.public_url.into();
    backend.session_limits = config.session_limits;
    backend.single_sign_on = config.single_sign_on.map(Arc::new);
    backend.undo_windows = Arc::new(config.undo_windows);
    backend.connecting = Arc::new(Setup {
        sealing_key: Some(config.sealing_key),
        environment: config.marketplace,
        timeouts: config.timeouts,
        ..Setup::default()
    });
    backend
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
