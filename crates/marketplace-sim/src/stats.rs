//! What has happened since the start, so that a test or a demo run can be checked.

use serde::Serialize;
use std::collections::BTreeMap;

/// A write that was carried out, whatever its caller heard of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The operation.
    pub operation: &'static str,
    /// The call's path and body.
    pub about: String,
}

/// Counts since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Calls that passed the gateway, by operation.
    pub calls: BTreeMap<&'static str, u64>,
    /// Calls answered 429.
    pub rate_limited: u64,
    /// Calls answered 403 because the day's quota was used up.
    pub out_of_quota: u64,
    /// Calls refused for a missing, wrong or expired key or token.
    pub unauthorized: u64,
    /// Orders accepted.
    pub orders_created: u64,
    /// Reports accepted.
    pub reports_created: u64,
    /// Faults played, by name.
    pub faults: BTreeMap<&'static str, u64>,
    /// Orders accepted, by customer.
    pub orders_by_customer: BTreeMap<String, u64>,
    /// Orders accepted, by subscription.
    pub orders_by_subscription: BTreeMap<String, u64>,
}
