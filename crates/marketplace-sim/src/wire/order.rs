//! Orders and estimates.

use super::{billing_model, day, period, product_id};
use crate::config::ReadBack;
use crate::ordering::Draft;
use crate::state::{
    Catalogue, Order, OrderKind, OrderLine, OrderStatus, Period, PlanIndex, Transfer, TransferKind, Unit,
};
use domain::Money;
use marketplace::models::{
    self, DetailType, Estimate, LineAction, NewSubscription, NewSubscriptionType, OrderDetail, OrderDetailed,
    OrderSubscription, OrderType, ParameterValue, PlacementType, Schedule, UnitPrice,
};
use rust_decimal::Decimal;
use time::Date;

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
        last_billing_date: detailed.billing_dates.map(|(last, _)| last),
        next_billing_date: detailed.billing_dates.map(|(_, next)| next),
        scheduled_on: detailed.on_renewal.then_some(Schedule::Renewal),
        ..order(detailed)
    };
    let shown = Shown { kind: detailed.kind, on_renewal: detailed.on_renewal, read_back };
    OrderDetailed {
        products: detailed.lines.iter().map(|line| shown.line(catalogue, line)).collect(),
        subscription_id: detailed.subscription.map(|id| id.to_string().into()),
        target_subscription_id: target(&detailed.lines),
        billing_model: first.map(|product| billing_model(product.model)),
        subscriptions: aligned(
            catalogue,
            &detailed.lines,
            detailed.first_term.ends.filter(|_| detailed.aligned_with.is_some()),
        ),
        align_expiration_date: detailed.aligned_with.clone(),
        placement_type: placement(&detailed.lines),
        ..OrderDetailed::new(row)
    }
}

/// The subscriptions whose term ends together with something: one for each plan and term.
fn aligned(catalogue: &Catalogue, lines: &[OrderLine], ends: Option<Date>) -> Vec<OrderSubscription> {
    let mut offers: Vec<(PlanIndex, Period)> = Vec::new();
    for line in lines.iter().filter(|_| ends.is_some()) {
        let product = catalogue.product(line.transfer.map_or(line.product, |transfer| transfer.to));
        if !offers.contains(&(product.plan, product.term)) {
            offers.push((product.plan, product.term));
        }
    }
    let subscription = |(plan, _): (PlanIndex, Period)| OrderSubscription {
        plan_id: Some(catalogue.plan(plan).id.to_string().into()),
        aligned_expiration_date: ends,
        ..OrderSubscription::default()
    };
    offers.into_iter().map(subscription).collect()
}

fn moves(lines: &[OrderLine]) -> impl Iterator<Item = &Transfer> {
    lines.iter().filter_map(|line| line.transfer.as_ref()).filter(|transfer| transfer.kind != TransferKind::Switch)
}

fn target(lines: &[OrderLine]) -> Option<domain::SubscriptionId> {
    moves(lines).find_map(|transfer| transfer.into).map(|id| id.to_string().into())
}

fn placement(lines: &[OrderLine]) -> Option<PlacementType> {
    moves(lines).next().map(|_| PlacementType::Move)
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
        subscriptions: aligned(catalogue, &draft.lines, draft.first_term.ends.filter(|_| draft.aligned_with.is_some())),
        align_expiration_date: draft.aligned_with.clone(),
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
        let next = line.transfer.map(|transfer| catalogue.product(transfer.to));
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
            new_mpn: next.map(|next| next.mpn.to_owned()),
            new_id: next.map(product_id),
            new_product_id: next.map(product_id),
            kind: line.transfer.map(|transfer| match transfer.kind {
                TransferKind::Switch => LineAction::ChangePlanPeriod,
                TransferKind::Move | TransferKind::Leave { .. } => LineAction::Move,
            }),
            target_subscription_id: target(std::slice::from_ref(line)),
            new_subscription: line.transfer.as_ref().and_then(new_subscription),
            ..models::OrderLine::default()
        }
    }

    fn quantity(&self, line: &OrderLine) -> Decimal {
        if let Some(transfer) = line.transfer {
            return transfer.seats.into();
        }
        let as_difference =
            self.kind == OrderKind::Change && !self.on_renewal && self.read_back == ReadBack::Difference;
        if as_difference { line.difference().into() } else { line.target.into() }
    }
}

/// The subscription in which seats arrive; it has no id yet in an estimate.
fn new_subscription(transfer: &Transfer) -> Option<NewSubscription> {
    let (coterming, kind) = match transfer.kind {
        TransferKind::Switch => return None,
        TransferKind::Move => (false, NewSubscriptionType::Existing),
        TransferKind::Leave { coterming } => (coterming, NewSubscriptionType::New),
    };
    let id = transfer.into.map(|id| id.to_string().into());
    Some(NewSubscription { id, coterming: Some(coterming), kind: Some(kind) })
}

/// A price line: plain figures are the reseller's cost, `sales` figures the customer's price.
fn detail(catalogue: &Catalogue, line: &OrderLine) -> OrderDetail {
    let product = catalogue.product(line.product);
    let charge = &line.charge;
    let (kind, words) = match line.transfer {
        Some(_) => (DetailType::Switch, "Switch"),
        None if line.difference() < 0 => (DetailType::RecurringRefund, "Recurring refund"),
        None => (DetailType::Recurring, "Recurring"),
    };
    let product = line.transfer.map_or(product, |transfer| catalogue.product(transfer.to));
    OrderDetail {
        kind: Some(kind),
        mpn: Some(product.mpn.to_owned()),
        product_id: Some(product_id(product)),
        duration: Some(period(product.billing).into()),
        description: Some(format!(
            "{} {words} ({} term) from {} through {}",
            product.name,
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
        OrderKind::Migration => OrderType::Migration,
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
