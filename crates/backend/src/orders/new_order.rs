//! An order for new subscriptions, checked against the customer and the catalogue.

use super::activation::{LineParameters, kept_parameters};
use super::alignment::{self, EndWith};
use super::deed::Deed;
use super::draft::{Checked, CheckedLine, po_number};
use super::sql;
use crate::staff::Staff;
use crate::subscriptions::parse_price;
use crate::{Backend, Error, FieldError, Result};
use domain::{Money, Permission, ProductId, Seats};
use marketplace::models::OrderLineRequest;
use uuid::Uuid;

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
        unit_price: special.or(product.unit_price.filter(|_| !product.price_varies)),
        list_price: product.unit_price,
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
