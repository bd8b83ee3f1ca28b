use super::json;
use crate::Result;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Serialize)]
pub(in crate::sync) struct CustomerRow<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) reseller_id: Option<&'a str>,
    pub(in crate::sync) external_id: Option<&'a str>,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) status: String,
    pub(in crate::sync) tax_reg_id: Option<&'a str>,
    pub(in crate::sync) language: Option<&'a str>,
    pub(in crate::sync) country_code: Option<&'a str>,
    pub(in crate::sync) city: Option<&'a str>,
    pub(in crate::sync) email: Option<&'a str>,
    pub(in crate::sync) address: Option<Value>,
    pub(in crate::sync) contacts: Value,
    pub(in crate::sync) attributes: Value,
}

/// Answers how many are new or changed. The marketplace names the account itself as the reseller of its own customers;
/// only a reseller below it is kept, and stays when an answer does not name it.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[CustomerRow<'_>],
    as_of: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) * from jsonb_to_recordset($1) as row (
                id text, reseller_id text, external_id text, name text, status text, tax_reg_id text, language text,
                country_code text, city text, email text, address jsonb, contacts jsonb, attributes jsonb)
        ), before as (
            select customer.* from customer join page using (id)
        ), stored as (
            insert into customer (id, reseller_id, external_id, name, status, tax_reg_id, language, country_code, city,
                email, address, contacts, attributes, as_of)
            select id, (select below.id from reseller below where below.id = page.reseller_id), external_id, name, status,
                tax_reg_id, language, country_code, city, email, address, contacts, attributes, $2 from page
            on conflict (id) do update set
                reseller_id = coalesce(excluded.reseller_id, customer.reseller_id), external_id = excluded.external_id, name = excluded.name,
                status = excluded.status, tax_reg_id = excluded.tax_reg_id, language = excluded.language,
                country_code = excluded.country_code, city = excluded.city, email = excluded.email,
                address = excluded.address, contacts = excluded.contacts, attributes = excluded.attributes,
                as_of = excluded.as_of
            where customer.as_of <= excluded.as_of
            returning *
        )
        select count(*) as "changed!" from stored left join before using (id)
        where to_jsonb(before) - 'as_of' is distinct from to_jsonb(stored) - 'as_of'"#,
        json(rows)?,
        as_of,
    )
    .fetch_one(db)
    .await?)
}
