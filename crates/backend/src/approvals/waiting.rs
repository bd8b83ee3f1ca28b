//! What waits, for whom, and what was said about it.

use super::sql;
use crate::orders::{IntentLine, QuotedLine, Switched};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{AssignedRole, IntentState, Money, Permission};
use time::OffsetDateTime;
use uuid::Uuid;

/// An order that needed, or still needs, a second person.
#[derive(Clone, Debug)]
pub struct Approval {
    /// The intent.
    pub intent_id: Uuid,
    /// Where it stands.
    pub state: IntentState,
    /// What it does, as the marketplace names it.
    pub kind: String,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// The subscription it changes.
    pub subscription_id: Option<String>,
    /// What is asked for.
    pub lines: Vec<IntentLine>,
    /// Which plan and term become which, where that is asked for.
    pub switched: Option<Switched>,
    /// What the order itself takes.
    pub permission: Permission,
    /// Who asked.
    pub requested_by: Uuid,
    /// Their name.
    pub requested_by_name: String,
    /// When.
    pub asked_at: OffsetDateTime,
    /// The rules that made it wait, in words.
    pub reasons: Vec<String>,
    /// What it would cost when it was asked for.
    pub price_then: Option<Money>,
    /// What came of it.
    pub decision: Option<Decision>,
    /// What was said, the oldest first.
    pub comments: Vec<Comment>,
    /// The same lines, with what a role's limit is held against.
    pub(super) quoted: Vec<QuotedLine>,
    pub(super) body: serde_json::Value,
    pub(super) asked_digest: Option<Vec<u8>>,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What it was.
    pub kind: DecisionKind,
    /// Who decided.
    pub by: String,
    /// The same, by their identifier.
    pub by_id: Uuid,
    /// When.
    pub at: OffsetDateTime,
    /// What they said.
    pub comment: Option<String>,
    /// What it would cost then.
    pub price: Option<Money>,
}

/// The ways a wait ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// It is sent.
    Approved,
    /// Its price had changed, so it is not.
    Voided,
    /// Somebody did not want it.
    Rejected,
    /// Who asked took it back.
    Withdrawn,
}

impl DecisionKind {
    /// Every way.
    const ALL: [Self; 4] = [Self::Approved, Self::Voided, Self::Rejected, Self::Withdrawn];

    /// From its name in storage.
    pub(crate) fn stored(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| Error::Stored(format!("`{text}` is not a decision")))
    }

    /// The stable name used in storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Voided => "voided",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Something said about an order that waits.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Who.
    pub by: String,
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub text: String,
}

impl Approval {
    /// Nobody has decided yet.
    pub fn waits(&self) -> bool {
        self.state == IntentState::Drafted
    }

    /// It was this person who asked.
    pub fn is_of(&self, staff: &Staff) -> bool {
        self.requested_by == staff.id
    }
}

/// The approval of an intent; `None` for one that needs none.
pub async fn of_intent(backend: &Backend, intent_id: Uuid) -> Result<Option<Approval>> {
    let Some(mut approval) = sql::approvals(&backend.pool, Some(intent_id), None).await?.pop() else { return Ok(None) };
    approval.comments = sql::comments(&backend.pool, intent_id).await?;
    Ok(Some(approval))
}

/// What waits, the oldest first, without comments: everything for those who may approve, for others what they asked for.
pub async fn waiting_for(backend: &Backend, staff: &Staff) -> Result<Vec<Approval>> {
    staff.require(Permission::Browse)?;
    let asked_by = (!staff.role.may(Permission::ApproveOrders)).then_some(staff.id);
    sql::approvals(&backend.pool, None, asked_by).await
}

/// How many orders wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// That others asked for.
    pub of_others: i64,
    /// That the person asked for themselves.
    pub own: i64,
}

impl Count {
    /// Those of others for a role that may approve, one's own for any other.
    pub fn that_concerns(self, role: &AssignedRole) -> i64 {
        if role.may(Permission::ApproveOrders) { self.of_others } else { self.own }
    }
}

/// How many orders wait, as the staff member sees it. Asked for the frame of every page.
pub async fn count(backend: &Backend, staff_id: Uuid) -> Result<Count> {
    sql::count_waiting(&backend.pool, staff_id).await
}
