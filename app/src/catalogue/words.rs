//! The catalogue's terms in words. What the marketplace may add one day is shown as it names it.

use crate::format;
use backend::catalogue::{BillingModel, BillingPolicy, Period, PeriodType, PlanPeriod, SwitchTime};
use domain::SeatLimits;

/// `1 year, billed monthly`; `None` when neither is known.
pub(super) fn term_and_billing(term: Option<&Period>, billing: Option<&Period>) -> Option<String> {
    match (term.filter(known), billing.and_then(billed)) {
        (Some(term), Some(billed)) => Some(format!("{term}, billed {billed}")),
        (Some(term), None) => Some(term.to_string()),
        (None, Some(billed)) => Some(format!("Billed {billed}")),
        (None, None) => None,
    }
}

/// `monthly`, `every 3 months`: completes "billed".
pub(super) fn billed(period: &Period) -> Option<String> {
    match (&period.kind, period.duration) {
        (PeriodType::Unknown, _) => None,
        (PeriodType::Day, 1) => Some("daily".to_owned()),
        (PeriodType::Month, 1) => Some("monthly".to_owned()),
        (PeriodType::Year, 1) => Some("yearly".to_owned()),
        (PeriodType::StatementDay, 1) => Some("every statement day".to_owned()),
        _ => Some(format!("every {period}")),
    }
}

/// `per seat and month`
pub(super) fn per_seat(billing: Option<&Period>) -> String {
    let period = billing.and_then(|period| format::period(Some(period.kind.as_str()), Some(period.duration)));
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

/// A term of a plan: `1 year`, `1 month, trial`, `3 years, no longer sold`.
pub(super) fn plan_term(term: &PlanPeriod) -> String {
    let trial = if term.trial == Some(true) { ", trial" } else { "" };
    let sold = if term.active == Some(false) { ", no longer sold" } else { "" };
    format!("{}{trial}{sold}", term.period)
}

/// When a product or plan is charged.
pub(super) fn billing_model(model: &BillingModel) -> &str {
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
pub(super) fn billing_policy(policy: &BillingPolicy) -> &str {
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
pub(super) fn effective(when: &SwitchTime) -> &str {
    match when {
        SwitchTime::Immediately => "At once",
        SwitchTime::NextBillingPeriod => "With the next billing period",
        SwitchTime::NextSubscriptionPeriod => "With the next term",
        SwitchTime::Unknown => "Not told by the marketplace",
        SwitchTime::Other(name) => name,
    }
}

fn known(period: &&Period) -> bool {
    period.kind != PeriodType::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Seats;

    #[test]
    fn term_and_billing_read_as_one_phrase() {
        let words = |term, billing| term_and_billing(Option::as_ref(&term), Option::as_ref(&billing));
        assert_eq!(words(Some(Period::years(1)), Some(Period::months(1))).as_deref(), Some("1 year, billed monthly"));
        assert_eq!(words(Some(Period::years(3)), None).as_deref(), Some("3 years"));
        assert_eq!(words(None, Some(Period::months(3))).as_deref(), Some("Billed every 3 months"));
        assert_eq!(words(Some(Period::new(PeriodType::Unknown, 1)), None), None);
    }

    #[test]
    fn a_price_says_what_it_is_for() {
        assert_eq!(per_seat(Some(&Period::months(1))), "per seat and month");
        assert_eq!(per_seat(Some(&Period::months(12))), "per seat and 12 months");
        assert_eq!(per_seat(None), "per seat");
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
