use super::json;
use crate::Result;
use crate::sync::Collection;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Serialize)]
pub(in crate::sync) struct ResellerRow<'a> {
    pub(in crate::sync) id: &'a str,
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
    pub(in crate::sync) currency: Option<String>,
    pub(in crate::sync) taxation_provider: Option<&'a str>,
    pub(in crate::sync) customer_class: Option<&'a str>,
}

/// Answers how many are new or changed.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[ResellerRow<'_>],
    as_of: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) * from jsonb_to_recordset($1) as row (
                id text, external_id text, name text, status text, tax_reg_id text, language text, country_code text,
                city text, email text, address jsonb, contacts jsonb, attributes jsonb, currency text,
                taxation_provider text, customer_class text)
        ), before as (
            select reseller.* from reseller join page using (id)
        ), stored as (
            insert into reseller (id, external_id, name, status, tax_reg_id, language, country_code, city, email, address,
                contacts, attributes, currency, taxation_provider, customer_class, as_of)
            select id, external_id, name, status, tax_reg_id, language, country_code, city, email, address,
                contacts, attributes, currency, taxation_provider, customer_class, $2 from page
            on conflict (id) do update set
                external_id = excluded.external_id, name = excluded.name, status = excluded.status,
                tax_reg_id = excluded.tax_reg_id, language = excluded.language, country_code = excluded.country_code,
                city = excluded.city, email = excluded.email, address = excluded.address, contacts = excluded.contacts,
                attributes = excluded.attributes, currency = excluded.currency,
                taxation_provider = excluded.taxation_provider, customer_class = excluded.customer_class,
                as_of = excluded.as_of
            where reseller.as_of <= excluded.as_of
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

/// Whether the copy holds any.
pub(in crate::sync) async fn any(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from reseller) as "any!""#).fetch_one(db).await?)
}

/// The reseller that comes after that one among those listed since the sweep began.
pub(in crate::sync) async fn after(db: &mut PgConnection, id: &str, since: OffsetDateTime) -> Result<Option<String>> {
    let next =
        sqlx::query_scalar!("select id from reseller where id > $1 and as_of >= $2 order by id limit 1", id, since,);
    Ok(next.fetch_optional(db).await?)
}

/// When the last complete reading of the reseller's orders began.
pub(in crate::sync) async fn orders_as_of(db: &mut PgConnection, id: &str) -> Result<Option<OffsetDateTime>> {
    let as_of = sqlx::query_scalar!("select orders_as_of from reseller where id = $1", id);
    Ok(as_of.fetch_optional(db).await?.flatten())
}

/// Whether the copy holds orders of the reseller in that status that this sweep has not seen.
pub(in crate::sync) async fn holds_unseen_orders(
    db: &mut PgConnection,
    id: &str,
    status: &str,
    since: OffsetDateTime,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from marketplace_order where reseller_id = $1 and status = $2 and as_of < $3) as "any!""#,
        id,
        status,
        since,
    )
    .fetch_one(db)
    .await?)
}

/// All customers of the reseller were read in a sweep that began then.
pub(in crate::sync) async fn customers_read(db: &mut PgConnection, id: &str, since: OffsetDateTime) -> Result<()> {
    sqlx::query!("update reseller set customers_as_of = $2 where id = $1", id, since).execute(db).await?;
    Ok(())
}

/// All its orders were, up to then.
pub(in crate::sync) async fn orders_read(db: &mut PgConnection, id: &str, since: OffsetDateTime) -> Result<()> {
    sqlx::query!("update reseller set orders_as_of = $2 where id = $1", id, since).execute(db).await?;
    Ok(())
}

/// Where the sweep is; `None` at its beginning.
pub(in crate::sync) async fn place(db: &mut PgConnection) -> Result<Option<Value>> {
    let place =
        sqlx::query_scalar!("select place from sync_progress where collection = $1", Collection::Resellers.name());
    Ok(place.fetch_optional(db).await?.flatten())
}

/// What a page adds to the progress.
pub(in crate::sync) struct Step<'a> {
    pub(in crate::sync) done: i32,
    /// Rows of the same list that are still to be read.
    pub(in crate::sync) left: i32,
    pub(in crate::sync) changed: i32,
    pub(in crate::sync) calls: i32,
    /// What could not be read so far in this sweep.
    pub(in crate::sync) problem: Option<&'a str>,
    /// Where the next page is; `None` at the end.
    pub(in crate::sync) place: Option<Value>,
}

/// One more page was read.
pub(in crate::sync) async fn page_read(db: &mut PgConnection, step: Step<'_>) -> Result<()> {
    sqlx::query!(
        "update sync_progress set done = done + $2, total = done + $2 + $3, changed = changed + $4, calls = calls + $5,
             error = $6, place = $7
         where collection = $1",
        Collection::Resellers.name(),
        step.done,
        step.left,
        step.changed,
        step.calls,
        step.problem,
        step.place,
    )
    .execute(db)
    .await?;
    Ok(())
}
