//! Resource usage: one row for each product line that lived in the period, with its seats at the end of it.

use super::customer_name;
use crate::reports::charges::{SeatHistory, ended};
use crate::reports::table::{Table, row};
use crate::state::{BillingModel, ProductLine, State, Subscription};
use rust_decimal::Decimal;
use time::Date;

const HEADINGS: &[&str] = &[
    "SUBSCRIPTION_RESOURCE_SUBSCRIPTION_ID",
    "SUBSCRIPTION_RESOURCE_ACCOUNT_ID",
    "SUBSCRIPTION_RESOURCE_ACCOUNT_NAME",
    "SUBSCRIPTION_RESOURCE_ID",
    "SUBSCRIPTION_RESOURCE_MPN",
    "SUBSCRIPTION_RESOURCE_NAME",
    "SUBSCRIPTION_RESOURCE_VENDOR",
    "SUBSCRIPTION_RESOURCE_LIMIT",
    "SUBSCRIPTION_RESOURCE_USAGE",
    "SUBSCRIPTION_RESOURCE_START_DATE",
    "SUBSCRIPTION_RESOURCE_END_DATE",
];

pub(super) fn table(state: &State, from: Date, until: Date) -> Table {
    let seats = SeatHistory::of(state);
    let lived = |subscription: &&Subscription| {
        subscription.began < until && ended(subscription).is_none_or(|ended| ended >= from)
    };
    let lines = state.own_subscriptions().filter(lived).flat_map(|sub| sub.lines.iter().map(move |line| (sub, line)));
    let rows = lines.map(|(subscription, line)| {
        let product = state.catalogue.product(line.product);
        let limit = seats.on(subscription.id, line, until);
        row![
            subscription.id.to_string(),
            subscription.customer.to_string(),
            customer_name(state, subscription.customer),
            product.id.as_str(),
            product.mpn,
            product.name,
            product.vendor,
            limit,
            usage(product.model, subscription, line, limit),
            from.max(subscription.began),
            ended(subscription).map_or(until, |ended| ended.min(until)),
        ]
    });
    Table { headings: HEADINGS, rows: rows.collect() }
}

/// Seats are used as bought; what the vendor meters is made up from the subscription's id.
fn usage(model: BillingModel, subscription: &Subscription, line: &ProductLine, limit: u32) -> Decimal {
    match model {
        BillingModel::ExternalRating => {
            Decimal::new(i64::from(subscription.id * 37 % 90_000 + u32::from(line.product)), 2)
        }
        _ => limit.into(),
    }
}
