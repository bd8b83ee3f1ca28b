use super::{List, Position, json, word};
use crate::Result;
use crate::connection::{ensure_same_copy, note_account};
use crate::sync::sql::customers::{self as sql, CustomerRow};
use domain::ResellerId;
use marketplace::models::{ContactPerson, ContactType, Customer, Page};
use marketplace::{Client, CustomerFilter, PAGE_SIZE, ResellerCustomers};
use serde_json::Value;
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// The account's own.
pub(in crate::sync) struct Customers;

/// Those of a reseller below the account.
pub(in crate::sync) struct CustomersBelow(pub(in crate::sync) ResellerId);

impl List for Customers {
    type Item = Customer;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Customer>, marketplace::Error> {
        client.page(&CustomerFilter::default(), position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Customer], as_of: OffsetDateTime) -> Result<i64> {
        note_account(db, items.iter().find_map(|customer| customer.reseller_id.as_ref())).await?;
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), as_of).await
    }
}

impl List for CustomersBelow {
    type Item = Customer;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Customer>, marketplace::Error> {
        let all = ResellerCustomers { reseller: self.0.clone(), name: None, email: None, external_id: None };
        client.page(&all, position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Customer], as_of: OffsetDateTime) -> Result<i64> {
        let rows: Vec<_> = items.iter().map(|customer| row_of(&self.0, customer)).collect();
        sql::upsert(db, &rows, as_of).await
    }
}

/// Stores a customer just read or answered to a write, as the marketplace had it at `as_of` (when the call began).
pub async fn store_customer(db: &mut PgConnection, customer: &Customer, as_of: OffsetDateTime) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    note_account(&mut db, customer.reseller_id.as_ref()).await?;
    sql::upsert(&mut db, &[row(customer)], as_of).await?;
    Ok(db.commit().await?)
}

/// As [`store_customer`], a customer of a reseller below the account: the answer need not name it.
pub async fn store_customer_of(
    db: &mut PgConnection,
    reseller: &ResellerId,
    customer: &Customer,
    as_of: OffsetDateTime,
) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    sql::upsert(&mut db, &[row_of(reseller, customer)], as_of).await?;
    Ok(db.commit().await?)
}

fn row_of<'a>(reseller: &'a ResellerId, customer: &'a Customer) -> CustomerRow<'a> {
    CustomerRow { reseller_id: Some(reseller.as_str()), ..row(customer) }
}

fn row(customer: &Customer) -> CustomerRow<'_> {
    let address = customer.address.as_ref();
    let contacts = &customer.contact_persons;
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
        email: admin_email(contacts),
        address: address.map(json),
        contacts: without_sign_ins(contacts),
        attributes: json(&customer.attributes),
    }
}

/// The administrator's e-mail address, or that of whoever comes first.
pub(super) fn admin_email(contacts: &[ContactPerson]) -> Option<&str> {
    let admin = contacts.iter().find(|contact| contact.kind == Some(ContactType::Admin)).or(contacts.first());
    admin.and_then(|contact| contact.email.as_deref())
}

/// Sign-in names and passwords are for the marketplace only; it never returns them, and they are never stored.
pub(super) fn without_sign_ins(contacts: &[ContactPerson]) -> Value {
    let without = |contact: &ContactPerson| ContactPerson { login: None, password: None, ..contact.clone() };
    json(contacts.iter().map(without).collect::<Vec<_>>())
}
