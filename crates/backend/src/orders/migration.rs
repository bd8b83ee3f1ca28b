//! Migration orders: a subscription that was bought elsewhere goes on at the marketplace.

use super::confirmation::Confirmation;
use super::deed::Deed;
use super::draft::{Checked, CheckedLine, po_number};
use super::estimate::{Quote, quote};
use super::new_order::{check_customer, new_line};
use super::once::once;
use super::place::place;
use super::sql;
use crate::staff::Staff;
use crate::stored::day;
use crate::{Backend, Error, FieldError, Period, Result};
use domain::{Permission, Seats};
use marketplace::models::MigratedTerm;
use time::Date;
use uuid::Uuid;

/// A subscription that was bought elsewhere, as typed.
#[derive(Clone, Debug)]
pub struct NewMigration {
    /// Whose it is.
    pub customer_id: String,
    /// The client's purchase order number.
    pub po_number: Option<String>,
    /// The catalogue's key of what it is here: product, term and billing period.
    pub product_key: String,
    /// How many seats it has.
    pub seats: String,
    /// The first day of the term it is in.
    pub started_on: String,
    /// The day that term ends or renews.
    pub expires_on: String,
    /// It renews by itself.
    pub renews: bool,
}

/// What a migration would cost.
pub async fn estimate_migration(backend: &Backend, staff: &Staff, migration: &NewMigration) -> Result<Quote> {
    staff.require(Permission::PlaceOrders)?;
    quote(backend, staff, &check(backend, migration).await?).await
}

/// Places a migration; otherwise as [`place_new_order`](super::place_new_order).
pub async fn place_migration(
    backend: &Backend,
    staff: &Staff,
    migration: &NewMigration,
    confirmation: &Confirmation,
) -> Result<Uuid> {
    staff.require(Permission::PlaceOrders)?;
    once(backend, confirmation, |turn| {
        Box::pin(async move { place(backend, staff, check(backend, migration).await?, confirmation, turn).await })
    })
    .await
}

/// Every field at fault at once.
async fn check(backend: &Backend, migration: &NewMigration) -> Result<Checked> {
    check_customer(backend, &migration.customer_id).await?;
    let product = sql::product(&backend.pool, &migration.product_key).await?;
    let product = product.ok_or_else(|| Error::invalid("product", "Choose what it was bought as"))?;
    let term = product.term.as_ref().and_then(Period::from_marketplace);
    let today = backend.clock.now().date();
    let (started, expires) = (day(&migration.started_on), day(&migration.expires_on));
    let faults =
        [("started_on", started_fault(started, today)), ("expires_on", expires_fault(expires, term.as_ref(), today))];
    let mut fields: Vec<FieldError> = faults
        .into_iter()
        .filter_map(|(field, fault)| Some(FieldError { field: field.to_owned(), message: fault? }))
        .collect();
    let line = collect(line(product, &migration.seats), &mut fields)?;
    let po_number = collect(po_number(migration.po_number.as_deref()), &mut fields)?;
    let (Some(line), Some(po_number), Some(start), Some(expiration), true) =
        (line, po_number, started, expires, fields.is_empty())
    else {
        return Err(Error::Invalid(fields));
    };
    Ok(Checked {
        customer_id: migration.customer_id.clone(),
        subscription_id: None,
        po_number,
        lines: vec![line],
        deed: Deed::Migration(MigratedTerm { start, migration: today, expiration, renews: migration.renews }),
        draft: None,
        alignment: None,
    })
}

/// What is no matter of a field ends it at once.
fn collect<T>(checked: Result<T>, fields: &mut Vec<FieldError>) -> Result<Option<T>> {
    match checked {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid(more)) => {
            fields.extend(more);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn line(product: sql::Product, typed: &str) -> Result<CheckedLine> {
    let seats = Seats::parse(typed).map_err(|error| Error::invalid("seats", error.to_string()))?;
    if seats.get() == 0 {
        return Err(Error::invalid("seats", "Enter at least 1 seat"));
    }
    new_line(product, seats, None)
}

fn started_fault(started: Option<Date>, today: Date) -> Option<String> {
    match started {
        None => Some("Enter the first day of the term as a date, such as 2026-01-31".to_owned()),
        Some(day) if day > today => Some("Enter a day that is not in the future; the term has begun".to_owned()),
        Some(_) => None,
    }
}

/// The term it is in cannot last longer than a full one from now.
fn expires_fault(expires: Option<Date>, term: Option<&Period>, today: Date) -> Option<String> {
    let latest = term.and_then(|term| term.after(today));
    match expires {
        None => Some("Enter the day the term ends as a date, such as 2026-12-31".to_owned()),
        Some(day) if day <= today => Some("Enter a day after today; what has ended cannot be migrated".to_owned()),
        Some(day) if latest.is_some_and(|latest| day > latest) => {
            Some(format!("Enter {} at the latest: one term of this product from today", latest.unwrap_or(day)))
        }
        Some(_) => None,
    }
}
