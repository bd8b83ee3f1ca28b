use crate::Period;
use marketplace::models::{self, BillingModel, OrderDetailed};
use serde::{Deserialize, Serialize};
use time::Date;

/// What an order says of itself besides its lines and charges. What the marketplace did not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderTerms {
    /// The term it is for.
    pub term: Option<Period>,
    /// When it is charged.
    pub billing_model: Option<BillingModel>,
    /// Whether the customer's credit is checked while it is processed.
    pub credit_check: Option<bool>,
    /// What its end is aligned with.
    pub ends_with: Option<EndsWith>,
    /// When the aligned term ends.
    pub ends_on: Option<Date>,
    /// The subscription that seats move to.
    pub moves_to: Option<String>,
    /// Of a migration: when it was billed last, elsewhere.
    pub billed_last_on: Option<Date>,
    /// Of a migration: when it is billed next, here.
    pub billed_next_on: Option<Date>,
    /// What was agreed with the vendor about billing.
    pub vendor_bills_every: Option<Period>,
}

/// What the end of a term is aligned with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndsWith {
    /// Another subscription.
    Subscription(String),
    /// The calendar month.
    CalendarMonth,
    /// Something else, as the marketplace names it.
    Other(String),
}

impl OrderTerms {
    /// Of an order's detail.
    pub(crate) fn of(order: &OrderDetailed) -> Self {
        let vendor = order.vendor_billing_settings.as_ref();
        // The contract lets only the lines answer it; real orders have been seen with it.
        let of_lines = || order.products.iter().find_map(|line| line.subscription_period.as_ref());
        let term = order.order.subscription_period.as_ref().or_else(of_lines);
        Self {
            term: term.and_then(Period::from_marketplace),
            billing_model: order.billing_model.clone(),
            credit_check: order.order.credit_check,
            ends_with: order.align_expiration_date.as_ref().and_then(EndsWith::of),
            ends_on: order.subscriptions.iter().find_map(|subscription| subscription.aligned_expiration_date),
            moves_to: order.target_subscription_id.as_ref().map(ToString::to_string),
            billed_last_on: order.order.last_billing_date,
            billed_next_on: order.order.next_billing_date,
            vendor_bills_every: vendor
                .and_then(|vendor| vendor.vendor_billing_period.as_ref())
                .and_then(Period::from_marketplace),
        }
    }
}

impl EndsWith {
    fn of(alignment: &models::AlignExpiration) -> Option<Self> {
        match (alignment.alignment_type.as_ref()?, &alignment.subscription_id) {
            (models::Alignment::MatchEndOfCalendarMonth, _) => Some(Self::CalendarMonth),
            (models::Alignment::CoTermOnSubscription, Some(id)) => Some(Self::Subscription(id.to_string())),
            (other, _) => Some(Self::Other(other.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn everything_that_was_told_is_kept_and_survives_the_database() {
        let told = serde_json::json!({
            "id": "1", "creditCheck": false, "billingModel": "chargeBeforeBillingPeriod",
            "products": [{ "subscriptionPeriod": { "type": "year", "duration": 1 } }],
            "targetSubscriptionId": "1000202",
            "alignExpirationDate": { "alignmentType": "CO_TERM_ON_SUBSCRIPTION", "subscriptionId": 1_000_201 },
            "subscriptions": [{ "planId": 7, "alignedExpirationDate": "2027-03-31" }],
            "vendorBillingSettings": { "vendorBillingPeriod": { "type": "month", "duration": 3 } },
        });
        let terms = OrderTerms::of(&serde_json::from_value(told).unwrap());
        assert_eq!(terms.term, Some(Period { unit: "year".to_owned(), length: 1 }));
        assert_eq!(terms.billing_model, Some(BillingModel::ChargeBeforeBillingPeriod));
        assert_eq!(terms.credit_check, Some(false));
        assert_eq!(terms.ends_with, Some(EndsWith::Subscription("1000201".to_owned())));
        assert_eq!(terms.ends_on, Some(date!(2027 - 03 - 31)));
        assert_eq!(terms.moves_to.as_deref(), Some("1000202"));
        assert_eq!(terms.vendor_bills_every.as_ref().map(|period| period.length), Some(3));
        let stored = serde_json::to_value(&terms).unwrap();
        assert_eq!(serde_json::from_value::<OrderTerms>(stored).unwrap(), terms);
    }

    #[test]
    fn an_order_that_tells_nothing_has_no_terms() {
        let bare = serde_json::from_value(serde_json::json!({ "id": "1" })).unwrap();
        assert_eq!(OrderTerms::of(&bare), OrderTerms::default());
    }
}
