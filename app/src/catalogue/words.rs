//! The catalogue in words. What the marketplace may add one day is shown as it names it.

use crate::format;
use backend::Period;
use backend::catalogue::{BillingModel, BillingPolicy, PlanTerm, SwitchTime};
use domain::SeatLimits;

/// `billed monthly`, `charged for the whole term at its start`: how a product is charged.
pub(super) fn charged(billing: Option<&Period>, model: Option<&BillingModel>) -> Option<String> {
    match model {
        Some(BillingModel::ChargeBeforeSubscriptionPeriod) => {
            Some("charged for the whole term at its start".to_owned())
        }
        Some(BillingModel::ChargeExternalRating) => Some("charged as the vendor rates what was used".to_owned()),
        Some(BillingModel::ChargeAfterBillingPeriod) => {
            Some(format!("billed {}, for what was used", billed(billing?)?))
        }
        _ => Some(format!("billed {}", billed(billing?)?)),
    }
}

/// `monthly`, `every 3 months`: completes "billed".
pub(super) fn billed(period: &Period) -> Option<String> {
    match (period.unit.as_str(), period.length) {
        ("day", 1) => Some("daily".to_owned()),
        ("month", 1) => Some("monthly".to_owned()),
        ("year", 1) => Some("yearly".to_owned()),
        _ => Some(format!("every {}", format::period(Some(&period.unit), Some(period.length))?)),
    }
}

/// `per seat and month`
pub(super) fn per_seat(billing: Option<&Period>) -> String {
    let period = billing.and_then(|period| format::period(Some(&period.unit), Some(period.length)));
    period.map_or_else(|| "per seat".to_owned(), |period| format!("per seat and {period}"))
}

/// `1–300`, `1 or more`, `up to 300`, `any number`
pub(super) fn limits(limits: SeatLimits) -> String {
    match (limits.minimum, limits.maximum) {
        (Some(minimum), Some(maximum)) => format!("{minimum}\u{2013}{maximum}"),
        (Some(minimum), None) => format!("{minimum} or more"),
        (None, Some(maximum)) => format!("up to {maximum}"),
        (None, None) => "any number".to_owned(),
    }
}

/// The terms of a plan: `1 month, trial · 1 year · 3 years, no longer sold`.
pub(super) fn plan_terms(terms: &[PlanTerm]) -> String {
    let word = |term: &PlanTerm| {
        let trial = if term.trial { ", trial" } else { "" };
        let sold = if term.on_sale { "" } else { ", no longer sold" };
        Some(format!("{}{trial}{sold}", format::length(&term.period)?))
    };
    terms.iter().filter_map(word).collect::<Vec<_>>().join(" \u{b7} ")
}

/// When a plan is charged.
pub(crate) fn billing_model(model: &BillingModel) -> &str {
    match model {
        BillingModel::ChargeBeforeBillingPeriod => "Charged before each billing period",
        BillingModel::ChargeAfterBillingPeriod => "Charged after each billing period, for what was used",
        BillingModel::ChargeBeforeSubscriptionPeriod => "Charged for the whole term at its start",
        BillingModel::ChargeExternalRating => "Charged as the vendor rates what was used",
        BillingModel::Unknown => "Not told by the marketplace",
        BillingModel::Other(name) => name,
    }
}

/// What a switch charges and pays back.
pub(crate) fn billing_policy(policy: &BillingPolicy) -> &str {
    match policy {
        BillingPolicy::PeriodChange => "Only the period changes",
        BillingPolicy::ProrateStartingNewSubscriptionPeriod => "Prorated; a new term begins",
        BillingPolicy::ProrateKeepingExpDate => "Prorated; the expiry date stays",
        BillingPolicy::ProrateRefund => "The rest of the old plan is refunded in proportion",
        BillingPolicy::NoRefund => "No refund",
        BillingPolicy::NoRefundWithFullRefundPeriod => "Full refund at first, none later",
        BillingPolicy::ProrateRefundWithFullRefundPeriod => "Full refund at first, in proportion later",
        BillingPolicy::Unknown => "Not told by the marketplace",
        BillingPolicy::Other(name) => name,
    }
}

/// When a switch takes effect.
pub(crate) fn effective(when: &SwitchTime) -> &str {
    match when {
        SwitchTime::Immediately => "At once",
        SwitchTime::NextBillingPeriod => "With the next billing period",
        SwitchTime::NextSubscriptionPeriod => "With the next term",
        SwitchTime::Unknown => "Not told by the marketplace",
        SwitchTime::Other(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Seats;

    fn period(unit: &str, length: i32) -> Period {
        Period { unit: unit.to_owned(), length }
    }

    #[test]
    fn billing_says_how_often_or_what_decides() {
        let (monthly, quarterly) = (period("month", 1), period("month", 3));
        assert_eq!(charged(Some(&monthly), None).as_deref(), Some("billed monthly"));
        assert_eq!(charged(Some(&quarterly), Some(&"unheard_of".into())).as_deref(), Some("billed every 3 months"));
        let whole_term = BillingModel::ChargeBeforeSubscriptionPeriod;
        assert_eq!(charged(None, Some(&whole_term)).as_deref(), Some("charged for the whole term at its start"));
        assert_eq!(charged(None, None), None);
    }

    #[test]
    fn a_price_says_what_it_is_for() {
        assert_eq!(per_seat(Some(&period("month", 1))), "per seat and month");
        assert_eq!(per_seat(Some(&period("month", 12))), "per seat and 12 months");
        assert_eq!(per_seat(None), "per seat");
    }

    #[test]
    fn terms_say_what_is_special_about_them() {
        let term = |length, trial, on_sale| PlanTerm { period: period("year", length), trial, on_sale };
        let words = plan_terms(&[term(1, true, true), term(3, false, false)]);
        assert_eq!(words, "1 year, trial \u{b7} 3 years, no longer sold");
    }

    #[test]
    fn limits_without_an_end_say_so() {
        let seats = |count| Some(Seats::new(count).unwrap());
        assert_eq!(limits(SeatLimits { minimum: seats(1), maximum: seats(300) }), "1\u{2013}300");
        assert_eq!(limits(SeatLimits { minimum: seats(5), maximum: None }), "5 or more");
        assert_eq!(limits(SeatLimits { minimum: None, maximum: seats(25) }), "up to 25");
        assert_eq!(limits(SeatLimits::default()), "any number");
    }

    #[test]
    fn switches_are_in_words_and_new_values_as_the_marketplace_names_them() {
        assert_eq!(billing_policy(&"prorate_keeping_exp_date".into()), "Prorated; the expiry date stays");
        assert_eq!(effective(&"immediately".into()), "At once");
        assert_eq!(billing_policy(&"by_moonlight".into()), "by_moonlight");
        assert_eq!(effective(&"next_leap_year".into()), "next_leap_year");
    }

    #[test]
    fn every_listed_value_has_words_of_its_own() {
        assert!(BillingPolicy::LISTED.iter().all(|policy| billing_policy(policy) != policy.as_str()));
        assert!(SwitchTime::LISTED.iter().all(|when| effective(when) != when.as_str()));
        assert!(BillingModel::LISTED.iter().all(|model| billing_model(model) != model.as_str()));
    }
}
