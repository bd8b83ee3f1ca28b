//! A hook around every call, for whoever keeps the budget of calls.

use async_trait::async_trait;
use std::time::Duration;

/// Decides about each HTTP call before it is made, and learns what became of it.
///
/// The marketplace allows only so many calls, whoever makes them. The client counts nothing itself: it asks the gate
/// before *every* call to the marketplace, those for tokens and repetitions included. Downloads of reports go to another
/// host and are not asked about.
#[async_trait]
pub trait CallGate: Send + Sync {
    /// Returns when the call may be made. An error means that it is not made.
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal>;

    /// Told after each admitted call, unless the caller lost interest in between.
    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome);
}

/// A call that is about to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallInfo {
    /// The operation's name, such as `list orders`.
    pub operation: &'static str,
    /// What it does.
    pub kind: CallKind,
    /// Who waits for it.
    pub priority: Priority,
    /// It only finds out whether the marketplace is back, see [`Client::probing`](super::Client::probing).
    pub probe: bool,
}

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallKind {
    /// Asks for a token.
    Token,
    /// Changes nothing at the marketplace; estimates and validations belong here.
    Read,
    /// Changes something at the marketplace.
    Write,
}

/// Who waits for a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Priority {
    /// A person.
    #[default]
    People,
    /// Nobody in particular.
    Background,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallOutcome {
    /// What it says of the marketplace.
    pub verdict: Verdict,
    /// The HTTP status; none when there was no answer.
    pub status: Option<u16>,
    /// The marketplace's patience ran out.
    pub limit: Option<Limit>,
    /// How long the marketplace asks to be left alone.
    pub retry_after: Option<Duration>,
    /// How long the call took.
    pub elapsed: Duration,
}

/// What an outcome says of the marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It did what was asked.
    Success,
    /// It answered and refused: the request is at fault, or something stands in its way. A marketplace that refuses is
    /// there.
    Refusal,
    /// It did not answer, or not as a marketplace does.
    Fault(Fault),
}

/// What a marketplace that is away or ill does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// There is no connection.
    NoConnection,
    /// The connection breaks.
    BrokenOff,
    /// The answer does not come in time.
    NoAnswer,
    /// The proxy answers in its place: 502, 503, 504, 408, or a web page.
    Unavailable,
    /// It answers with an error of its own, a 5xx that is no conflict.
    Trouble,
    /// It answers a success that cannot be read.
    Unreadable,
}

/// What was used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// The calls of a minute or so (429).
    Rate,
    /// The calls of a day (403).
    Quota,
}

/// Why a call may not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// For people, as a sentence without a full stop.
    pub reason: String,
    /// When it may be worth asking again.
    pub retry_after: Option<Duration>,
}

/// Admits everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenGate;

#[async_trait]
impl CallGate for OpenGate {
    async fn admit(&self, _call: &CallInfo) -> Result<(), Refusal> {
        Ok(())
    }

    async fn observe(&self, _call: &CallInfo, _outcome: &CallOutcome) {}
}
