//! The faults that wait for their operation.

use super::Fault;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Plays a fault on the next calls of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// What goes wrong.
    pub fault: Fault,
    /// An operation such as `createOrder`, or `*` for any.
    #[serde(default = "any_operation")]
    pub operation: String,
    /// On how many calls.
    #[serde(default = "once")]
    pub times: u32,
    /// Only on calls with this text in their path or body, such as an id; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl FaultRule {
    /// Plays `fault` on the next call of `operation` (`*` for any).
    pub fn once(fault: Fault, operation: &str) -> Self {
        Self { fault, operation: operation.to_owned(), times: once(), about: None }
    }
}

/// The rules in the order they were given, and the sentinels that have had their turn.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    rules: Vec<FaultRule>,
    spent: HashSet<String>,
}

impl Plan {
    /// Adds a rule behind those that wait already.
    pub(crate) fn add(&mut self, rule: FaultRule) {
        self.rules.push(rule);
    }

    /// The rules still waiting.
    pub(crate) fn waiting(&self) -> &[FaultRule] {
        &self.rules
    }

    /// Forgets every rule.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault for a call of `operation` whose path and body are `text`; counts it off its rule.
    pub(super) fn take(&mut self, operation: &str, text: &str) -> Option<Fault> {
        let applies = |rule: &FaultRule| {
            rule.times > 0
                && (rule.operation == "*" || rule.operation == operation)
                && rule.about.as_ref().is_none_or(|about| text.contains(about.as_str()))
        };
        let index = self.rules.iter().position(applies)?;
        let rule = &mut self.rules[index];
        rule.times -= 1;
        let fault = rule.fault;
        self.rules.retain(|rule| rule.times > 0);
        Some(fault)
    }

    /// Clients repeat by themselves what was only turned away, so those sentinels play once per text; of an estimate, which
    /// somebody waits for, they play every time.
    pub(super) fn may_play(&mut self, fault: Fault, sentinel: &str) -> bool {
        match fault {
            Fault::RateLimited | Fault::ExpiredToken if sentinel.starts_with("fault:") => {
                self.spent.insert(sentinel.to_owned())
            }
            _ => true,
        }
    }
}

fn any_operation() -> String {
    "*".to_owned()
}

fn once() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_plays_as_often_as_it_says_on_its_operation_only() {
        let mut plan = Plan::default();
        plan.add(FaultRule { times: 2, ..FaultRule::once(Fault::Html200, "getOrders") });
        assert_eq!(plan.take("createOrder", ""), None);
        assert_eq!(plan.take("getOrders", ""), Some(Fault::Html200));
        assert_eq!(plan.take("getOrders", ""), Some(Fault::Html200));
        assert_eq!(plan.take("getOrders", ""), None);
    }

    #[test]
    fn a_rule_about_one_thing_waits_for_a_call_that_names_it() {
        let mut plan = Plan::default();
        plan.add(FaultRule { about: Some("1300101".to_owned()), ..FaultRule::once(Fault::Html200, "*") });
        assert_eq!(plan.take("getSubscription", "/subscriptions/1300102 "), None);
        assert_eq!(plan.take("getSubscription", "/subscriptions/1300101 "), Some(Fault::Html200));
    }

    #[test]
    fn every_fault_is_found_by_its_name() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
        }
        assert!("fire".parse::<Fault>().is_err());
    }
}
