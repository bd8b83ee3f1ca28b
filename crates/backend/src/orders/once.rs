//! One form, one order, whatever answer its posts get.

use super::confirmation::Confirmation;
use super::first_post::{Turn, Whose, turn};
use super::sql;
use crate::{Backend, Error, Result};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Runs `placing`, unless this very form was posted before: then its intent is the answer, once there is one. Also where
/// `placing` fails: whoever is told "nothing was ordered" orders again.
pub(super) async fn once<P: Future<Output = Result<Uuid>>>(
    backend: &Backend,
    confirmation: &Confirmation,
    placing: impl FnOnce(Arc<Turn>) -> P,
) -> Result<Uuid> {
    let token = confirmation.form_token;
    let mine = match turn(backend, token).await {
        Ok(Whose::Placed(placed)) => return Ok(placed),
        Ok(Whose::Mine(turn)) => turn,
        // Another post of the form may be at it in this very moment.
        Err(error @ Error::Database(_)) => return Err(not_known(&error, &"nothing could be asked")),
        Err(error) => return Err(error),
    };
    let error = match placing(mine.clone()).await {
        Ok(placed) => return Ok(placed),
        Err(error) => error,
    };
    match sql::intent_of_form(&backend.pool, token).await {
        Ok(placed) => placed.ok_or(error),
        Err(again) => Err(not_known(&error, &again)),
    }
}

/// Whether the database may have stored what it did not say it stored: the connection ended while it was at it.
pub(super) fn may_be_stored(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => false,
        // Class 57P is of an operator who ends connections; anything else that Postgres says itself was rolled back.
        sqlx::Error::Database(said) => said.code().is_some_and(|code| code.starts_with("57P")),
        _ => true,
    }
}

/// Between one look and the next, after the first.
const LOOKS: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_millis(800), Duration::from_secs(2), Duration::from_secs(2)];

/// The database may still be at it: what waits there for a lock is stored after the connection has ended.
pub(super) async fn look_whether_placed(backend: &Backend, form_token: Uuid, error: Error) -> Result<Uuid> {
    let mut looked = sql::intent_of_form(&backend.pool, form_token).await;
    for wait in LOOKS {
        if let Ok(Some(placed)) = looked {
            return Ok(placed);
        }
        tokio::time::sleep(wait).await;
        looked = sql::intent_of_form(&backend.pool, form_token).await;
    }
    looked?.ok_or_else(|| not_known(&error, &"it is not there yet"))
}

fn not_known(error: &Error, looked: &dyn std::fmt::Display) -> Error {
    tracing::error!(%error, %looked, "it is not known whether an order was placed");
    Error::Unknown(
        "Seatboard's database did not answer, so it is not known whether the order was placed. Look at Orders before you \
         place it again."
            .to_owned(),
    )
}
