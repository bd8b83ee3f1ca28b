//! Logs: one line each on standard error, filtered by `RUST_LOG` (default: `info`).

use tracing_subscriber::EnvFilter;

/// Starts logging. The first call wins.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let _already_started = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
