//! Logs: one line each on standard error, filtered by `RUST_LOG` (default: `info`), without secrets.

mod redact;

use crate::config;
use redact::Redacting;
use std::sync::Once;
use tracing_subscriber::EnvFilter;

static PANICS: Once = Once::new();

/// Starts logging; panics are logged too. The first call wins.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let writer = Redacting::new(config::secrets());
    let _already_started = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).try_init();
    PANICS.call_once(|| {
        std::panic::set_hook(Box::new(|panic| tracing::error!("a task broke off: {panic}")));
    });
}
