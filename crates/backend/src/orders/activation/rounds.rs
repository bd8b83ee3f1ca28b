//! The rounds: ask, keep what was entered, check it, and check it once more before the order is placed.

use super::kept::{EnteredValue, LineParameters};
use super::sql;
use crate::orders::NewOrder;
use crate::orders::draft::{Checked, CheckedLine, check_new_order};
use crate::session_store::ABSOLUTE;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use marketplace::models::{ParameterValue, ProductParameters, ValidatedProduct, ValidationRequest};
use uuid::Uuid;

/// What the marketplace asks for each line of an order.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Where it is kept; `None` when nothing is asked for.
    pub draft: Option<Uuid>,
    /// One entry for each line of the order.
    pub lines: Vec<LineParameters>,
}

impl Asked {
    /// Anything is asked for at all.
    pub fn has_fields(&self) -> bool {
        self.lines.iter().any(|line| !line.fields.is_empty())
    }

    /// Nothing is left to enter.
    pub fn is_settled(&self) -> bool {
        self.lines.iter().all(LineParameters::is_settled)
    }
}

/// The activation parameters of the order's lines, as kept; the marketplace is asked only about lines that are not.
pub async fn order_parameters(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Asked> {
    staff.require(Permission::PlaceOrders)?;
    let checked = check_new_order(backend, staff, order).await?;
    let kept = find(backend, staff, order.parameters).await?;
    let draft = order.parameters.filter(|_| kept.is_some());
    let kept = kept.unwrap_or_default();
    let is_kept = |key: &str| kept.iter().any(|line| line.product_key == key);
    let mut new: Vec<LineParameters> = order
        .lines
        .iter()
        .filter(|line| !is_kept(&line.product_key))
        .map(|line| LineParameters::of(&line.product_key))
        .collect();
    let is_complete = new.is_empty();
    if !is_complete {
        validate(backend, order, &checked, &mut new).await?;
    }
    let all: Vec<LineParameters> = kept.into_iter().chain(new).collect();
    let of = |key: &str| all.iter().find(|line| line.product_key == key).cloned();
    let lines = order.lines.iter().filter_map(|line| of(&line.product_key)).collect();
    let asked = Asked { draft, lines };
    match draft {
        Some(_) if is_complete => Ok(asked),
        Some(id) => {
            sql::update(&backend.pool, id, &all, expiry(backend)).await?;
            Ok(asked)
        }
        None if asked.has_fields() => {
            sql::delete_expired(&backend.pool, backend.clock.now()).await?;
            let id = sql::insert(&backend.pool, staff.id, &all, expiry(backend)).await?;
            Ok(Asked { draft: Some(id), ..asked })
        }
        None => Ok(asked),
    }
}

/// Keeps what was entered, before anybody is asked about it. [`Error::Conflict`] when the draft has expired.
pub async fn keep_parameters(backend: &Backend, staff: &Staff, draft: Uuid, entered: &[EnteredValue]) -> Result<()> {
    staff.require(Permission::PlaceOrders)?;
    let mut lines = find(backend, staff, Some(draft)).await?.ok_or_else(expired)?;
    for line in &mut lines {
        line.enter(entered);
    }
    Ok(sql::update(&backend.pool, draft, &lines, expiry(backend)).await?)
}

/// One round: has the marketplace check what is kept, and keeps its answer. What it refuses or asks for besides is in the
/// answer, not an error.
pub async fn check_parameters(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Asked> {
    let Asked { draft, mut lines } = order_parameters(backend, staff, order).await?;
    let Some(id) = draft else { return Ok(Asked { draft, lines }) };
    let checked = check_new_order(backend, staff, order).await?;
    validate(backend, order, &checked, &mut lines).await?;
    let kept = find(backend, staff, Some(id)).await?.unwrap_or_default();
    let is_new = |line: &LineParameters| lines.iter().all(|other| other.product_key != line.product_key);
    let all: Vec<LineParameters> = kept.into_iter().filter(is_new).chain(lines.iter().cloned()).collect();
    sql::update(&backend.pool, id, &all, expiry(backend)).await?;
    Ok(Asked { draft, lines })
}

/// Checks everything once more, just before the order is placed. Orders of products that ask for nothing pass.
pub(in crate::orders) async fn confirm(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<()> {
    let before = order_parameters(backend, staff, order).await?;
    if !before.has_fields() {
        return Ok(());
    }
    // A draft that is made only now was never shown to anybody.
    let seen = before.draft.is_some() && before.draft == order.parameters && before.is_settled();
    if seen && check_parameters(backend, staff, order).await?.is_settled() {
        return Ok(());
    }
    Err(Error::Conflict(
        "The marketplace does not accept the activation parameters as they are. Look at them again.".to_owned(),
    ))
}

/// What is kept for the product, as it is sent.
pub(in crate::orders) async fn kept_parameters(
    backend: &Backend,
    staff: &Staff,
    order: &NewOrder,
    product_key: &str,
) -> Result<Vec<ParameterValue>> {
    let kept = find(backend, staff, order.parameters).await?.unwrap_or_default();
    let line = kept.iter().find(|line| line.product_key == product_key && line.is_settled());
    Ok(line.map(LineParameters::values).unwrap_or_default())
}

async fn validate(backend: &Backend, order: &NewOrder, checked: &Checked, lines: &mut [LineParameters]) -> Result<()> {
    let product = |line: &LineParameters| {
        let at = order.lines.iter().position(|other| other.product_key == line.product_key)?;
        Some(asked_for(&checked.lines[at], line))
    };
    let products: Vec<ProductParameters> = lines.iter().filter_map(product).collect();
    let request =
        ValidationRequest { products: products.clone(), ..ValidationRequest::new(order.customer_id.as_str()) };
    let answers = backend.marketplace()?.validate_parameters(&request).await?;
    let in_order = answers.len() == products.len();
    for (at, (line, product)) in lines.iter_mut().zip(&products).enumerate() {
        let answer = if in_order { answers.get(at) } else { answers.iter().find(|answer| is_about(answer, product)) };
        line.take(answer);
    }
    Ok(())
}

fn asked_for(line: &CheckedLine, kept: &LineParameters) -> ProductParameters {
    let request = line.request.clone();
    ProductParameters {
        id: request.id,
        mpn: request.mpn,
        vendor: request.vendor,
        billing_period: request.billing_period,
        subscription_period: request.subscription_period,
        quantity: request.quantity,
        draft_request_id: kept.draft_request_id(),
        parameters: kept.values(),
    }
}

fn is_about(answer: &ValidatedProduct, asked: &ProductParameters) -> bool {
    answer.mpn == asked.mpn
        && answer.billing_period == asked.billing_period
        && answer.subscription_period == asked.subscription_period
}

async fn find(backend: &Backend, staff: &Staff, draft: Option<Uuid>) -> Result<Option<Vec<LineParameters>>> {
    let Some(id) = draft else { return Ok(None) };
    Ok(sql::find(&backend.pool, id, staff.id, backend.clock.now()).await?)
}

/// As long as a person can stay signed in, from the last time it was touched.
fn expiry(backend: &Backend) -> time::OffsetDateTime {
    backend.clock.now() + ABSOLUTE
}

fn expired() -> Error {
    Error::Conflict("The activation parameters were kept for a working day and are gone. Enter them again.".to_owned())
}
