//! Orders and estimates.

use super::{billing_model, day, period, product_id};
use crate::config::ReadBack;
use crate::ordering::Draft;
use crate::state::{Catalogue, Order, OrderKind, OrderLine, OrderStatus, Period, Unit};
use domain::Money;
use marketplace::models::{
    self, DetailType, Estimate, OrderDetail, OrderDetailed, OrderType, ParameterValue, Schedule, UnitPrice,
};
use rust_decimal::Decimal;

/// A row of the list: without products, subscription, PO number and price lines.
pub(crate) fn order(order: &Order) -> models::Order {
    models::Order {
        order_number: Some(order.number.to_string()),
        kind: Some(order_type(order.kind)),
        customer_id: Some(order.customer.to_string().into()),
        creation_date: order.created.replace_nanosecond(0).ok(),
        provisioning_date: order.provisioned.and_then(|at| at.replace_nanosecond(0).ok()),
        status: Some(order_status(order.status)),
        status_code: Some(order.status.code().to_owned()),
        total: order.total,
        attributes: order.attributes.clone(),
        credit_check: Some(order.credit_check),
        ..models::Order::new(order.id.to_string())
    }
}

/// An order on its own. Renewals and cancellations have neither products nor price lines.
pub(crate) fn order_detail(catalogue: &Catalogue, detailed: &Order, read_back: ReadBack) -> OrderDetailed {
    let first = detailed.lines.first().map(|line| catalogue.product(line.product));
    let row = models::Order {
        po_number: detailed.po_number.as_deref().map(str::to_owned),
        details: detailed.lines.iter().map(|line| detail(catalogue, line)).collect(),
        scheduled_on: detailed.on_renewal.then_some(Schedule::Renewal),
        ..order(detailed)
    };
    let shown = Shown { kind: detailed.kind, on_renewal: detailed.on_renewal, read_back };
    OrderDetailed {
        products: detailed.lines.iter().map(|line| shown.line(catalogue, line)).collect(),
        subscription_id: detailed.subscription.map(|id| id.to_string().into()),
        billing_model: first.map(|product| billing_model(product.model)),
        ..OrderDetailed::new(row)
    }
}

/// What an order would cost: neither id nor status.
pub(crate) fn estimate(catalogue: &Catalogue, draft: &Draft, read_back: ReadBack) -> Estimate {
    let first = draft.lines.first().map(|line| catalogue.product(line.product));
    let shown = Shown { kind: draft.kind, on_renewal: draft.on_renewal, read_back };
    Estimate {
        kind: Some(order_type(draft.kind)),
        customer_id: Some(draft.customer.to_string().into()),
        total: draft.total,
        products: draft.lines.iter().map(|line| shown.line(catalogue, line)).collect(),
        details: draft.lines.iter().map(|line| detail(catalogue, line)).collect(),
        subscription_id: draft.subscription.map(|id| id.to_string().into()),
        billing_model: first.map(|product| billing_model(product.model)),
        scheduled_on: draft.on_renewal.then_some(Schedule::Renewal),
        ..Estimate::default()
    }
}

struct Shown {
    kind: OrderKind,
    on_renewal: bool,
    read_back: ReadBack,
}

impl Shown {
    fn line(&self, catalogue: &Catalogue, line: &OrderLine) -> models::OrderLine {
        let product = catalogue.product(line.product);
        models::OrderLine {
            mpn: Some(product.mpn.to_owned()),
            vendor: Some(product.vendor.to_owned()),
            id: Some(product_id(product)),
            billing_period: Some(period(product.billing)),
            subscription_period: Some(period(product.term)),
            name: Some(product.name.to_owned()),
            quantity: Some(self.quantity(line)),
            extended_price: Some(Money::new(line.charge.price, product.currency)),
            subscription_id: line.subscription.map(|id| id.to_string().into()),
            parameters: line
                .parameters
                .iter()
                .map(|(name, value)| ParameterValue::new(name.clone(), value.clone()))
                .collect(),
            ..models::OrderLine::default()
        }
    }

    fn quantity(&self, line: &OrderLine) -> Decimal {
        let as_difference =
            self.kind == OrderKind::Change && !self.on_renewal && self.read_back == ReadBack::Difference;
        if as_difference { line.difference().into() } else { line.target.into() }
    }
}

/// A price line: plain figures are the reseller's cost, `sales` figures the customer's price.
fn detail(catalogue: &Catalogue, line: &OrderLine) -> OrderDetail {
    let product = catalogue.product(line.product);
    let charge = &line.charge;
    let gives_back = line.difference() < 0;
    OrderDetail {
        kind: Some(if gives_back { DetailType::RecurringRefund } else { DetailType::Recurring }),
        mpn: Some(product.mpn.to_owned()),
        product_id: Some(product_id(product)),
        duration: Some(period(product.billing).into()),
        description: Some(format!(
            "{} {} ({} term) from {} through {}",
            product.name,
            if gives_back { "Recurring refund" } else { "Recurring" },
            term(product.term),
            day(charge.from),
            day(charge.through),
        )),
        quantity: Some(line.difference().abs().into()),
        unit_price: Some(UnitPrice::from(charge.unit_cost)),
        sales_unit_price: Some(UnitPrice::from(charge.unit_price)),
        extended_price: Some(Money::new(charge.cost, product.currency)),
        sales_extended_price: Some(Money::new(charge.price, product.currency)),
        ..OrderDetail::default()
    }
}

fn term(term: Period) -> String {
    let unit = match term.unit {
        Unit::Month => "Month(s)",
        Unit::Year => "Year(s)",
    };
    format!("{} {unit}", term.count)
}

/// What an order does, by name.
pub(crate) fn order_type(kind: OrderKind) -> OrderType {
    match kind {
        OrderKind::Sales => OrderType::Sales,
        OrderKind::Change => OrderType::Change,
        OrderKind::Renewal => OrderType::Renewal,
        OrderKind::Cancellation => OrderType::Cancellation,
    }
}

/// The status by name.
pub(crate) fn order_status(status: OrderStatus) -> models::OrderStatus {
    match status {
        OrderStatus::WaitingForPayment | OrderStatus::OnHold => models::OrderStatus::Submitted,
        OrderStatus::Provisioning | OrderStatus::Scheduled => models::OrderStatus::Processing,
        OrderStatus::Completed => models::OrderStatus::Completed,
        OrderStatus::ProvisioningFailed => models::OrderStatus::Error,
        OrderStatus::Cancelled => models::OrderStatus::Cancelled,
    }
}
