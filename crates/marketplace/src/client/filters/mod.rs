//! What lists can be filtered by. The marketplace ignores parameters it does not know and answers with everything, so a
//! filter is a type and never a string.

mod accounts;
mod catalogue;
mod orders;
mod reports;
mod subscriptions;

pub use accounts::{CustomerFilter, ResellerCustomers, ResellerFilter};
pub use catalogue::{AllPlans, ProductFilter};
pub use orders::{OrderFilter, ResellerOrders};
pub use reports::ReportFilter;
pub use subscriptions::SubscriptionFilter;

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// Query parameters.
type Query = Vec<(&'static str, String)>;

fn given<const N: usize>(parameters: [(&'static str, Option<String>); N]) -> Query {
    parameters.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

/// `YYYY-MM-DD`, which is how [`Date`] displays.
fn day(date: Date) -> String {
    date.to_string()
}

fn moment(time: OffsetDateTime) -> Option<String> {
    time.format(&Rfc3339).ok()
}
