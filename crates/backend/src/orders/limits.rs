//! Whether an order is within the limits of a role: one function for the review, for the placing and for the approval; and
//! whether a special price is.

use super::draft::SeatsNow;
use super::estimate::QuotedLine;
use super::worth::dearer;
use crate::staff::Staff;
use crate::{Backend, Error, Result, approvals};
use domain::{Beyond, Money};

/// Fails with [`Error::Invalid`], naming `field`, where the order goes beyond a limit of the person's role. `value` is what it
/// is worth.
pub(crate) async fn ensure_within(
    backend: &Backend,
    staff: &Staff,
    field: &str,
    value: Option<Money>,
    lines: &[QuotedLine],
) -> Result<()> {
    let seats = lines.iter().map(|line| (line.before, line.after));
    match staff.role.limits().beyond(value, seats) {
        None => Ok(()),
        Some(beyond) => Err(Error::invalid(field, refusal(backend, beyond).await?)),
    }
}

/// Fails with [`Error::Invalid`], naming `price`, where the seats whose price is set are worth more for a billing period, at the
/// greatest of their price in the copy, the catalogue's and the new one, than the person's role may order.
pub(crate) fn ensure_may_price(staff: &Staff, now: &SeatsNow, price: Money) -> Result<()> {
    let known = dearer(now.unit_price, now.list_price);
    let unit = known.and_then(|known| dearer(Some(known), Some(price)));
    let value = unit.and_then(|unit| unit.checked_mul(now.seats.get().into()));
    let Some(Beyond::Value { limit, value }) = staff.role.limits().beyond_value(value) else { return Ok(()) };
    let worth = match value {
        Some(value) => format!("These seats are worth {} for a billing period", value.display()),
        None => "What these seats are worth is not known".to_owned(),
    };
    let limit = limit.display();
    Err(Error::invalid(
        "price",
        format!("{worth}. Your role allows up to {limit}. Ask somebody whose role allows more"),
    ))
}

/// The limit, and the remedy.
async fn refusal(backend: &Backend, beyond: Beyond) -> Result<String> {
    let remedy = match beyond {
        Beyond::Seats { .. } => "Enter fewer seats, or ask somebody whose role allows more",
        Beyond::Value { .. } => "Order less, or ask somebody whose role allows more",
    };
    let waits = !approvals::list(backend).await?.is_empty();
    let approval = if waits { ". Approval by somebody else does not lift this limit" } else { "" };
    Ok(format!("{beyond}. {remedy}{approval}"))
}
