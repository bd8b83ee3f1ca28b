//! Writes that set something to a value. When the answer to one is lost, the object itself shows whether it was carried
//! out, so nothing is guessed and nothing is sent twice.

use crate::{Error, Result};
use marketplace::{Answered, WriteOutcome};

/// What came of the write: its answer, or after a lost answer the object as it is now with a note of that. `look` reads
/// the object again, `shows` tells whether the write can be seen in it, `noun` is what it is called.
pub(crate) async fn settle<T>(
    answer: Result<Answered<T>, marketplace::Error>,
    look: impl Future<Output = Result<T, marketplace::Error>>,
    shows: impl FnOnce(&T) -> bool,
    noun: &'static str,
) -> Result<(Answered<T>, Option<String>)> {
    let error = match answer {
        Ok(answer) => return Ok((answer, None)),
        Err(error) if error.outcome() == WriteOutcome::Unknown => error,
        Err(error) => return Err(error.into()),
    };
    let value = look.await.map_err(|_| nobody_knows(noun))?;
    if !shows(&value) {
        return Err(not_seen(noun));
    }
    let note = format!("The marketplace's answer did not arrive; that it was done shows in the {noun}.");
    Ok((Answered { value, correlation_id: error.correlation_id().map(ToOwned::to_owned) }, Some(note)))
}

fn nobody_knows(noun: &str) -> Error {
    Error::Conflict(format!(
        "The marketplace did not answer, so nobody knows whether this was done. Look at the {noun} again in a moment; the \
         change can safely be made again, because it sets the same value."
    ))
}

fn not_seen(noun: &str) -> Error {
    Error::Conflict(format!(
        "The marketplace did not answer, and the {noun} does not show the change. Try again in a moment; the change can \
         safely be made again, because it sets the same value."
    ))
}
