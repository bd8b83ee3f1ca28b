//! What is known now about the customers, numbers and people that a table names.

use super::csv::Typed;
use super::managers::Manager;
use super::sql;
use crate::Result;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// What is known now.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Customers by what was typed: their id, or their name.
    pub(super) customers: HashMap<String, Vec<Named>>,
    /// The account managers of each of these customers, in the order of their ids.
    pub(super) managers: HashMap<String, Vec<Uuid>>,
    /// Everybody who ever could sign in here.
    pub(super) people: Vec<Manager>,
    /// Which customers have an external id that was typed.
    pub(super) holders: HashMap<String, Vec<String>>,
}

/// A customer that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) external_id: Option<String>,
}

impl Facts {
    /// About everything in the rows.
    pub(super) async fn of(db: &mut PgConnection, rows: &[Typed]) -> Result<Self> {
        let texts = |field: fn(&Typed) -> &String| -> Vec<String> {
            rows.iter().map(|row| field(row).clone()).filter(|text| !text.is_empty()).collect()
        };
        let mut facts = Self { people: sql::managers::people(db).await?, ..Self::default() };
        for (typed, customer) in sql::facts::customers(db, &texts(|row| &row.customer)).await? {
            facts.customers.entry(typed).or_default().push(customer);
        }
        let ids: Vec<String> = facts.customers.values().flatten().map(|customer| customer.id.clone()).collect();
        for (customer, staff) in sql::managers::of_customers(db, &ids).await? {
            facts.managers.entry(customer).or_default().push(staff);
        }
        for (external_id, customer) in sql::facts::holders(db, &texts(|row| &row.external_id)).await? {
            facts.holders.entry(external_id).or_default().push(customer);
        }
        Ok(facts)
    }
}
