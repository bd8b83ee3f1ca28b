//! What an order would cost: one live call to the marketplace.

use super::amounts::amounts;
use super::approval::reasons;
use super::draft::{Checked, SeatChange, check_seat_change, seats_now};
use super::limits::ensure_within;
use super::new_order::{NewOrder, check_new_order};
use super::repeat::{PlacedBefore, placed_before};
use super::worth::{dearer, worth};
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::{Money, Permission, Seats};
use marketplace::models::{Estimate, Period};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// An estimate, as people need it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// Each line with the marketplace's amount.
    pub lines: Vec<QuotedLine>,
    /// What is charged now, before tax; negative is a credit.
    pub now: Option<Money>,
    /// What of it the reseller pays; only for those who may see costs.
    pub cost_now: Option<Money>,
    /// What recurs before and after, one entry for each billing period and currency. From the prices in the copy.
    pub per_period: Vec<PeriodAmount>,
    /// When the marketplace said so.
    #[serde(with = "time::serde::rfc3339")]
    pub estimated_at: OffsetDateTime,
    /// Until when this can be undone if it is placed now; `None` where the vendor's rule is not known.
    #[serde(with = "time::serde::rfc3339::option")]
    pub undo_until: Option<OffsetDateTime>,
    /// The marketplace would carry it out with the renewal.
    #[serde(default)]
    pub at_renewal: bool,
    /// The same order, which the person placed a moment ago.
    #[serde(skip)]
    pub placed_before: Option<PlacedBefore>,
    /// Why it has to wait for a second person, in words; empty where it need not.
    #[serde(default)]
    pub approval: Vec<String>,
}

/// One line of an estimate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuotedLine {
    /// The product.
    pub name: String,
    /// Seats it has.
    pub before: Seats,
    /// Seats it would have.
    pub after: Seats,
    /// What the line costs now.
    pub amount: Option<Money>,
    /// What one seat is worth per billing period, whatever special price there is: what a role's limit is held against.
    #[serde(default)]
    pub list_price: Option<Money>,
}

/// What recurs per billing period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodAmount {
    /// `month`, `year`, `3 months`.
    pub period: String,
    /// What recurs today; `None` for something new.
    pub before: Option<Money>,
    /// What would recur.
    pub after: Money,
}

/// What another number of seats would cost.
pub async fn estimate_seat_change(backend: &Backend, staff: &Staff, change: &SeatChange) -> Result<Quote> {
    staff.require(Permission::ChangeSeats)?;
    let now = seats_now(backend, &change.subscription_id, change.line).await?;
    quote(backend, staff, &check_seat_change(change, &now)?).await
}

/// What a new order would cost.
pub async fn estimate_new_order(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Quote> {
    staff.require(Permission::PlaceOrders)?;
    quote(backend, staff, &check_new_order(backend, staff, order).await?).await
}

/// Whoever reviews an order and whoever places it both ask here, so neither goes beyond a limit of their role.
pub(super) async fn quote(backend: &Backend, staff: &Staff, order: &Checked) -> Result<Quote> {
    let request = order.request();
    let answer = backend.marketplace()?.estimate_order(&request).await?;
    let estimated_at = backend.clock.now();
    let windows = order.lines.iter().map(|line| backend.undo_windows.until(line.vendor.as_deref()?, estimated_at));
    let undo_until = windows.collect::<Option<Vec<_>>>().and_then(|windows| windows.into_iter().min());
    let undo_until = undo_until.filter(|_| order.deed.can_be_undone());
    let now = total(&answer);
    let lines = quoted_lines(order, &answer);
    ensure_within(backend, staff, order.seats_field(), worth(&request, &lines, &answer), &lines).await?;
    Ok(Quote {
        lines,
        now,
        cost_now: cost(&answer).filter(|_| staff.role.may(Permission::ViewCosts)),
        per_period: per_period(order),
        estimated_at,
        undo_until,
        at_renewal: order.deed.at_renewal() || answer.scheduled_on.is_some(),
        placed_before: placed_before(&backend.pool, backend, staff, order).await?,
        approval: reasons(backend, staff, order, now).await?,
    })
}

/// What is charged now; negative is a credit.
pub(crate) fn total(answer: &Estimate) -> Option<Money> {
    let of_lines = || answer.products.iter().map(|line| line.extended_price).collect::<Option<Vec<_>>>();
    answer.total.or_else(|| sum(of_lines()?.into_iter()))
}

fn quoted_lines(order: &Checked, answer: &Estimate) -> Vec<QuotedLine> {
    order
        .lines
        .iter()
        .zip(amounts(&order.lines, &answer.products))
        .map(|(line, amount)| QuotedLine {
            name: line.name.clone(),
            before: line.before,
            after: line.after,
            amount,
            list_price: dearer(line.unit_price, line.list_price),
        })
        .collect()
}

/// The plain figures of the price lines are the reseller's side (assumed).
pub(super) fn cost(answer: &Estimate) -> Option<Money> {
    sum(answer.details.iter().filter_map(|detail| detail.extended_price))
}

/// `None` for nothing and for different currencies.
fn sum(mut amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let first = amounts.next()?;
    amounts.try_fold(first, Money::checked_add)
}

/// Nothing where one of the lines has no price or period: a sum without it would look complete.
fn per_period(order: &Checked) -> Vec<PeriodAmount> {
    let mut amounts: Vec<PeriodAmount> = Vec::new();
    for line in &order.lines {
        let Some((price, period)) = line.unit_price.zip(line.billing_period.as_ref()) else { return Vec::new() };
        let times = |seats: Seats| price.checked_mul(seats.get().into());
        let Some(after) = times(line.after) else { continue };
        let before = order.subscription_id.as_ref().and_then(|_| times(line.before));
        let period = words(period);
        match amounts.iter_mut().find(|sum| sum.period == period && sum.after.currency == after.currency) {
            Some(sum) => {
                sum.after = sum.after.checked_add(after).unwrap_or(sum.after);
                sum.before = sum.before.zip(before).and_then(|(sum, before)| sum.checked_add(before));
            }
            None => amounts.push(PeriodAmount { period, before, after }),
        }
    }
    amounts
}

/// How a period reads after "per".
fn words(period: &Period) -> String {
    let unit = period.kind.as_str().replace('_', " ");
    if period.duration == 1 { unit } else { format!("{} {unit}s", period.duration) }
}
