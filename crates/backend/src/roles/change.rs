//! Making, changing and deleting roles.

use super::{RoleForm, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, still};
use crate::{Backend, Error, Result};
use domain::{AssignedRole, CustomRole, Permission};
use serde_json::{Value, json};
use uuid::Uuid;

/// Makes a role where there is none of this identifier, the token of its form, and changes it where there is one. What it
/// allows holds from the next request on of everybody who has it. Fails with [`Error::Invalid`], naming the fields at fault.
pub async fn save(backend: &Backend, by: &Staff, id: Uuid, is_new: bool, form: &RoleForm) -> Result<()> {
    by.require(Permission::ManageRoles)?;
    let role = form.check(id.to_string())?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let by = &still(&mut db, by, Permission::ManageRoles).await?;
    let (action, before) = if is_new {
        if !sql::insert(&mut db, &role, by.id, now).await? {
            return Ok(db.rollback().await?);
        }
        ("role.created", None)
    } else {
        let before = custom(sql::lock(&mut db, &role.id).await?)?;
        if before == role {
            return Ok(db.rollback().await?);
        }
        sql::update(&mut db, &role).await?;
        ("role.changed", Some(recorded(&before)))
    };
    let entry = Entry { before, after: Some(recorded(&role)), ..Entry::new(action, "role", &role.id) };
    activity::record(&mut db, now, Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}

/// Deletes a role that nobody has.
pub async fn delete(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    by.require(Permission::ManageRoles)?;
    let id = id.to_string();
    let mut db = backend.pool.begin().await?;
    let by = &still(&mut db, by, Permission::ManageRoles).await?;
    let role = custom(sql::lock(&mut db, &id).await?)?;
    let held_by = sql::held_by(&mut db, &id).await?;
    if !held_by.is_empty() {
        let names = held_by.join(", ");
        return Err(Error::Conflict(format!("This role is in use by {names}. Give them another role first.")));
    }
    sql::delete(&mut db, &id).await?;
    let entry = Entry { before: Some(recorded(&role)), ..Entry::new("role.deleted", "role", &id) };
    activity::record(&mut db, backend.clock.now(), Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}

fn custom(role: Option<AssignedRole>) -> Result<CustomRole> {
    match role {
        Some(AssignedRole::Custom(role)) => Ok(role),
        Some(AssignedRole::BuiltIn(_)) => {
            Err(Error::Conflict("This role is always there and stays as it is.".to_owned()))
        }
        None => Err(Error::NotFound("role")),
    }
}

fn recorded(role: &CustomRole) -> Value {
    let permissions: Vec<String> = role.permissions.iter().map(Permission::name).collect();
    json!({ "name": role.name, "permissions": permissions, "limits": role.limits.in_words() })
}
