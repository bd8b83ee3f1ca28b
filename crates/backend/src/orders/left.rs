//! What a list of orders says of those placed here that came to nothing, or turned up late.

use super::sql;
use crate::{Backend, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// What is left to be done about an intent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Left {
    /// The review that places the same once more, where that would be right.
    pub(crate) again_path: Option<String>,
    /// What there is to say, beside why it failed.
    pub(crate) note: Option<String>,
}

/// What is left of each of the intents.
pub(crate) async fn left(backend: &Backend, ids: &[Uuid]) -> Result<HashMap<Uuid, Left>> {
    let rows = sql::again::left(&backend.pool, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, Left { note: note(&row), again_path: row.again_path })).collect())
}

fn note(row: &sql::again::Left) -> Option<String> {
    let replacement_waits = row.replacement.map(|replacement| replacement.waits);
    if row.goes_on_as.is_some() {
        let and_then = match replacement_waits {
            Some(false) => ", and it was placed again: there are two orders. Cancel one of them.",
            Some(true) => ". What was placed in its stead is not sent.",
            None => ".",
        };
        return Some(format!("The marketplace went on with it after it had ended{and_then}"));
    }
    let note = match (row.found_late_at.is_some(), replacement_waits) {
        (true, Some(false)) => {
            "It turned up after it had been taken for lost and placed again: there are two orders. Cancel one of them."
        }
        (true, Some(true)) => {
            "It turned up after it had been taken for lost. What was placed in its stead is not sent."
        }
        (true, None) => "It turned up after it had been taken for lost.",
        (false, Some(_)) => "It was placed again.",
        (false, None) => return None,
    };
    Some(note.to_owned())
}
