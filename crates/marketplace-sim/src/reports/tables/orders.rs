//! Provisioned orders: one row for each order that was provisioned in the period.

use super::customer_name;
use crate::reports::table::{Table, row};
use crate::state::State;
use time::OffsetDateTime;

const HEADINGS: &[&str] = &[
    "ORDER_ID",
    "ORDER_NUMBER",
    "ORDER_TYPE",
    "ORDER_ACCOUNT_ID",
    "ORDER_ACCOUNT_NAME",
    "ORDER_SUBSCRIPTION_ID",
    "ORDER_PO_NUMBER",
    "ORDER_CREATION_DATE",
    "ORDER_PROVISIONING_DATE",
    "ORDER_CURRENCY",
    "ORDER_TOTAL",
];

pub(super) fn table(state: &State, from: OffsetDateTime, until: OffsetDateTime) -> Table {
    let provisioned = state.own_orders().filter_map(|order| Some((order, order.provisioned?)));
    let rows = provisioned.filter(|(_, at)| (from..=until).contains(at)).map(|(order, at)| {
        row![
            order.id.to_string(),
            order.number.to_string(),
            crate::wire::order_type(order.kind).as_str(),
            order.customer.to_string(),
            customer_name(state, order.customer),
            order.subscription.map(|id| id.to_string()),
            order.po_number.as_deref(),
            order.created.date(),
            at.date(),
            order.total.map(|total| total.currency.code().to_owned()),
            order.total.map(|total| total.amount),
        ]
    });
    Table { headings: HEADINGS, rows: rows.collect() }
}
