//! Subscriptions: one row for each subscription that lived in the period.

use super::customer_name;
use crate::reports::charges::ended;
use crate::reports::table::{Table, row};
use crate::state::{RESELLER_ID, RESELLER_NAME, State, Subscription, SubscriptionStatus};
use time::Date;

const HEADINGS: &[&str] = &[
    "SUBSCRIPTION_RESELLER_ID",
    "SUBSCRIPTION_RESELLER_NAME",
    "SUBSCRIPTION_ACCOUNT_ID",
    "SUBSCRIPTION_ACCOUNT_NAME",
    "SUBSCRIPTION_ID",
    "SUBSCRIPTION_NAME",
    "SUBSCRIPTION_PLAN_ID",
    "SUBSCRIPTION_PLAN_NAME",
    "SUBSCRIPTION_PO_NUMBER",
    "SUBSCRIPTION_STATUS",
    "SUBSCRIPTION_START_DATE",
    "SUBSCRIPTION_EXPIRATION_DATE",
];

pub(super) fn table(state: &State, from: Date, until: Date) -> Table {
    let lived = |subscription: &&Subscription| {
        subscription.created.date() <= until && ended(subscription).is_none_or(|ended| ended >= from)
    };
    let rows = state.own_subscriptions().filter(lived).map(|subscription| {
        let plan = state.catalogue.plan(subscription.plan);
        row![
            RESELLER_ID.to_string(),
            RESELLER_NAME,
            subscription.customer.to_string(),
            customer_name(state, subscription.customer),
            subscription.id.to_string(),
            plan.name,
            plan.id.to_string(),
            plan.name,
            subscription.po_number.as_deref(),
            platform_code(subscription.status),
            subscription.created.date(),
            subscription.term_end,
        ]
    });
    Table { headings: HEADINGS, rows: rows.collect() }
}

/// The billing platform's number for a status.
fn platform_code(status: SubscriptionStatus) -> &'static str {
    match status {
        SubscriptionStatus::Pending => "10",
        SubscriptionStatus::Active => "30",
        SubscriptionStatus::Hold => "80",
        SubscriptionStatus::Terminated => "60",
        SubscriptionStatus::Removed => "70",
    }
}
