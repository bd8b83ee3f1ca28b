use std::str::FromStr;

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Creates a customer.
    CustomerCreate,
    /// Changes facts of a customer.
    CustomerUpdate,
    /// Puts a customer on credit hold.
    CustomerHold,
    /// Releases a customer from it.
    CustomerRelease,
    /// Creates a reseller.
    ResellerCreate,
    /// Changes facts of a reseller.
    ResellerUpdate,
    /// Turns automatic renewal of a subscription on.
    RenewalOn,
    /// Turns it off.
    RenewalOff,
    /// Sets attributes of a subscription.
    Attributes,
    /// Sets the price of a product line.
    Price,
    /// Gives an order up.
    OrderCancel,
    /// Lets an order pass without a credit check.
    OrderCreditCheck,
    /// Has a report made.
    ReportSchedule,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::CustomerCreate,
        Self::CustomerUpdate,
        Self::CustomerHold,
        Self::CustomerRelease,
        Self::ResellerCreate,
        Self::ResellerUpdate,
        Self::RenewalOn,
        Self::RenewalOff,
        Self::Attributes,
        Self::Price,
        Self::OrderCancel,
        Self::OrderCreditCheck,
        Self::ReportSchedule,
    ];

    /// The stable name used in storage, which the names in the activity begin with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CustomerCreate => "customer.create",
            Self::CustomerUpdate => "customer.update",
            Self::CustomerHold => "customer.hold",
            Self::CustomerRelease => "customer.release",
            Self::ResellerCreate => "reseller.create",
            Self::ResellerUpdate => "reseller.update",
            Self::RenewalOn => "subscription.auto_renewal_on",
            Self::RenewalOff => "subscription.auto_renewal_off",
            Self::Attributes => "subscription.attributes",
            Self::Price => "subscription.price",
            Self::OrderCancel => "order.cancel",
            Self::OrderCreditCheck => "order.credit_check",
            Self::ReportSchedule => "report.schedule",
        }
    }

    /// What kind of thing it is about.
    pub fn subject(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }

    /// Whether it makes something new: doing it twice makes two. The others set something, which can be done again.
    pub fn creates(self) -> bool {
        matches!(self, Self::CustomerCreate | Self::ResellerCreate | Self::ReportSchedule)
    }

    /// What of the thing it sets.
    pub(super) fn part(self) -> &'static str {
        match self {
            Self::CustomerCreate | Self::ResellerCreate | Self::ReportSchedule => "creation",
            Self::CustomerUpdate | Self::ResellerUpdate => "facts",
            Self::CustomerHold | Self::CustomerRelease => "hold",
            Self::RenewalOn | Self::RenewalOff => "renewal",
            Self::Attributes => "attributes",
            Self::Price => "price",
            Self::OrderCancel => "cancellation",
            Self::OrderCreditCheck => "credit check",
        }
    }

    /// The name of the activity row when it is asked for.
    pub(super) fn begun(self) -> String {
        match self {
            Self::CustomerCreate | Self::ResellerCreate => format!("{}_asked", self.as_str()),
            Self::ReportSchedule => "report.requested".to_owned(),
            _ => format!("{}_begun", self.as_str()),
        }
    }

    /// The name of the activity row when it is done.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::CustomerCreate => "customer.created",
            Self::CustomerUpdate => "customer.updated",
            Self::CustomerHold => "customer.held",
            Self::CustomerRelease => "customer.released",
            Self::ResellerCreate => "reseller.created",
            Self::ResellerUpdate => "reseller.updated",
            Self::RenewalOn | Self::RenewalOff => self.as_str(),
            Self::Attributes => "subscription.attributes_set",
            Self::Price => "subscription.price_set",
            Self::OrderCancel => "order.cancel_asked",
            Self::OrderCreditCheck => "order.credit_check_skipped",
            Self::ReportSchedule => "report.scheduled",
        }
    }

    /// The name of the activity row of another outcome: `refused`, `unknown`, `absent`.
    pub(super) fn otherwise(self, outcome: &str) -> String {
        match (self, outcome) {
            (Self::ReportSchedule, "unknown") => "report.outcome_unknown".to_owned(),
            (Self::ReportSchedule, _) => format!("report.{outcome}"),
            _ => format!("{}_{outcome}", self.as_str()),
        }
    }
}

impl FromStr for Kind {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, crate::Error> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| crate::Error::Stored(format!("kind of write {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::HashSet;

    #[test]
    fn every_kind_is_read_back_as_it_is_stored() {
        assert!(Kind::ALL.into_iter().all(|kind| kind.as_str().parse::<Kind>().is_ok_and(|read| read == kind)));
    }

    #[test]
    fn no_two_rows_of_the_activity_have_the_same_name() {
        let of = |kind: Kind| {
            let others = ["refused", "unknown", "absent"].map(|outcome| kind.otherwise(outcome));
            [kind.begun(), kind.done().to_owned()].into_iter().chain(others)
        };
        let names: Vec<String> = Kind::ALL.into_iter().flat_map(of).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
    }
}
