//! News of what changes: Postgres tells every server process (`notify`, from triggers), and each process tells the pages
//! open at it. News says only that something changed; whoever hears it looks at the truth.

mod hub;
#[cfg(test)]
mod tests;

pub use hub::{Heard, Hub, Listener, Pace};

use crate::{Backend, Result};
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The channel of the database that the triggers write to.
const CHANNEL: &str = "seatboard";

/// How long to wait before the database is listened to again.
const PAUSE: Duration = Duration::from_secs(1);

/// Listens to the database until `shutdown`, through restarts of it; then ends all that listen to `backend.live`.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    let forever = async {
        loop {
            if let Err(error) = listen(&backend).await {
                tracing::warn!(%error, "news from the database cannot be heard");
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    shutdown.run_until_cancelled(forever).await;
    backend.live.close();
}

/// Passes on what the database tells until the connection breaks. What was told before it listened is lost, so that all
/// look again when it begins.
async fn listen(backend: &Backend) -> Result<()> {
    let mut listener = PgListener::connect_with(&backend.pool).await?;
    listener.listen(CHANNEL).await?;
    backend.live.tell_everything(backend.clock.now());
    while let Some(told) = listener.try_recv().await? {
        backend.live.tell(told.payload(), backend.clock.now());
    }
    Ok(())
}
