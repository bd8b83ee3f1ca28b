//! The rounds: ask, keep what was entered, check it, and check it once more before the order is placed.

use super::kept::{EnteredValue, LineParameters};
use super::sql;
use crate::orders::NewOrder;
use crate::orders::draft::{Checked, CheckedLine};
use crate::orders::new_order::check_new_order;
use crate::session_store::ABSOLUTE;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use marketplace::models::{ProductParameters, ValidatedProduct, ValidationRequest};
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
    Ok(begin(backend, staff, order).await?.asked)
}

/// An order on its way through a round.
struct Begun {
    asked: Asked,
    /// Kept of products that were in the order and may be again.
    others: Vec<LineParameters>,
    checked: Checked,
}

async fn begin(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Begun> {
    let checked = check_new_order(backend, staff, order).await?;
    let kept = find(backend, staff, order.parameters).await?;
    let draft = order.parameters.filter(|_| kept.is_some());
    let mut others = kept.unwrap_or_default();
    let mut lines = Vec::with_capacity(order.lines.len());
    let mut new = Vec::new();
    for line in &order.lines {
        match others.iter().position(|kept| kept.product_key == line.product_key) {
            Some(at) => lines.push(others.remove(at)),
            None => new.push(LineParameters::of(&line.product_key)),
        }
    }
    let is_complete = new.is_empty();
    if !is_complete {
        validate(backend, order, &checked, &mut new).await?;
        lines.extend(new);
        lines.sort_by_key(|line| order.lines.iter().position(|other| other.product_key == line.product_key));
    }
    let mut asked = Asked { draft, lines };
    match draft {
        Some(_) if is_complete => {}
        Some(id) => keep(backend, id, &asked.lines, &others).await?,
        None if asked.has_fields() => {
            asked.draft = Some(sql::insert(&backend.pool, staff.id, &asked.lines, expiry(backend)).await?);
        }
        None => {}
    }
    Ok(Begun { asked, others, checked })
}

/// Keeps what was entered, before anybody is asked about it. [`Error::Conflict`] when the draft has expired.
pub async fn keep_parameters(backend: &Backend, staff: &Staff, draft: Uuid, entered: &[EnteredValue]) -> Result<()> {
    staff.require(Permission::PlaceOrders)?;
    let mut lines = find(backend, staff, Some(draft)).await?.ok_or_else(expired)?;
    for line in &mut lines {
        line.enter(entered);
    }
    keep(backend, draft, &lines, &[]).await
}

/// One round: has the marketplace check what is kept, and keeps its answer. What it refuses or asks for besides is in the
/// answer, not an error.
pub async fn check_parameters(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Asked> {
    staff.require(Permission::PlaceOrders)?;
    let begun = begin(backend, staff, order).await?;
    round(backend, order, begun).await
}

async fn round(backend: &Backend, order: &NewOrder, Begun { mut asked, others, checked }: Begun) -> Result<Asked> {
    if let Some(id) = asked.draft {
        validate(backend, order, &checked, &mut asked.lines).await?;
        keep(backend, id, &asked.lines, &others).await?;
    }
    Ok(asked)
}

/// Checks everything once more, just before the order is placed. Orders of products that ask for nothing pass.
pub(in crate::orders) async fn confirm(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<()> {
    let begun = begin(backend, staff, order).await?;
    let before = &begun.asked;
    if !before.has_fields() {
        return Ok(());
    }
    // A draft that is made only now was never shown to anybody.
    let seen = before.draft.is_some() && before.draft == order.parameters && before.is_settled();
    if seen && round(backend, order, begun).await?.is_settled() {
        return Ok(());
    }
    Err(Error::Conflict(
        "The marketplace does not accept the activation parameters as they are. Look at them again.".to_owned(),
    ))
}

/// The order that was placed with the parameters of that draft, which ended with it; `None` while it is there.
pub async fn placed_from(backend: &Backend, staff: &Staff, draft: Uuid) -> Result<Option<Uuid>> {
    match find(backend, staff, Some(draft)).await? {
        Some(_) => Ok(None),
        None => Ok(sql::placed_from(&backend.pool, draft, staff.id).await?),
    }
}

/// What is kept for the order's products; empty where nothing is.
pub(in crate::orders) async fn kept_parameters(
    backend: &Backend,
    staff: &Staff,
    order: &NewOrder,
) -> Result<Vec<LineParameters>> {
    Ok(find(backend, staff, order.parameters).await?.unwrap_or_default())
}

async fn keep(backend: &Backend, draft: Uuid, lines: &[LineParameters], others: &[LineParameters]) -> Result<()> {
    Ok(sql::update(&backend.pool, draft, &[lines, others].concat(), expiry(backend)).await?)
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

/// Deletes what was entered for orders that nobody went on with.
pub async fn delete_expired_drafts(backend: &Backend) -> Result<()> {
    Ok(sql::delete_expired(&backend.pool, backend.clock.now()).await?)
}
