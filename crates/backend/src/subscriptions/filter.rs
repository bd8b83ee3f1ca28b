//! What the list of subscriptions can be filtered by.

use crate::list::Filter;
use time::{Date, Duration};
use uuid::Uuid;

/// The conditions a person chose.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionFilter {
    /// Part of the name, the id, the domain or the tenant's id at the vendor.
    pub search: Option<String>,
    /// By status; those still in use unless chosen otherwise.
    pub status: StatusFilter,
    /// One customer's; without, those of the account's own customers.
    pub customer_id: Option<String>,
    /// One vendor's. Subscriptions whose detail was not read have no vendor yet.
    pub vendor: Option<String>,
    /// Up for renewal from today until this many days from now.
    pub renews_within_days: Option<u16>,
    /// Renews by itself, or does not.
    pub auto_renew: Option<bool>,
    /// By the length of the term.
    pub term: Option<TermFilter>,
    /// Of customers that this staff member looks after.
    pub managed_by: Option<Uuid>,
}

/// Which statuses are listed. Terms of a month leave a removed subscription behind each; people rarely look for those.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// Active, pending or on hold.
    #[default]
    InUse,
    /// Every status.
    Any,
    /// Exactly this one.
    Exactly(String),
}

/// Whether a renewal is a decision or a rollover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermFilter {
    /// A year or more.
    YearOrMore,
    /// Less than a year.
    Shorter,
}

/// Indexes have this condition.
const IN_USE: &str = "status in ('active', 'pending', 'hold')";

/// The same rule as [`Period::is_a_year_or_more`](crate::Period::is_a_year_or_more). Indexed as it is written here.
const YEAR_OR_MORE: &str =
    "(coalesce(term_length, 1) >= case term_type when 'year' then 1 when 'month' then 12 when 'day' then 365 end)";

/// As above, the other way round; unknown terms are in neither.
const SHORTER: &str =
    "not (coalesce(term_length, 1) >= case term_type when 'year' then 1 when 'month' then 12 when 'day' then 365 end)";

/// The marketplace lists no others, but one that was ordered here for a reseller's customer has been read.
pub(super) const OF_OWN_CUSTOMERS: Filter =
    Filter::Sql("customer_id not in (select id from customer where reseller_id is not null)");

impl SubscriptionFilter {
    pub(super) fn conditions(&self, today: Date) -> Vec<Filter> {
        let renewal = |days: u16| {
            let until = today + Duration::days(days.into());
            Filter::Between("coalesce(renews_on, 'infinity'::date)", Some(today), Some(until))
        };
        [
            self.search.clone().map(Filter::Contains),
            self.status.condition(),
            self.customer_id.clone().map(|id| Filter::Is("customer_id", id)),
            self.vendor.clone().map(|vendor| Filter::Is("vendor", vendor)),
            self.renews_within_days.map(renewal),
            self.auto_renew.map(|on| Filter::IsTrue("auto_renew", on)),
            self.term.map(|term| Filter::Sql(if term == TermFilter::YearOrMore { YEAR_OR_MORE } else { SHORTER })),
            self.managed_by.map(|staff_id| Filter::ManagedBy("customer_id", staff_id)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl StatusFilter {
    /// What was asked for, where anything was.
    pub(super) fn asked(&self) -> Option<String> {
        match self {
            Self::InUse => Some("in use".to_owned()),
            Self::Any => None,
            Self::Exactly(status) => Some(status.clone()),
        }
    }

    fn condition(&self) -> Option<Filter> {
        match self {
            Self::InUse => Some(Filter::Sql(IN_USE)),
            Self::Any => None,
            Self::Exactly(status) => Some(Filter::Is("status", status.clone())),
        }
    }
}
