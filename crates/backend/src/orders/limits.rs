//! Whether an order is within the limits of a role: one function for the review, for the placing and for the approval.

use crate::staff::Staff;
use crate::{Backend, Error, Result, approvals};
use domain::{Beyond, Money, Seats};

/// Fails with [`Error::Invalid`], naming `field`, where the order goes beyond a limit of the person's role.
pub(crate) async fn ensure_within(
    backend: &Backend,
    staff: &Staff,
    field: &str,
    value: Option<Money>,
    seats: impl Iterator<Item = (Seats, Seats)>,
) -> Result<()> {
    match staff.role.limits().beyond(value, seats) {
        None => Ok(()),
        Some(beyond) => Err(Error::invalid(field, refusal(backend, beyond).await?)),
    }
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
