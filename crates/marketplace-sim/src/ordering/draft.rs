//! An order that has passed every check and has not been placed.

use super::{change, ending, migration, sales};
use crate::error::ApiError;
use crate::http::number;
use crate::state::{FirstTerm, OrderKind, OrderLine, State, Switch};
use domain::Money;
use marketplace::models::{AlignExpiration, OrderRequest, OrderType};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// An order that could be placed as it is.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) kind: OrderKind,
    pub(crate) customer: u32,
    /// The subscription it acts on; none for a sale.
    pub(crate) subscription: Option<u32>,
    pub(crate) po_number: Option<String>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) on_renewal: bool,
    /// Another plan or term for the subscription.
    pub(crate) switch: Option<Switch>,
    /// What is particular about the first term of what it makes, or the next of what it changes.
    pub(crate) first_term: FirstTerm,
    /// What that term ends together with.
    pub(crate) aligned_with: Option<AlignExpiration>,
    /// Of a migration: billed last and next.
    pub(crate) billing_dates: Option<(Date, Date)>,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) total: Option<Money>,
}

/// What the check is for: an estimate may come before the activation parameters are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Estimate,
    Order,
}

/// Checks a request in the API's order: validation first, business rules second.
pub(crate) fn check(
    state: &State,
    request: &OrderRequest,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let id = number("customerId", request.customer_id.as_str())?;
    let customer = state.customer(id).ok_or_else(|| ApiError::no_entity("customer", id))?;
    match &request.kind {
        OrderType::Sales => sales::check(state, request, customer, purpose, now),
        OrderType::Change => change::check(state, request, customer, now),
        OrderType::Renewal => ending::check_renewal(state, request, customer),
        OrderType::Migration => migration::check(state, request, customer, now),
        OrderType::Cancellation => ending::check_cancellation(state, request, customer, now),
        other => Err(ApiError::invalid("type", format_args!("`{other}` cannot be ordered here"))),
    }
}

impl Draft {
    /// With what every order takes from its request.
    pub(super) fn new(request: &OrderRequest, kind: OrderKind, customer: u32, subscription: Option<u32>) -> Self {
        Self {
            kind,
            customer,
            subscription,
            po_number: request.po_number.clone().filter(|number| !number.is_empty()),
            attributes: request.attributes.clone(),
            on_renewal: request.scheduled_on.is_some(),
            switch: None,
            first_term: FirstTerm::default(),
            aligned_with: None,
            billing_dates: None,
            lines: Vec::new(),
            total: None,
        }
    }

    /// Adds lines, and their price to the total.
    pub(super) fn with_lines(self, lines: Vec<OrderLine>) -> Self {
        let currency = lines.first().map(|line| line.charge.unit_price.currency);
        let total = currency.map(|currency| Money::new(lines.iter().map(|line| line.charge.price).sum(), currency));
        Self { lines, total, ..self }
    }
}
