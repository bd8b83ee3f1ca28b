//! What a person wants to order, checked against the copy before the marketplace is asked anything.

use super::activation::{LineParameters, kept_parameters};
use super::alignment::{self, EndWith};
use super::deed::Deed;
use super::sql;
use crate::staff::Staff;
use crate::stored::id_without_mpn;
use crate::subscriptions::parse_price;
use crate::{Backend, Error, FieldError, Result};
use domain::{Money, Permission, ProductId, SeatLimits, Seats};
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
    /// The client's purchase order number.
    pub po_number: Option<String>,
}

/// An order for new subscriptions of one customer.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// The customer.
    pub customer_id: String,
    /// The client's purchase order number.
    pub po_number: Option<String>,
    /// What is ordered; at least one line.
    pub lines: Vec<NewLine>,
    /// Where its activation parameters are kept, once there are any.
    pub parameters: Option<Uuid>,
    /// What its terms end together with; `None` for their own full length.
    pub end_with: Option<EndWith>,
}

/// One product of a new order.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// The catalogue's key of the product.
    pub product_key: String,
    /// How many.
    pub seats: Seats,
    /// What one seat costs the customer instead of the catalogue's price, as it was typed. Only for those who may see
    /// costs.
    pub special_price: Option<String>,
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
    let seats = Seats::parse(&change.seats).map_err(|error| Error::invalid("seats", error.to_string()))?;
    if seats == now.seats {
        return Err(Error::invalid(
            "seats",
            format!("The subscription already has {seats} seats; enter another number"),
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
        unit_price: now.unit_price,
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

/// Checks a new order against the customer and the catalogue, and adds the activation parameters kept for it.
pub(super) async fn check_new_order(backend: &Backend, staff: &Staff, order: &NewOrder) -> Result<Checked> {
    check_customer(backend, &order.customer_id).await?;
    if order.lines.iter().any(|line| line.special_price.is_some()) {
        staff.require(Permission::ViewCosts)?;
    }
    if order.lines.is_empty() {
        return Err(Error::invalid("products", "Choose at least one product"));
    }
    let kept = kept_parameters(backend, staff, order).await?;
    let mut lines = Vec::with_capacity(order.lines.len());
    let mut problems = Vec::new();
    for (index, line) in order.lines.iter().enumerate() {
        match check_new_line(backend, line).await {
            Ok(mut checked) => {
                let kept = kept.iter().find(|kept| kept.product_key == line.product_key && kept.is_settled());
                checked.request.parameters = kept.map(LineParameters::values).unwrap_or_default();
                lines.push(checked);
            }
            Err(Error::Invalid(fields)) => problems.extend(
                fields.into_iter().map(|field| FieldError { field: format!("{}-{index}", field.field), ..field }),
            ),
            Err(error) => return Err(error),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let keys: Vec<&str> = order.lines.iter().map(|line| line.product_key.as_str()).collect();
    let alignment = alignment::check(backend, &order.customer_id, &keys, order.end_with.as_ref()).await?;
    Ok(Checked {
        customer_id: order.customer_id.clone(),
        subscription_id: None,
        po_number: po_number(order.po_number.as_deref())?,
        lines,
        deed: Deed::Lines,
        draft: order.parameters,
        alignment,
    })
}

/// Only an active customer can order.
pub(super) async fn check_customer(backend: &Backend, customer_id: &str) -> Result<()> {
    match sql::customer_status(&backend.pool, customer_id).await?.as_deref() {
        None => Err(Error::invalid("customer", "Choose a customer")),
        Some("active") => Ok(()),
        Some(other) => Err(Error::Conflict(format!("This customer is {other}. Only an active customer can order."))),
    }
}

async fn check_new_line(backend: &Backend, line: &NewLine) -> Result<CheckedLine> {
    let product = sql::product(&backend.pool, &line.product_key).await?;
    let product = product.ok_or_else(|| Error::invalid("product", "This product is no longer in the catalogue"))?;
    if line.seats.get() == 0 {
        return Err(Error::invalid("seats", "Enter at least 1 seat"));
    }
    let special = line.special_price.as_deref().map(|typed| special_price(&product, typed)).transpose()?;
    new_line(product, line.seats, special)
}

fn special_price(product: &sql::Product, typed: &str) -> Result<Money> {
    let usual =
        product.unit_price.ok_or_else(|| Error::invalid("price", "This product has no price to depart from"))?;
    parse_price(typed, usual.currency)
}

/// A line of an order that makes subscriptions, within the catalogue's limits.
pub(super) fn new_line(product: sql::Product, seats: Seats, special: Option<Money>) -> Result<CheckedLine> {
    product.limits.check(seats).map_err(|error| Error::invalid("seats", error.to_string()))?;
    Ok(CheckedLine {
        name: product.name,
        before: Seats::default(),
        after: seats,
        vendor: Some(product.vendor.clone()),
        unit_price: special.or(product.unit_price),
        billing_period: product.billing_period.clone(),
        request: OrderLineRequest {
            mpn: product.mpn,
            vendor: Some(product.vendor),
            id: product.id.map(ProductId::from),
            billing_period: product.billing_period,
            subscription_period: product.term,
            quantity: Some(seats.get().into()),
            special_price: special.map(Into::into),
            ..OrderLineRequest::default()
        },
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
