//! A role as it is stored.

use super::sql;
use crate::{Error, Result};
use domain::{AssignedRole, Currency, CustomRole, Limits, Money, Permission, Role};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;

/// What is said where a role was to be chosen.
pub(crate) const CHOOSE: &str = "Choose one of the roles";

/// What the SQL function `role_of` answers with.
#[derive(Debug, Deserialize)]
struct Stored {
    id: String,
    name: Option<String>,
    permissions: Option<Vec<String>>,
    max_amount: Option<String>,
    max_currency: Option<String>,
    max_seats: Option<u32>,
}

/// The role that the SQL function `role_of` found.
pub(crate) fn assigned(stored: Value) -> Result<AssignedRole> {
    let stored: Stored = serde_json::from_value(stored)?;
    let Some(name) = stored.name else {
        let role: Result<Role, _> = stored.id.parse();
        return role.map(AssignedRole::from).map_err(|unknown| Error::Stored(unknown.to_string()));
    };
    let permissions = stored.permissions.unwrap_or_default();
    let permissions = permissions.iter().filter_map(|name| Permission::named(name));
    // An admin's own permissions are never a custom role's, whatever the table says.
    let permissions = permissions.filter(|permission| !permission.is_for_admins_only()).collect();
    let order_value =
        stored.max_amount.zip(stored.max_currency).map(|(amount, code)| money(&amount, &code)).transpose()?;
    let limits = Limits { order_value, seats_added: stored.max_seats };
    Ok(AssignedRole::Custom(CustomRole { id: stored.id, name, permissions, limits }))
}

fn money(amount: &str, code: &str) -> Result<Money> {
    let amount: Decimal = amount.parse().map_err(|_| Error::Stored(format!("the limit {amount} of a role")))?;
    let code = Currency::new(code).map_err(|error| Error::Stored(error.to_string()))?;
    Ok(Money::new(amount, code))
}

/// The role that somebody chose. It cannot be deleted before the transaction ends.
pub(crate) async fn choose(db: &mut PgConnection, id: &str) -> Result<AssignedRole> {
    // Text that is no identifier may be text that Postgres cannot take either.
    let plausible = !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let found = if plausible { sql::keep(db, id).await? } else { None };
    found.ok_or_else(|| Error::invalid("role", CHOOSE))
}
