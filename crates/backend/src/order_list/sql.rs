use super::{Charge, Contents, OpenOrder, Order, OrderLine, OrderRow, OrderTerms, Which};
use crate::stored::money;
use crate::{Error, Result};
use domain::IntentState;
use marketplace::models;
use serde::Deserialize;
use sqlx::PgPool;
use sqlx::types::Json;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Only an order that waits for the renewal says when it is scheduled.
pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<OrderRow>> {
    let rows = sqlx::query!(
        r#"select o.id as "id!", o.order_number, o.kind as "kind!", o.status as "status!",
           o.scheduled_on is not null as "at_renewal!", o.customer_id as "customer_id!", c.name as "customer_name?",
           r.name as "reseller_name?", o.po_number, o.total_amount, o.total_currency, o.created_at
           from marketplace_order o left join customer c on c.id = o.customer_id
           left join reseller r on r.id = o.reseller_id where o.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|row| OrderRow {
        id: row.id,
        order_number: row.order_number,
        kind: row.kind,
        status: row.status,
        at_renewal: row.at_renewal,
        customer_id: row.customer_id,
        customer_name: row.customer_name,
        reseller_name: row.reseller_name,
        po_number: row.po_number,
        total: money(row.total_amount, row.total_currency.as_deref()),
        created_at: row.created_at,
    });
    Ok(rows.collect())
}

/// Whether it is a customer's id. An order may be copied before its customer is, and placed before either.
pub(super) async fn is_a_customer(pool: &PgPool, text: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from customer where id = $1)
           or exists (select from marketplace_order where customer_id = $1)
           or exists (select from intent where customer_id = $1) as "known!""#,
        text,
    )
    .fetch_one(pool)
    .await?)
}

pub(super) async fn open(
    pool: &PgPool,
    managed_by: Option<Uuid>,
    failed_since: OffsetDateTime,
) -> Result<Vec<OpenOrder>> {
    let rows = sqlx::query_as!(
        Placed,
        r#"select i.id as "id!", i.kind as "kind!", i.state as "state!", i.customer_id as "customer_id!",
           (select c.name from customer c where c.id = i.customer_id) as customer_name,
           i.lines as "lines!: Json<Vec<Named>>", i.order_number, i.po_number,
           s.name as "requested_by!", i.created_at as "created_at!", i.problem
           from intent i join staff s on s.id = i.requested_by
           where (i.state not in ('completed', 'failed', 'cancelled', 'absent')
               or (i.state in ('failed', 'absent') and coalesce(i.settled_at, i.created_at) > $1))
           and ($2::uuid is null or i.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $2))
           order by i.created_at desc, i.id"#,
        failed_since,
        managed_by,
    );
    rows.fetch_all(pool).await?.into_iter().map(OpenOrder::try_from).collect()
}

/// The newest first, as the list that found them has it.
pub(super) async fn placed_here(pool: &PgPool, ids: &[String]) -> Result<Vec<OpenOrder>> {
    let rows = sqlx::query_as!(
        Placed,
        r#"select i.id as "id!", i.kind as "kind!", i.state as "state!", i.customer_id as "customer_id!",
           (select c.name from customer c where c.id = i.customer_id) as customer_name,
           i.lines as "lines!: Json<Vec<Named>>", i.order_number, i.po_number,
           s.name as "requested_by!", i.created_at as "created_at!", i.problem
           from intent i join staff s on s.id = i.requested_by
           where i.id = any(($1::text[])::uuid[]) order by i.created_at desc, i.id::text desc"#,
        ids,
    );
    rows.fetch_all(pool).await?.into_iter().map(OpenOrder::try_from).collect()
}

/// An order placed here, as it is stored.
struct Placed {
    id: Uuid,
    kind: String,
    state: String,
    customer_id: String,
    customer_name: Option<String>,
    lines: Json<Vec<Named>>,
    order_number: Option<String>,
    po_number: Option<String>,
    requested_by: String,
    created_at: OffsetDateTime,
    problem: Option<String>,
}

impl TryFrom<Placed> for OpenOrder {
    type Error = Error;

    fn try_from(row: Placed) -> Result<Self> {
        let state: IntentState =
            row.state.parse().map_err(|error: domain::UnknownIntentState| Error::Stored(error.to_string()))?;
        Ok(Self {
            id: row.id,
            kind: row.kind,
            state,
            status: state.as_str().to_owned(),
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            products: row.lines.0.into_iter().map(|line| line.name).collect(),
            order_number: row.order_number,
            po_number: row.po_number,
            requested_by: row.requested_by,
            created_at: row.created_at,
            problem: row.problem,
        })
    }
}

