use super::customers::{admin_email, without_sign_ins};
use super::{List, Position, json, word};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::sync::sql::resellers::{self as sql, ResellerRow};
use marketplace::models::{Page, Reseller};
use marketplace::{Client, PAGE_SIZE, ResellerFilter};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Those below the account. One that is no longer listed stays: without it its customers would pass for the account's own.
pub(in crate::sync) struct Resellers;

impl List for Resellers {
    type Item = Reseller;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Reseller>, marketplace::Error> {
        client.page(&ResellerFilter::default(), position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Reseller], as_of: OffsetDateTime) -> Result<i64> {
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), as_of).await
    }
}

/// Stores a reseller just read or answered to a write, as the marketplace had it at `as_of` (when the call began).
pub async fn store_reseller(db: &mut PgConnection, reseller: &Reseller, as_of: OffsetDateTime) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    sql::upsert(&mut db, &[row(reseller)], as_of).await?;
    Ok(db.commit().await?)
}

fn row(reseller: &Reseller) -> ResellerRow<'_> {
    let address = reseller.address.as_ref();
    ResellerRow {
        id: reseller.id.as_str(),
        external_id: reseller.external_id.as_deref(),
        name: reseller.name.as_deref().unwrap_or(reseller.id.as_str()),
        status: word(reseller.status.as_ref()),
        tax_reg_id: reseller.tax_reg_id.as_deref(),
        language: reseller.language.as_deref(),
        country_code: address.and_then(|address| address.country_code.as_deref()),
        city: address.and_then(|address| address.city.as_deref()),
        email: admin_email(&reseller.contact_persons),
        address: address.map(json),
        contacts: without_sign_ins(&reseller.contact_persons),
        attributes: json(&reseller.attributes),
        currency: reseller.currency.map(|currency| currency.to_string()),
        taxation_provider: reseller.taxation_provider_name.as_deref(),
        customer_class: reseller.customer_class.as_deref(),
    }
}
