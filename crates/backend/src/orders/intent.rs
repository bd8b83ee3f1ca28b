//! Our record of an order.

use super::switched::Switched;
use crate::approvals::DecisionKind;
use domain::{IntentState, Money, Permission, Seats};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
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
    /// Which plan and term become which, where that was asked for.
    pub switched: Option<Switched>,
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
    /// How its waiting for one ended.
    pub decision: Option<DecisionKind>,
    /// What it takes to settle it or to give it up: the permission of the original act.
    pub permission: Permission,
    /// Carried out when the subscription renews.
    pub at_renewal: bool,
    /// When the subscription renews, as far as that was read.
    pub renews_on: Option<Date>,
    /// Since when a call is under way whose answer is not there yet.
    pub in_flight_since: Option<OffsetDateTime>,
    /// When it is looked at next; `None` when nothing more is expected.
    pub next_look_at: Option<OffsetDateTime>,
    /// What else there is to know once it has ended.
    pub aftermath: Aftermath,
}

impl Intent {
    /// Nothing was sent, or what was sent was certainly turned away: it can still be given up.
    pub fn waits_to_be_sent(&self) -> bool {
        match self.state {
            IntentState::Approved => true,
            IntentState::Sending => self.in_flight_since.is_none(),
            _ => false,
        }
    }
}

/// What else there is to know of an intent that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// The intent that this one took the place of.
    pub again_of: Option<Uuid>,
    /// The intent that took its place and has not come to nothing itself.
    pub replacement: Option<Replacement>,
    /// The intent whose order turned up, so that this one was not sent.
    pub turned_up_instead: Option<Uuid>,
    /// The address of the review that places the same again; `None` where that would not be right.
    pub again_path: Option<String>,
    /// When its order turned up although it had been said to have never arrived.
    pub found_late_at: Option<OffsetDateTime>,
    /// The order that stood in its way.
    pub blocked_by: Option<Blocking>,
    /// The status of its order, as the marketplace names it and the copy has it, where the marketplace went on with what it
    /// had given up.
    pub goes_on_as: Option<String>,
}

/// An intent that took the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The intent.
    pub id: Uuid,
    /// It has not been sent yet, and is not sent should the other one turn up.
    pub waits: bool,
}

/// An order that stands in another one's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// Its identifier, where it was found.
    pub order_id: Option<String>,
    /// Its number, where it is known.
    pub order_number: Option<String>,
    /// Its status, as the marketplace names it and the copy has it.
    pub status: Option<String>,
}

impl Blocking {
    /// It is not done, as far as the copy knows.
    pub fn is_open(&self) -> bool {
        self.status.as_deref().is_some_and(|status| matches!(status, "submitted" | "processing"))
    }
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