pub(super) async fn which_of_intent(pool: &PgPool, id: Uuid) -> Result<Option<Which>> {
    Ok(sqlx::query_as!(
        Which,
        r#"select i.id as "intent_id?", o.id as "order_id?"
           from intent i left join marketplace_order o on o.id = i.order_id where i.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?)
}

/// An order that is not copied yet is found through the intent that knows its identifier.
pub(super) async fn which_of_order(pool: &PgPool, id: &str) -> Result<Option<Which>> {
    Ok(sqlx::query_as!(
        Which,
        r#"select i.id as "intent_id?", o.id as "order_id?"
           from (select id from marketplace_order where id = $1) o
           full join (select id, order_id from intent where order_id = $1 order by created_at limit 1) i
           on i.order_id = o.id"#,
        id,
    )
    .fetch_optional(pool)
    .await?)
}

pub(super) async fn get(pool: &PgPool, id: &str, now: OffsetDateTime) -> Result<Option<Order>> {
    let row = sqlx::query!(
        r#"select o.id as "id!", o.order_number, o.kind as "kind!", o.status as "status!", o.status_code,
           o.scheduled_on is not null as "at_renewal!", o.customer_id as "customer_id!", c.name as "customer_name?", o.subscription_id, s.name as "subscription_name?", o.po_number,
           o.created_at, o.provisioned_at, o.total_amount, o.total_currency,
           o.lines as "lines: Json<Vec<models::OrderLine>>", o.charges as "charges: Json<Vec<models::OrderDetail>>",
           o.terms as "terms: Json<OrderTerms>", o.attributes as "attributes!: Json<BTreeMap<String, String>>",
           o.detail_wanted_at, o.detail_failed_at, o.as_of as "as_of!"
           from marketplace_order o left join customer c on c.id = o.customer_id
           left join subscription s on s.id = o.subscription_id where o.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Order {
        id: row.id,
        order_number: row.order_number,
        kind: row.kind,
        status: row.status,
        status_code: row.status_code,
        at_renewal: row.at_renewal,
        customer_id: row.customer_id,
        customer_name: row.customer_name,
        subscription_id: row.subscription_id,
        subscription_name: row.subscription_name,
        po_number: row.po_number,
        created_at: row.created_at,
        provisioned_at: row.provisioned_at,
        total: money(row.total_amount, row.total_currency.as_deref()),
        contents: match (&row.lines, row.detail_wanted_at) {
            (Some(_), _) => Contents::Read,
            (None, Some(wanted)) if row.detail_failed_at >= Some(wanted) => Contents::NotReadable,
            (None, Some(wanted)) if now - wanted < PATIENCE => Contents::BeingRead,
            (None, _) => Contents::NotAskedFor,
        },
        lines: row.lines.map(|Json(lines)| lines.into_iter().map(OrderLine::from).collect()),
        charges: row.charges.map(|Json(charges)| charges.into_iter().map(Charge::from).collect()),
        terms: row.terms.map(|Json(terms)| terms),
        attributes: row.attributes.0.into_iter().collect(),
        as_of: row.as_of,
    }))
}

/// Whether the caller is the one to read the order's contents now.
pub(super) async fn want_contents(pool: &PgPool, id: &str, now: OffsetDateTime) -> Result<bool> {
    let wanted = sqlx::query!(
        "update marketplace_order set detail_wanted_at = $2
         where id = $1 and lines is null and (detail_wanted_at is null or detail_wanted_at < $3)",
        id,
        now,
        now - PATIENCE,
    );
    Ok(wanted.execute(pool).await?.rows_affected() == 1)
}

/// Longer than a read may take with its repetitions: after this it is asked for again.
const PATIENCE: Duration = Duration::seconds(30);

/// What the list needs of an intent's line.
#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

impl From<models::OrderLine> for OrderLine {
    fn from(line: models::OrderLine) -> Self {
        let number = line.mpn.or(line.id.map(Into::into));
        Self {
            name: line.name.or_else(|| number.clone()).unwrap_or_default(),
            number,
            vendor: line.vendor,
            price: line.extended_price,
            quantity: line.quantity.map(|quantity| quantity.normalize()),
        }
    }
}

impl From<models::OrderDetail> for Charge {
    fn from(detail: models::OrderDetail) -> Self {
        let kind = detail.kind.map(|kind| kind.to_string());
        Self {
            description: detail.description.or_else(|| kind.clone()).unwrap_or_default(),
            kind,
            tax: detail.sales_tax_amount.or(detail.sales_exclusive_tax_amount),
            quantity: detail.quantity.map(|quantity| quantity.normalize()),
            price: detail.sales_extended_price,
            cost: detail.extended_price,
        }
    }
}
