//! Invoice summary: the short view, one row for each subscription and invoice.

use super::billing::invoice_number;
use super::customer_name;
use crate::reports::charges::{BilledLine, billed};
use crate::reports::table::{Cell, Table, row};
use crate::state::{RESELLER_ID, RESELLER_NAME, State, Subscription};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use time::Date;

const HEADINGS: &[&str] = &[
    "Reseller ID",
    "Reseller Company Name",
    "Customer Account ID",
    "End Customer Name",
    "Subscription ID",
    "Subscription Name",
    "Subscription Expiration Date",
    "Plan ID",
    "Invoice Number",
    "Currency",
    "Cost",
    "Total",
];

#[derive(Default)]
struct Sum {
    cost: Decimal,
    price: Decimal,
}

pub(super) fn table(state: &State, from: Date, until: Date) -> Table {
    let mut sums: BTreeMap<(String, u32), Sum> = BTreeMap::new();
    for BilledLine { subscription, line, seats, from, part, .. } in billed(state, from, until) {
        let sum = sums.entry((invoice_number(from), subscription.id)).or_default();
        sum.cost += part.share(line.unit_cost(&state.catalogue, seats) * Decimal::from(seats));
        sum.price += part.share(line.unit_price(&state.catalogue, seats) * Decimal::from(seats));
    }
    let rows =
        sums.into_iter().filter_map(|((invoice, id), sum)| Some(line(state, state.subscription(id)?, invoice, &sum)));
    Table { headings: HEADINGS, rows: rows.collect() }
}

fn line(state: &State, subscription: &Subscription, invoice: String, sum: &Sum) -> Vec<Cell> {
    let plan = state.catalogue.plan(subscription.plan);
    row![
        RESELLER_ID.to_string(),
        RESELLER_NAME,
        subscription.customer.to_string(),
        customer_name(state, subscription.customer),
        subscription.id.to_string(),
        plan.name,
        subscription.term_end,
        plan.id.to_string(),
        invoice,
        plan.currency.code(),
        sum.cost,
        sum.price,
    ]
}
