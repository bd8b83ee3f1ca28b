//! The loader, and the codes that a post leaves for the page.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use backend::staff::Staff;
use backend::staff::factor::{self, State};
use domain::Permission;
use secrecy::SecretString;

/// What refused posts of the page are kept under.
pub(super) const FORM: &str = "second_factor";

/// What the page shows.
pub(super) struct Loaded {
    pub(super) staff: Staff,
    pub(super) state: State,
    pub(super) refused: Option<Flash>,
    /// The recovery codes that were just made.
    pub(super) codes: Option<Vec<SecretString>>,
}

/// One's own second factor, for whoever may browse.
pub(super) async fn own() -> Result<Loaded, AppError> {
    let staff = require(Permission::Browse)?;
    let backend = backend();
    let state = factor::state(&backend, &staff).await.map_err(surface)?;
    let sealed: Option<String> = flash::told(FORM).await;
    let codes = sealed.and_then(|sealed| factor::handed_over(&backend, &staff, &sealed));
    Ok(Loaded { state, refused: flash::take(FORM).await, codes, staff })
}

/// Leaves the codes for the page, which shows them once.
pub(super) async fn tell_of_codes(staff: &Staff, codes: &SecretString) -> Result<(), AppError> {
    let sealed = factor::hand_over(&backend(), staff, codes).map_err(surface)?;
    flash::tell(FORM, &sealed).await
}
