//! Our record of an order.

use domain::{IntentState, Money, Seats};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

/// An intent, as people see it.
#[derive(Clone, Debug)]
pub struct Intent {
    /// Identifier; also the mark by which its order is recognised at the marketplace.
    pub id: Uuid,
    /// What it does, as the marketplace names it.
    pub kind: String,
    /// Where it stands.
    pub state: IntentState,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// The subscription changed or, once the order is completed, made.
    pub subscription_id: Option<String>,
    /// The client's purchase order number.
    pub po_number: Option<String>,
    /// What was asked for.
    pub lines: Vec<IntentLine>,
    /// What the person saw it would cost.
    pub now: Option<Money>,
    /// Who asked for it.
    pub requested_by: String,
    /// When.
    pub created_at: OffsetDateTime,
    /// When it was sent.
    pub sent_at: Option<OffsetDateTime>,
    /// The order at the marketplace.
    pub order_id: Option<String>,
    /// Its number.
    pub order_number: Option<String>,
    /// The marketplace's name for the call that placed it.
    pub correlation_id: Option<String>,
    /// Why it failed or is unknown.
    pub problem: Option<String>,
    /// It took, or takes, a second person.
    pub needs_approval: bool,
}

/// One line of an intent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentLine {
    /// The product.
    pub name: String,
    /// Seats before.
    pub before: Seats,
    /// Seats after.
    pub after: Seats,
}
