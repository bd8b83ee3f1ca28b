use super::json;
use crate::Result;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Serialize)]
pub(in crate::sync) struct OrderRow<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) order_number: Option<&'a str>,
    pub(in crate::sync) kind: String,
    pub(in crate::sync) customer_id: &'a str,
    pub(in crate::sync) status: String,
    pub(in crate::sync) status_code: Option<&'a str>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::sync) created_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::sync) provisioned_at: Option<OffsetDateTime>,
    pub(in crate::sync) total_amount: Option<Decimal>,
    pub(in crate::sync) total_currency: Option<String>,
    pub(in crate::sync) attributes: Value,
    pub(in crate::sync) po_number: Option<&'a str>,
    pub(in crate::sync) subscription_id: Option<&'a str>,
    pub(in crate::sync) scheduled_on: Option<String>,
}

/// What only the detail tells.
pub(in crate::sync) struct OrderFacts<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) lines: Value,
    pub(in crate::sync) charges: Value,
    pub(in crate::sync) terms: Value,
}

/// Where rows were read.
#[derive(Clone, Copy)]
pub(in crate::sync) enum Source<'a> {
    /// In a list, of the account's own orders or of a reseller's below it. The digests of its rows are kept.
    List { reseller: Option<&'a str> },
    /// On their own.
    Detail,
}

/// Answers how many are new or changed. Whose customer's an order is, only a reseller's list says; elsewhere it follows
/// from the customer, as far as that is known.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[OrderRow<'_>],
    source: Source<'_>,
    as_of: OffsetDateTime,
) -> Result<i64> {
    let (listed, reseller) = match source {
        Source::List { reseller } => (true, reseller),
        Source::Detail => (false, None),
    };
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) *, case when $3 then md5(row(id, order_number, kind, customer_id, status, status_code,
                created_at, provisioned_at, total_amount, total_currency, attributes, po_number, subscription_id,
                scheduled_on)::text) end as list_key
            from jsonb_to_recordset($1) as row (
                id text, order_number text, kind text, customer_id text, status text, status_code text,
                created_at timestamptz, provisioned_at timestamptz, total_amount numeric, total_currency text,
                attributes jsonb, po_number text, subscription_id text, scheduled_on text)
        ), before as (
            select old.id, old.list_key from marketplace_order as old join page using (id)
        ), stored as (
            insert into marketplace_order as old (id, order_number, kind, customer_id, status, status_code, created_at,
                provisioned_at, total_amount, total_currency, attributes, po_number, subscription_id, scheduled_on,
                list_key, as_of, reseller_id)
            select id, order_number, kind, customer_id, status, status_code, created_at,
                provisioned_at, total_amount, total_currency, attributes, po_number, subscription_id, scheduled_on,
                list_key, $2, coalesce($4, (select c.reseller_id from customer c where c.id = page.customer_id))
            from page
            on conflict (id) do update set
                order_number = excluded.order_number, kind = excluded.kind, customer_id = excluded.customer_id,
                status = excluded.status, status_code = excluded.status_code, created_at = excluded.created_at,
                provisioned_at = excluded.provisioned_at, total_amount = excluded.total_amount,
                total_currency = excluded.total_currency, attributes = excluded.attributes,
                po_number = coalesce(excluded.po_number, old.po_number),
                subscription_id = coalesce(excluded.subscription_id, old.subscription_id),
                scheduled_on = coalesce(excluded.scheduled_on, old.scheduled_on),
                list_key = coalesce(excluded.list_key, old.list_key), as_of = excluded.as_of,
                reseller_id = coalesce(excluded.reseller_id, old.reseller_id)
            where old.as_of <= excluded.as_of
            returning id, list_key
        )
        select count(*) as "changed!" from stored left join before using (id)
        where before.list_key is distinct from stored.list_key"#,
        json(rows)?,
        as_of,
        listed,
        reseller,
    )
    .fetch_one(db)
    .await?)
}

/// As for subscriptions.
pub(in crate::sync) async fn list_key(db: &mut PgConnection, id: &str) -> Result<Option<String>> {
    let key = sqlx::query_scalar!("select list_key from marketplace_order where id = $1", id);
    Ok(key.fetch_optional(db).await?.flatten())
}

/// As for subscriptions.
pub(in crate::sync) async fn detail_key(db: &mut PgConnection, id: &str) -> Result<Option<String>> {
    let key = sqlx::query_scalar!("select detail_key from marketplace_order where id = $1", id);
    Ok(key.fetch_optional(db).await?.flatten())
}

/// Stores what only the detail tells, unless fresher facts are stored already.
pub(in crate::sync) async fn update_detail(
    db: &mut PgConnection,
    facts: &OrderFacts<'_>,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update marketplace_order set lines = $2, charges = $3, terms = $6, detail_key = $4, detailed_at = $5,
         detail_failed_at = null where id = $1 and (detailed_at is null or detailed_at <= $5)",
        facts.id,
        facts.lines,
        facts.charges,
        key,
        as_of,
        facts.terms,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has the detail of an order's subscription read again if it was last read before the order was completed.
pub(in crate::sync) async fn outdate_subscription(db: &mut PgConnection, order_id: &str) -> Result<()> {
    sqlx::query!(
        "update subscription set detail_key = null from marketplace_order as o
         where o.id = $1 and o.status = 'completed' and subscription.id = o.subscription_id
         and subscription.detailed_at < coalesce(o.provisioned_at, o.created_at)",
        order_id,
    )
    .execute(db)
    .await?;
    Ok(())
}
