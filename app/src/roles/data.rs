//! The loaders: permission first, then the service.

use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use backend::roles::{self, ListedRole, RoleForm};
use backend::staff::order_proof;
use domain::{Money, Permission};

/// What refused posts of the form that makes a role are kept under.
pub(super) const CREATE_FORM: &str = "create_role";

/// What refused posts of a role's page are kept under.
pub(super) const EDIT_FORM: &str = "edit_role";

/// What refused posts of the form of proofs for orders are kept under.
pub(super) const PROOF_FORM: &str = "order_proof";

/// What the page of every role shows.
pub(super) struct Every {
    pub(super) roles: Vec<ListedRole>,
    /// From which amount on an order takes a proof.
    pub(super) threshold: Option<Money>,
    /// What the form that makes a role refused.
    pub(super) refused: Option<Flash>,
    /// What the form of proofs for orders refused.
    pub(super) refused_proof: Option<Flash>,
}

pub(super) async fn list() -> Result<Every, AppError> {
    let by = require_to_see(Permission::ManageRoles)?;
    let backend = backend();
    let roles = roles::list(&backend, &by).await.map_err(surface)?;
    let threshold = order_proof::threshold(&backend, &by).await.map_err(surface)?;
    let (refused, refused_proof) = (flash::take(CREATE_FORM).await, flash::take(PROOF_FORM).await);
    Ok(Every { roles, threshold, refused, refused_proof })
}

/// One of them.
pub(super) async fn one(id: String) -> Result<(ListedRole, Option<Flash>), AppError> {
    let by = require_to_see(Permission::ManageRoles)?;
    let role = roles::find(&backend(), &by, &id).await.map_err(surface)?;
    Ok((role, flash::take(EDIT_FORM).await))
}

/// What was typed, to be kept where it is refused.
pub(super) fn typed(form: &RoleForm) -> Vec<(String, String)> {
    let fields = [("name", &form.name), ("amount", &form.amount), ("currency", &form.currency), ("seats", &form.seats)];
    let fields = fields.into_iter().map(|(field, value)| (field.to_owned(), value.clone()));
    let ticked = form.permissions.iter().map(|name| (format!("permission-{name}"), "on".to_owned()));
    fields.chain(ticked).collect()
}
