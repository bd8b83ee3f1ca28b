//! A switch of the plan or term, as people read it.

use crate::Period;
use crate::catalogue::{BillingPolicy, PlanSwitch, SwitchTime};
use crate::subscriptions::Subscription;
use serde::{Deserialize, Serialize};
use time::Date;

/// From which plan and term to which, as it read when it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switched {
    /// The plan it was.
    pub from_plan: String,
    /// Its term, as far as that was known.
    pub from_term: Option<Period>,
    /// The plan it becomes.
    pub to_plan: String,
    /// Its term, as far as that was known.
    pub to_term: Option<Period>,
    /// A new term begins with the switch; otherwise the start of the present one is kept.
    pub restart: bool,
}

impl Switched {
    pub(super) fn of(subscription: &Subscription, switch: &PlanSwitch, restart: bool) -> Self {
        let plan = switch.target_name.clone().or_else(|| switch.target_id.as_ref().map(|id| format!("Plan {id}")));
        Self {
            from_plan: subscription.plan_name.clone().unwrap_or_else(|| subscription.name.clone()),
            from_term: subscription.term.clone(),
            to_plan: plan.unwrap_or_else(|| "This plan".to_owned()),
            to_term: switch.to_term.clone().or_else(|| subscription.term.clone()),
            restart,
        }
    }
}

/// The day the term would end after the switch, counted from the copy; `None` where only the marketplace can tell.
pub fn term_end_after(subscription: &Subscription, switch: &PlanSwitch, restart: bool, today: Date) -> Option<Date> {
    if start_is_disputed(switch, restart) {
        return None;
    }
    if switch.billing_policy == Some(BillingPolicy::ProrateKeepingExpDate) {
        return subscription.renews_on.or(subscription.expires_on);
    }
    let begins = match (&switch.effective, restart) {
        (Some(SwitchTime::Immediately), true) => today,
        (Some(SwitchTime::Immediately), false) => present_start(subscription)?,
        (Some(SwitchTime::NextSubscriptionPeriod), true) => subscription.renews_on?,
        _ => return None,
    };
    let term = switch.to_term.as_ref().or(subscription.term.as_ref())?;
    term.after(begins).filter(|end| *end > today)
}

/// What the plan says of the bill speaks of another start than the one that was chosen.
pub fn start_is_disputed(switch: &PlanSwitch, restart: bool) -> bool {
    match switch.billing_policy {
        Some(BillingPolicy::ProrateStartingNewSubscriptionPeriod) => !restart,
        Some(BillingPolicy::ProrateKeepingExpDate) => restart,
        _ => false,
    }
}

/// Counted back from the renewal. A term that was cut short when it began would start before its subscription was made.
fn present_start(subscription: &Subscription) -> Option<Date> {
    let start = subscription.term.as_ref()?.before(subscription.renews_on?)?;
    subscription.created_on.is_some_and(|made| made <= start).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 11 - 27);

    fn period(unit: &str, length: i32) -> Period {
        Period { unit: unit.to_owned(), length }
    }

    /// A monthly one, in a term that began on 14 November.
    fn monthly() -> Subscription {
        Subscription {
            id: "1".to_owned(),
            name: "Suite".to_owned(),
            status: "active".to_owned(),
            customer_id: "2".to_owned(),
            customer_name: None,
            auto_renew: Some(true),
            created_on: Some(date!(2026 - 08 - 14)),
            renews_on: Some(date!(2026 - 12 - 14)),
            expires_on: None,
            modified_on: None,
            billing_model: None,
            billing_period: None,
            term: Some(period("month", 1)),
            attributes: serde_json::Value::Null,
            plan_id: None,
            plan_name: None,
            vendor: None,
            seats: None,
            price: None,
            cost: None,
            order_parameters: None,
            fulfilment_parameters: None,
            lines: Vec::new(),
            as_of: OffsetDateTime::UNIX_EPOCH,
            detailed_at: None,
            reading: crate::subscriptions::Reading::Done,
        }
    }

    fn to_a_year(policy: BillingPolicy, effective: SwitchTime) -> PlanSwitch {
        PlanSwitch {
            target_id: Some("10012".to_owned()),
            target_name: None,
            from_term: None,
            to_term: Some(period("year", 1)),
            billing_policy: Some(policy),
            effective: Some(effective),
        }
    }

    #[test]
    fn the_end_is_counted_from_the_start_that_was_chosen() {
        let switch = to_a_year(BillingPolicy::PeriodChange, SwitchTime::Immediately);
        assert_eq!(term_end_after(&monthly(), &switch, true, TODAY), Some(date!(2027 - 11 - 27)));
        assert_eq!(term_end_after(&monthly(), &switch, false, TODAY), Some(date!(2027 - 11 - 14)));
        let later = to_a_year(BillingPolicy::PeriodChange, SwitchTime::NextSubscriptionPeriod);
        assert_eq!(term_end_after(&monthly(), &later, true, TODAY), Some(date!(2027 - 12 - 14)));
    }

    #[test]
    fn what_the_copy_does_not_tell_is_not_counted() {
        let switch = to_a_year(BillingPolicy::PeriodChange, SwitchTime::Immediately);
        let cut_short = Subscription { created_on: Some(date!(2026 - 11 - 20)), ..monthly() };
        assert_eq!(term_end_after(&cut_short, &switch, false, TODAY), None, "its term began later than that");
        let unknown = Subscription { renews_on: None, ..monthly() };
        assert_eq!(term_end_after(&unknown, &switch, false, TODAY), None);
        let begins = to_a_year(BillingPolicy::ProrateStartingNewSubscriptionPeriod, SwitchTime::Immediately);
        assert_eq!(term_end_after(&monthly(), &begins, false, TODAY), None, "the plan says otherwise");
    }

    #[test]
    fn a_plan_that_keeps_the_expiry_date_keeps_the_end() {
        let keeps = to_a_year(BillingPolicy::ProrateKeepingExpDate, SwitchTime::Immediately);
        assert_eq!(term_end_after(&monthly(), &keeps, false, TODAY), Some(date!(2026 - 12 - 14)));
        assert!(start_is_disputed(&keeps, true) && !start_is_disputed(&keeps, false));
    }

    #[test]
    fn a_switch_is_told_by_both_plans_and_terms() {
        let switch = to_a_year(BillingPolicy::PeriodChange, SwitchTime::Immediately);
        let switched = Switched::of(&monthly(), &switch, true);
        assert_eq!((switched.from_plan.as_str(), switched.to_plan.as_str()), ("Suite", "Plan 10012"));
        assert_eq!((switched.from_term, switched.to_term), (Some(period("month", 1)), Some(period("year", 1))));
    }
}
