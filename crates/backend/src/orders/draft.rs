//! What a person wants to order, checked against the copy before the marketplace is asked anything.

use super::deed::Deed;
use super::sql;
use crate::stored::id_without_mpn;
use crate::{Backend, Error, Result};
use domain::{Money, SeatLimits, Seats};
use marketplace::models::{AlignExpiration, OrderLineRequest, OrderRequest, Period};
use uuid::Uuid;

/// Another number of seats for one product line of a subscription.
#[derive(Clone, Debug)]
pub struct SeatChange {
    /// The subscription.
    pub subscription_id: String,
    /// Which of its product lines, counted from 1.
    pub line: i32,
    /// The new number, as it was typed.
    pub seats: String,
    /// The number that was shown as the present one, where one was: what is placed starts from what was seen.
    pub from: Option<Seats>,
    /// The client's purchase order number.
    pub po_number: Option<String>,
}

/// A product line as it is now, with everything a change of its seats depends on.
#[derive(Clone, Debug)]
pub struct SeatsNow {
    /// The subscription.
    pub subscription_id: String,
    /// Its name.
    pub subscription_name: String,
    /// Its status, as the marketplace names it.
    pub status: String,
    /// Whose it is.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// Which product line, counted from 1.
    pub line: i32,
    /// The product.
    pub product_name: String,
    /// Its identifier.
    pub product_id: Option<String>,
    /// The vendor's number for it.
    pub mpn: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// The seats it has.
    pub seats: Seats,
    /// The fewest and most the catalogue allows, as far as the product is in the catalogue.
    pub limits: SeatLimits,
    /// The price of one seat per billing period.
    pub unit_price: Option<Money>,
    /// A seat's price depends on how many there are, as far as the product is in the catalogue: what another number costs per
    /// period is not known.
    pub price_varies: bool,
    /// The catalogue's price of one seat per billing period, as far as the product is in the catalogue.
    pub list_price: Option<Money>,
    /// What one seat costs the reseller per billing period.
    pub unit_cost: Option<Money>,
    /// How often it is billed.
    pub billing_period: Option<Period>,
    /// How long its term is.
    pub term: Option<Period>,
    /// When it is up for renewal.
    pub renews_on: Option<time::Date>,
    /// When these facts were read.
    pub as_of: time::OffsetDateTime,
    /// A change that is already under way.
    pub under_way: Option<Uuid>,
    /// A change that waits for the renewal.
    pub scheduled: Option<Uuid>,
}

/// The product line as it is now.
pub async fn seats_now(backend: &Backend, subscription_id: &str, line: i32) -> Result<SeatsNow> {
    sql::seats_now(&backend.pool, subscription_id, line).await?.ok_or(Error::NotFound("product line"))
}

/// A line as it will be sent and shown.
#[derive(Clone, Debug)]
pub(super) struct CheckedLine {
    pub(super) name: String,
    pub(super) before: Seats,
    pub(super) after: Seats,
    pub(super) vendor: Option<String>,
    pub(super) unit_price: Option<Money>,
    /// The catalogue's, where that is another one.
    pub(super) list_price: Option<Money>,
    pub(super) billing_period: Option<Period>,
    pub(super) request: OrderLineRequest,
}

/// An order that the copy has nothing against.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) customer_id: String,
    pub(super) subscription_id: Option<String>,
    pub(super) po_number: Option<String>,
    pub(super) lines: Vec<CheckedLine>,
    pub(super) deed: Deed,
    /// The draft that ends when this is placed.
    pub(super) draft: Option<Uuid>,
    /// What its terms end together with.
    pub(super) alignment: Option<AlignExpiration>,
}

impl Checked {
    /// The field that says how many seats there are to be: of a new order the one of its first line.
    pub(super) fn seats_field(&self) -> &'static str {
        if self.subscription_id.is_none() && self.deed == Deed::Lines { "seats-0" } else { "seats" }
    }

    /// The body of the estimate and, with the intent's mark in its attributes, of the order.
    pub(super) fn request(&self) -> OrderRequest {
        let lines = self.lines.iter().map(|line| line.request.clone()).collect();
        let request = self.deed.request(&self.customer_id, self.subscription_id.as_deref(), lines);
        OrderRequest {
            po_number: self.po_number.clone(),
            align_expiration_date: self.alignment.clone().or_else(|| request.align_expiration_date.clone()),
            ..request
        }
    }
}

/// Checks a change of seats against what is known of the subscription and the product.
pub(super) fn check_seat_change(change: &SeatChange, now: &SeatsNow) -> Result<Checked> {
    if now.status != "active" {
        return Err(Error::Conflict(format!(
            "This subscription is {}. Only the seats of an active subscription can be changed.",
            now.status
        )));
    }
    if let Some(from) = change.from.filter(|from| *from != now.seats) {
        return Err(Error::Conflict(format!(
            "The subscription has {} by now, not {from}. Look at the change again.",
            now.seats.in_words()
        )));
    }
    let seats = Seats::parse(&change.seats).map_err(|error| Error::invalid("seats", error.to_string()))?;
    if seats == now.seats {
        return Err(Error::invalid(
            "seats",
            format!("The subscription already has {}; enter another number", seats.in_words()),
        ));
    }
    if seats.get() == 0 {
        return Err(Error::invalid("seats", "Enter at least 1 seat; to end the subscription, cancel it"));
    }
    now.limits.check(seats).map_err(|error| Error::invalid("seats", error.to_string()))?;
    let line = CheckedLine {
        name: now.product_name.clone(),
        before: now.seats,
        after: seats,
        vendor: now.vendor.clone(),
        unit_price: now.unit_price.filter(|_| !now.price_varies),
        list_price: now.list_price.or(now.unit_price),
        billing_period: now.billing_period.clone(),
        request: OrderLineRequest {
            mpn: now.mpn.clone(),
            vendor: now.vendor.clone(),
            id: id_without_mpn(now.mpn.as_deref(), now.product_id.as_deref()),
            billing_period: now.billing_period.clone(),
            subscription_period: now.term.clone(),
            quantity: Some(seats.get().into()),
            ..OrderLineRequest::default()
        },
    };
    Ok(Checked {
        customer_id: now.customer_id.clone(),
        subscription_id: Some(now.subscription_id.clone()),
        po_number: po_number(change.po_number.as_deref())?,
        lines: vec![line],
        deed: Deed::Lines,
        draft: None,
        alignment: None,
    })
}

/// A second change for the same renewal.
pub(super) fn already_scheduled() -> Error {
    Error::Conflict(
        "A change with the next renewal is already placed. Cancel that order first if another number is wanted."
            .to_owned(),
    )
}

/// Trims; refuses what would not fit on one line of an invoice.
pub(super) fn po_number(text: Option<&str>) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match text {
        Some(text) if text.chars().count() > 64 || text.chars().any(char::is_control) => {
            Err(Error::invalid("po_number", "Use at most 64 characters on one line"))
        }
        text => Ok(text.map(ToOwned::to_owned)),
    }
}
