//! Seats that go over from one product to another.

use super::ProductIndex;

/// Where the seats of a line go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// The product they become.
    pub(crate) to: ProductIndex,
    pub(crate) seats: u32,
    /// The subscription they arrive in; `None` before the order made it.
    pub(crate) into: Option<u32>,
    /// Seats of that product there before.
    pub(crate) before: u32,
    pub(crate) kind: TransferKind,
}

/// How they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TransferKind {
    /// All of them, within their subscription.
    Switch,
    /// Some or all, into a subscription that is there.
    Move,
    /// Some or all, into a subscription that the order makes.
    Leave {
        /// Its term ends with that of the subscription they leave.
        coterming: bool,
    },
}

impl Transfer {
    /// Whether the order makes the subscription they arrive in.
    pub(crate) fn makes_subscription(&self) -> bool {
        matches!(self.kind, TransferKind::Leave { .. })
    }
}
