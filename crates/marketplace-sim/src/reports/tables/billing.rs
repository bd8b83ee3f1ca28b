//! Billing details: the full invoice view, one row for each billing period of each product line.

use super::customer_name;
use crate::reports::charges::{BilledLine, billed};
use crate::reports::table::{Cell, Table, row};
use crate::state::{RESELLER_ID, RESELLER_NAME, State};
use rust_decimal::Decimal;
use time::Date;

const HEADINGS: &[&str] = &[
    "RESELLER_ACCOUNT_ID",
    "RESELLER_NAME",
    "RESELLER_ACCOUNT_CURRENCY",
    "RESELLER_INVOICE_NUMBER",
    "RESELLER_INVOICE_DATE",
    "RESELLER_RESOURCE_MPN",
    "RESELLER_DETAIL_SKU",
    "RESELLER_DETAIL_TYPE",
    "RESELLER_DETAIL_DESCRIPTION",
    "RESELLER_DETAIL_QTY",
    "RESELLER_DETAIL_UNIT_PRICE",
    "RESELLER_DETAIL_SALES_UNIT_PRICE",
    "RESELLER_DETAIL_TOTAL",
    "RESELLER_DETAIL_SALES_TOTAL",
    "RESELLER_DETAIL_START_DATE",
    "RESELLER_DETAIL_END_DATE",
    "CUSTOMER_ACCOUNT_ID",
    "CUSTOMER_NAME",
    "CUSTOMER_RESOURCE_MPN",
    "CUSTOMER_PLAN_ID",
    "SUBSCRIPTION_ID",
    "SUBSCRIPTION_NAME",
    "VENDOR_SUBSCRIPTION_NUMBER",
    "QTY",
    "TOTAL",
];

pub(super) fn table(state: &State, from: Date, until: Date) -> Table {
    Table { headings: HEADINGS, rows: billed(state, from, until).map(|billed| line(state, &billed)).collect() }
}

fn line(state: &State, billed: &BilledLine<'_>) -> Vec<Cell> {
    let (subscription, line) = (billed.subscription, billed.line);
    let product = state.catalogue.product(line.product);
    let plan = state.catalogue.plan(subscription.plan);
    let (price, cost) =
        (line.unit_price(&state.catalogue, billed.seats), line.unit_cost(&state.catalogue, billed.seats));
    let seats = Decimal::from(billed.seats);
    row![
        RESELLER_ID.to_string(),
        RESELLER_NAME,
        product.currency.code(),
        invoice_number(billed.from),
        billed.from.replace_day(1).unwrap_or(billed.from),
        product.mpn,
        product.id.as_str(),
        "Resource Recurring",
        format!("{} Recurring", product.name),
        billed.seats,
        cost,
        price,
        billed.part.share(cost * seats),
        billed.part.share(price * seats),
        billed.from,
        billed.through,
        subscription.customer.to_string(),
        customer_name(state, subscription.customer),
        product.mpn,
        plan.id.to_string(),
        subscription.id.to_string(),
        plan.name,
        crate::wire::vendor_subscription_id(subscription, line),
        billed.seats,
        billed.part.share(price * seats),
    ]
}

/// One invoice a month.
pub(super) fn invoice_number(day: Date) -> String {
    format!("INV-{}{:02}", day.year(), u8::from(day.month()))
}
