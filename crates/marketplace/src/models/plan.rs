//! Plans: what a subscription is bought from, and what it can be switched to.

use super::model::{model, wire_enum};
use super::{BillingModel, Period, PlanPeriod};
use domain::PlanId;

wire_enum! {
    /// What is charged and paid back when a subscription switches to another plan or period.
    pub enum BillingPolicy {
        /// Only the period changes.
        PeriodChange = "period_change",
        /// In proportion; a new term begins.
        ProrateStartingNewSubscriptionPeriod = "prorate_starting_new_subscription_period",
        /// In proportion; the term ends as before.
        ProrateKeepingExpDate = "prorate_keeping_exp_date",
        /// The rest of the old plan is paid back in proportion.
        ProrateRefund = "prorate_refund",
        /// Nothing is paid back.
        NoRefund = "no_refund",
        /// Nothing is paid back, after a time in which all is.
        NoRefundWithFullRefundPeriod = "no_refund_with_full_refund_period",
        /// In proportion, after a time in which all is paid back.
        ProrateRefundWithFullRefundPeriod = "prorate_refund_with_full_refund_period",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// When a switch takes effect.
    pub enum SwitchTime {
        /// At once.
        Immediately = "immediately",
        /// With the next billing period.
        NextBillingPeriod = "next_billing_period",
        /// With the next term.
        NextSubscriptionPeriod = "next_subscription_period",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

model! {
    /// A plan as lists show it (`GET /plans`). Plans do not name their products.
    pub struct Plan {
        required {
            /// Given by the marketplace.
            pub id: PlanId,
        }
        /// What it is called.
        pub name: Option<String>,
        /// In one line.
        pub short_description: Option<String>,
        /// In full.
        pub long_description: Option<String>,
        /// On sale.
        pub published: Option<bool>,
        /// The terms it can be bought for.
        pub subscription_periods: Vec<PlanPeriod>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// When it is charged.
        pub billing_model: Option<BillingModel>,
    }
}

model! {
    /// A plan on its own (`GET /plans/{id}`).
    pub struct PlanDetailed {
        flattened {
            /// What lists show too.
            pub plan: Plan,
        }
        /// What its subscriptions can be switched to.
        pub plan_switches: Vec<PlanSwitch>,
    }
}

model! {
    /// A way from this plan to another, or to another term.
    pub struct PlanSwitch {
        /// The plan to switch to.
        pub plan_id: Option<PlanId>,
        /// The term to switch to.
        pub subscription_period: Option<Period>,
        /// The term to switch from.
        pub source_subscription_period: Option<Period>,
        /// What is charged and paid back.
        pub billing_policy: Option<BillingPolicy>,
        /// When it takes effect.
        pub when_effective: Option<SwitchTime>,
    }
}
