//! Writes that are no orders, where nobody knows yet what came of them: on the page of the thing and on Overview.

mod data;
mod form_token;
mod notice;
mod panel;
mod words;

pub(crate) use form_token::FormToken;
pub(crate) use notice::Unconfirmed;
pub(crate) use panel::UnconfirmedPanel;
pub(crate) use words::action;

use crate::context;
use crate::error::AppError;

/// Ends a post that set something. Where nobody knows whether it was done, the page of the thing says so itself, so that
/// is where the person goes too.
pub(crate) fn settled(outcome: backend::Result<()>) -> Result<(), AppError> {
    match outcome {
        Err(backend::Error::Unknown(_)) => Ok(()),
        other => other.map_err(context::surface),
    }
}
