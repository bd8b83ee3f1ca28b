//! Where we knowingly leave the contract, and why. One that no longer occurs has to go.

use crate::check::{Fault, Violation};
use crate::contract::Side;

/// A violation that is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviation {
    /// Each of them has to show it.
    pub(crate) operations: &'static [&'static str],
    pub(crate) side: Side,
    /// As in [`Violation::at`]; `*` stands for any one part of a pointer.
    pub(crate) at: &'static str,
    pub(crate) fault: Fault,
    pub(crate) reason: &'static str,
    pub(crate) source: &'static str,
}

/// Everything that answers with an order as it stands.
const ORDER_ANSWERS: &[&str] = &["createOrder", "getOrderDetails", "updateOrder"];
const ORDER_REQUESTS: &[&str] = &["createOrder", "estimateOrder"];
const SUBSCRIPTION_ANSWERS: &[&str] = &["getSubscription", "updateSubscription", "updateSubscriptionSpecialPricing"];
const ANY_VALUE: &str = "declared an object, though any value may stand there";
const ITS_DESCRIPTION: &str = "the contract itself: the description lists all types, the example is text";

pub(crate) const DEVIATIONS: &[Deviation] = &[
    Deviation {
        operations: &["createOrder", "estimateOrder", "getOrderDetails", "updateOrder"],
        side: Side::Answer,
        at: "/products/*/parameters/*/value",
        fault: Fault::Type,
        reason: ANY_VALUE,
        source: ITS_DESCRIPTION,
    },
    Deviation {
        operations: &["createOrder", "estimateOrder", "validateParameters"],
        side: Side::Request,
        at: "/products/*/parameters/*/value",
        fault: Fault::Type,
        reason: ANY_VALUE,
        source: ITS_DESCRIPTION,
    },
    Deviation {
        operations: SUBSCRIPTION_ANSWERS,
        side: Side::Answer,
        at: "/orderParameters/*/value",
        fault: Fault::Type,
        reason: ANY_VALUE,
        source: ITS_DESCRIPTION,
    },
    Deviation {
        operations: SUBSCRIPTION_ANSWERS,
        side: Side::Answer,
        at: "/fulfillmentParameters/*/value",
        fault: Fault::Type,
        reason: ANY_VALUE,
        source: ITS_DESCRIPTION,
    },
    Deviation {
        operations: ORDER_ANSWERS,
        side: Side::Answer,
        at: "/scheduledOn",
        fault: Fault::WrongSide,
        reason: "declared write-only, but orders that wait for the renewal are known by it",
        source: "answers of the real service, as an integrator noted them",
    },
    Deviation {
        operations: &["estimateOrder"],
        side: Side::Answer,
        at: "/scheduledOn",
        fault: Fault::WrongSide,
        reason: "declared write-only, but an order that the marketplace puts off has to say so before it is placed",
        source: "assumed, from its being in orders",
    },
    Deviation {
        operations: &["createReport", "getReportById"],
        side: Side::Answer,
        at: "/format",
        fault: Fault::Word,
        reason: "the real service answers in upper case what the contract lists in lower case",
        source: "samples in the platform's documentation",
    },
    Deviation {
        operations: &["getReports"],
        side: Side::Answer,
        at: "/data/*/format",
        fault: Fault::Word,
        reason: "the real service answers in upper case what the contract lists in lower case",
        source: "samples in the platform's documentation",
    },
    Deviation {
        operations: ORDER_REQUESTS,
        side: Side::Request,
        at: "/products/*/deals/agreements/*/priceTerm",
        fault: Fault::WrongSide,
        reason: "a read-only schema is used inside a write-only one, so that it could be sent by nobody",
        source: "the contract itself: `BillingPeriod` within `OrderDealPriceAgreement`",
    },
    Deviation {
        operations: &["updateReseller"],
        side: Side::Request,
        at: "header X-Subscription-Key",
        fault: Fault::Undeclared,
        reason: "the one operation that declares neither key nor security; the gateway in front lets nobody in without",
        source: "the contract itself: all its other operations",
    },
    Deviation {
        operations: &["updateReseller"],
        side: Side::Request,
        at: "header Authorization",
        fault: Fault::Undeclared,
        reason: "the one operation that declares neither key nor security; the gateway in front lets nobody in without",
        source: "the contract itself: all its other operations",
    },
];

/// Every deviation with its reason.
pub(crate) fn reasons() -> String {
    let reason = |deviation: &Deviation| {
        let Deviation { operations, side, at, fault, reason, source } = deviation;
        format!("{side:?} {at}, {fault:?}: {reason} ({source}). In {}.", operations.join(", "))
    };
    DEVIATIONS.iter().map(reason).collect::<Vec<_>>().join("\n")
}

impl Deviation {
    pub(crate) fn allows(&self, violation: &Violation) -> bool {
        self.operations.contains(&violation.operation.as_str())
            && (self.side, self.fault) == (violation.side, violation.fault)
            && fits(self.at, &violation.at)
    }
}

/// The operations that a deviation names and that did not show it.
pub(crate) fn stale(violations: &[Violation]) -> Vec<String> {
    let shows = |deviation: &Deviation, id: &str| {
        violations.iter().any(|violation| violation.operation == id && deviation.allows(violation))
    };
    let all = DEVIATIONS.iter().flat_map(|deviation| deviation.operations.iter().map(move |id| (deviation, *id)));
    let stale = all.filter(|(deviation, id)| !shows(deviation, id));
    stale.map(|(deviation, id)| format!("{id}, {:?}, {}: no longer occurs", deviation.side, deviation.at)).collect()
}

fn fits(pattern: &str, at: &str) -> bool {
    let (pattern, at) = (pattern.split('/'), at.split('/'));
    pattern.clone().count() == at.clone().count()
        && pattern.zip(at).all(|(pattern, at)| pattern == "*" || pattern == at)
}
