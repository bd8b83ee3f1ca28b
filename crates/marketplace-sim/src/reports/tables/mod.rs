//! The content of each report.

mod billing;
mod invoices;
mod orders;
mod resources;
mod subscriptions;

use super::table::Table;
use crate::state::{Report, ReportName, State};

/// The rows of a report, newest data included up to the end of its period.
pub(super) fn table(state: &State, report: &Report) -> Table {
    let (from, until) = (report.from.date(), report.until.date());
    match report.name {
        ReportName::Billing => billing::table(state, from, until),
        ReportName::Invoices => invoices::table(state, from, until),
        ReportName::Subscriptions => subscriptions::table(state, from, until),
        ReportName::Resources => resources::table(state, from, until),
        ReportName::Orders => orders::table(state, report.from, report.until),
    }
}

fn customer_name(state: &State, id: u32) -> &str {
    state.customer(id).map_or("", |customer| &customer.name)
}
