//! Who of several posts of one form places its order.

use super::sql;
use crate::{Backend, Error, Result};
use std::sync::Arc;
use std::time::Duration;
use time::Duration as Span;
use tokio::runtime::Handle;
use uuid::Uuid;

/// Whose turn it was.
pub(super) enum Whose {
    /// The others are through and placed nothing: it is up to this one.
    Mine(Arc<Turn>),
    /// Another post of the form placed it.
    Placed(Uuid),
}

/// Ends with whatever holds it, however that ends: with the request, and with the writing that goes on when the browser hangs
/// up in its midst.
pub(super) struct Turn {
    backend: Backend,
    form_token: Uuid,
    holder: Uuid,
}

/// Waits for a while until no other post of the form, in any process, is at it.
pub(super) async fn turn(backend: &Backend, form_token: Uuid) -> Result<Whose> {
    let holder = Uuid::now_v7();
    for _ in 0..LOOKS {
        if let Some(placed) = sql::intent_of_form(&backend.pool, form_token).await? {
            return Ok(Whose::Placed(placed));
        }
        let now = backend.clock.now();
        if sql::forms::begin(&backend.pool, form_token, holder, now, now - ABANDONED).await? {
            let turn = Turn { backend: backend.clone(), form_token, holder };
            // The one before may have been through between the two looks.
            return Ok(match sql::intent_of_form(&backend.pool, form_token).await? {
                Some(placed) => Whose::Placed(placed),
                None => Whose::Mine(Arc::new(turn)),
            });
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(Error::Unknown(
        "This form was sent before and is still being placed. Look at Orders before you place it again.".to_owned(),
    ))
}

/// Placing waits for the marketplace's price, with its repetitions, and for nothing that takes longer than this. Only a process
/// that was killed leaves anything behind for so long.
const ABANDONED: Span = Span::minutes(3);

/// Between two looks; 30 seconds of them, for as long as a person waits for an answer.
const PAUSE: Duration = Duration::from_millis(250);
const LOOKS: u32 = 120;

impl Drop for Turn {
    fn drop(&mut self) {
        let (backend, form_token, holder) = (self.backend.clone(), self.form_token, self.holder);
        // Without a runtime the process is at its end, and the turn is taken for abandoned.
        let Ok(runtime) = Handle::try_current() else { return };
        let end = async move {
            let abandoned = backend.clock.now() - ABANDONED;
            if let Err(error) = sql::forms::end(&backend.pool, form_token, holder, abandoned).await {
                tracing::warn!(%error, "a second post of a form has to wait until the first is taken for abandoned");
            }
        };
        self.backend.outliving.spawn_on(end, &runtime);
    }
}
