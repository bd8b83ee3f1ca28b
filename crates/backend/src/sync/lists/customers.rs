use super::{List, Position, json, word};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::sync::sql::customers::{self as sql, CustomerRow};
use domain::ResellerId;
use marketplace::models::{ContactPerson, ContactType, Customer, Page};
use marketplace::{Client, CustomerFilter, PAGE_SIZE};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

pub(in crate::sync) struct Customers;

impl List for Customers {
    type Item = Customer;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Customer>, marketplace::Error> {
        client.page(&CustomerFilter::default(), position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Customer], as_of: OffsetDateTime) -> Result<i64> {
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), as_of).await
    }
}

/// Stores a customer just read or answered to a write, as the marketplace had it at `as_of` (when the call began).
pub async fn store_customer(db: &mut PgConnection, customer: &Customer, as_of: OffsetDateTime) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    sql::upsert(&mut db, &[row(customer)], as_of).await?;
    Ok(db.commit().await?)
}

fn row(customer: &Customer) -> CustomerRow<'_> {
    let address = customer.address.as_ref();
    let contacts = &customer.contact_persons;
    let admin = contacts.iter().find(|contact| contact.kind == Some(ContactType::Admin)).or(contacts.first());
    CustomerRow {
        id: customer.id.as_str(),
        reseller_id: customer.reseller_id.as_ref().map(ResellerId::as_str),
        external_id: customer.external_id.as_deref(),
        name: customer.name.as_deref().unwrap_or(customer.id.as_str()),
        status: word(customer.status.as_ref()),
        tax_reg_id: customer.tax_reg_id.as_deref(),
        language: customer.language.as_deref(),
        country_code: address.and_then(|address| address.country_code.as_deref()),
        city: address.and_then(|address| address.city.as_deref()),
        email: admin.and_then(|contact| contact.email.as_deref()),
        address: address.map(json),
        contacts: json(contacts.iter().map(without_sign_in).collect::<Vec<_>>()),
        attributes: json(&customer.attributes),
    }
}

/// Sign-in names and passwords are for the marketplace only; it never returns them, and they are never stored.
fn without_sign_in(contact: &ContactPerson) -> ContactPerson {
    ContactPerson { login: None, password: None, ..contact.clone() }
}
