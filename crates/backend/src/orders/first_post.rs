//! Who of several posts of one form places its order.

use super::sql;
use crate::{Backend, Error, Result};
use std::time::Duration;
use time::Duration as Span;
use tokio::runtime::Handle;
use uuid::Uuid;

/// What became of the wait.
pub(super) enum Turn {
    /// The others are through and placed nothing: it is up to this one.
    Mine(Place),
    /// Another post of the form placed it.
    Placed(Uuid),
}

/// Ends with the placing, however that ends: also where the browser hangs up in its midst.
pub(super) struct Place {
    backend: Backend,
    form_token: Uuid,
}

/// Waits until no other post of the form, in any process, is at it.
pub(super) async fn turn(backend: &Backend, form_token: Uuid) -> Result<Turn> {
    for _ in 0..LOOKS {
        if let Some(placed) = sql::intent_of_form(&backend.pool, form_token).await? {
            return Ok(Turn::Placed(placed));
        }
        let now = backend.clock.now();
        if sql::forms::begin(&backend.pool, form_token, now, now - ABANDONED).await? {
            let place = Place { backend: backend.clone(), form_token };
            // The one before may have been through between the two looks.
            return Ok(match sql::intent_of_form(&backend.pool, form_token).await? {
                Some(placed) => Turn::Placed(placed),
                None => Turn::Mine(place),
            });
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(Error::Unknown(
        "This form was sent before and is still being placed. Look at Orders before you place it again.".to_owned(),
    ))
}

/// Placing waits for the marketplace's price, which takes seconds, and less than this as a rule.
const ABANDONED: Span = Span::minutes(1);

const PAUSE: Duration = Duration::from_millis(200);

/// With [`PAUSE`] a little longer than [`ABANDONED`].
const LOOKS: u32 = 325;

impl Drop for Place {
    fn drop(&mut self) {
        let (backend, form_token) = (self.backend.clone(), self.form_token);
        // Without a runtime the process is at its end, and the place is taken for abandoned.
        let Ok(runtime) = Handle::try_current() else { return };
        let end = async move {
            let abandoned = backend.clock.now() - ABANDONED;
            if let Err(error) = sql::forms::end(&backend.pool, form_token, abandoned).await {
                tracing::warn!(%error, "a second post of a form has to wait until the first is taken for abandoned");
            }
        };
        self.backend.outliving.spawn_on(end, &runtime);
    }
}
