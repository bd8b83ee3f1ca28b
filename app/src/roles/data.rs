//! The loaders: permission first, then the service.

use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use backend::roles::{self, ListedRole, RoleForm};
use domain::Permission;

/// What refused posts of the form that makes a role are kept under.
pub(super) const CREATE_FORM: &str = "create_role";

/// What refused posts of a role's page are kept under.
pub(super) const EDIT_FORM: &str = "edit_role";

/// Every role.
pub(super) async fn list() -> Result<(Vec<ListedRole>, Option<Flash>), AppError> {
    let by = require_to_see(Permission::ManageRoles)?;
    let roles = roles::list(&backend(), &by).await.map_err(surface)?;
    Ok((roles, flash::take(CREATE_FORM).await))
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
