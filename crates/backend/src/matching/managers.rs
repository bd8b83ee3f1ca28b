//! Account managers: the staff members who look after a customer. Kept here; the marketplace knows nothing of them.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::connection::ensure_same_copy;
use crate::staff::Staff;
use crate::{Backend, Error, Result, customers};
use domain::Permission;
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A staff member as somebody who looks after customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manager {
    /// Who.
    pub staff_id: Uuid,
    /// The name colleagues see.
    pub name: String,
    /// The e-mail address they sign in with.
    pub email: String,
    /// Whether they can still sign in.
    pub enabled: bool,
}

/// Who looks after the customer, by name.
pub async fn of_customer(backend: &Backend, customer_id: &str) -> Result<Vec<Manager>> {
    sql::managers::of_customer(&backend.pool, customer_id).await
}

/// Who can be made an account manager: everybody who can sign in, by name.
pub async fn people(backend: &Backend) -> Result<Vec<Manager>> {
    let mut people = sql::managers::people(&mut *backend.pool.acquire().await?).await?;
    people.retain(|person| person.enabled);
    Ok(people)
}

/// Whether any customer is looked after by this staff member.
pub async fn manages_any(backend: &Backend, staff_id: Uuid) -> Result<bool> {
    sql::managers::manages_any(&backend.pool, staff_id).await
}

/// Makes exactly these staff members the customer's account managers. Whoever was disabled may stay, but not be added.
/// Leaves `customer.managers_set` in the activity, unless nothing changes.
pub async fn set_managers(backend: &Backend, staff: &Staff, customer_id: &str, wanted: &[Uuid]) -> Result<()> {
    staff.require(Permission::EditCustomers)?;
    let asked_at = backend.clock.now();
    customers::get(backend, customer_id).await?;
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut db = backend.pool.begin().await?;
    ensure_same_copy(&mut db, asked_at).await?;
    sql::managers::lock(&mut db).await?;
    let of_this_one = sql::managers::of_customers(&mut db, &[customer_id.to_owned()]).await?;
    let before: Vec<Uuid> = of_this_one.into_iter().map(|(_, staff_id)| staff_id).collect();
    if before == wanted {
        return Ok(());
    }
    let people = sql::managers::people(&mut db).await?;
    for id in wanted.iter().filter(|id| !before.contains(id)) {
        let person = people.iter().find(|person| person.staff_id == *id).ok_or(Error::NotFound("staff member"))?;
        if !person.enabled {
            let message = format!("{} can no longer sign in; choose somebody else", person.name);
            return Err(Error::invalid(format!("staff-{id}"), message));
        }
    }
    let change = Assignment { customer_id, before: &before, after: &wanted };
    change.make(&mut db, staff, &people, backend.clock.now()).await?;
    Ok(db.commit().await?)
}

/// A change of one customer's account managers.
pub(super) struct Assignment<'a> {
    pub(super) customer_id: &'a str,
    pub(super) before: &'a [Uuid],
    pub(super) after: &'a [Uuid],
}

impl Assignment<'_> {
    /// Makes it, with its activity row.
    pub(super) async fn make(
        &self,
        db: &mut PgConnection,
        staff: &Staff,
        people: &[Manager],
        now: OffsetDateTime,
    ) -> Result<()> {
        sql::managers::replace(db, self.customer_id, self.after, staff.id, now).await?;
        let facts = |ids: &[Uuid]| json!({ "account managers": names(people, ids) });
        let entry = Entry {
            customer_id: Some(self.customer_id),
            before: Some(facts(self.before)),
            after: Some(facts(self.after)),
            ..Entry::new("customer.managers_set", "customer", self.customer_id)
        };
        activity::record(db, now, Actor::Staff(staff), entry).await
    }
}

/// In the order of the names; null for nobody.
fn names(people: &[Manager], ids: &[Uuid]) -> Value {
    let chosen = people.iter().filter(|person| ids.contains(&person.staff_id));
    let names: Vec<&str> = chosen.map(|person| person.name.as_str()).collect();
    if names.is_empty() { Value::Null } else { names.join(", ").into() }
}
