//! What can go wrong with a call, and whether it was carried out.

mod explain;

pub(super) use explain::{limit, refusal};

use super::answer::RawAnswer;
use super::call::Call;
use super::gate::{CallKind, Fault, Refusal};
use std::fmt;
use std::time::Duration;

/// A call that did not succeed. Cheap to clone; never contains a secret, a download address or a web page.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Facts>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) kind: ErrorKind,
    pub(super) call: CallKind,
    pub(super) operation: &'static str,
    pub(super) status: Option<u16>,
    pub(super) message: String,
    pub(super) correlation_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) unreachable: Option<Unreachable>,
    pub(super) web_page: bool,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// 401: user, password or marketplace code are wrong, or the token was refused twice.
    Unauthorized,
    /// 401 of the gateway: the subscription key is missing, wrong or suspended.
    SubscriptionKey,
    /// 403: the account may not do this.
    Forbidden,
    /// 404, or 400 saying that there is no such entity.
    NotFound,
    /// 400 and other refusals of the request itself (4xx).
    Invalid,
    /// Another order of the same kind is in progress: 409, or 500 saying so.
    Conflict {
        /// The number of the order in the way, such as `CH005810`.
        order_number: Option<String>,
    },
    /// 429: too many calls in a short time.
    RateLimited,
    /// 403 of the gateway: the calls of the day are used up.
    QuotaExceeded,
    /// 502, 503, 504, 408, or a failure explained by a web page: the proxy answered, not the marketplace.
    Unavailable,
    /// Any other 5xx, which the marketplace also uses to refuse.
    Upstream,
    /// 3xx: another place is named, which is not gone to.
    Redirected {
        /// That place, without user, query and fragment.
        to: Option<String>,
    },
    /// The answer did not come in time.
    Timeout,
    /// No connection: nothing was sent.
    Connect,
    /// The connection broke after something was sent.
    Interrupted,
    /// The call succeeded, but its answer cannot be read.
    Decode,
    /// A report's file has more bytes than the caller accepts.
    TooLarge,
    /// The [`CallGate`](super::CallGate) did not admit the call.
    Refused,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unreachable {
    /// The host's name leads nowhere.
    UnknownHost,
    /// The host is there, but nothing listens at the port.
    NobodyListens,
    /// Nobody answered in time.
    NoAnswer,
    /// Its certificate is none that this machine trusts.
    NotTrusted,
    /// Something else.
    Other,
}

/// Whether a write was carried out, as far as the client can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WriteOutcome {
    /// It was not; the same write can be sent again.
    NotCarriedOut,
    /// It may have been; look before sending it again.
    Unknown,
}

impl Error {
    pub(super) fn new(facts: Facts) -> Self {
        Self(Box::new(facts))
    }

    pub(super) fn refused(operation: &'static str, call: CallKind, refusal: Refusal) -> Self {
        let mut error = Self::local(ErrorKind::Refused, operation, call, refusal.reason);
        error.0.retry_after = refusal.retry_after;
        error
    }

    /// There is no connection.
    pub(super) fn unconnected(
        why: Unreachable,
        operation: &'static str,
        call: CallKind,
        message: impl Into<String>,
    ) -> Self {
        let mut error = Self::local(ErrorKind::Connect, operation, call, message);
        error.0.unreachable = Some(why);
        error
    }

    /// An error without an answer.
    pub(super) fn local(kind: ErrorKind, operation: &'static str, call: CallKind, message: impl Into<String>) -> Self {
        Self::new(Facts {
            kind,
            call,
            operation,
            status: None,
            message: message.into(),
            correlation_id: None,
            retry_after: None,
            unreachable: None,
            web_page: false,
        })
    }

    /// The same, as an answer with this status.
    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// A success that cannot be read.
    pub(super) fn unreadable(call: &Call, answer: &RawAnswer, why: &str) -> Self {
        let error = call.error(ErrorKind::Decode, format!("the marketplace's answer cannot be read: {why}"));
        let mut error = error.with_status(answer.status.as_u16());
        error.0.correlation_id.clone_from(&answer.correlation_id);
        error.0.web_page = answer.is_web_page();
        error
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The operation that failed, such as `create order`, or `token`.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The marketplace's own explanation where it gave one, otherwise ours. For people, in the marketplace's words.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the marketplace's support asks for.
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// How long the marketplace, or the gate, asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Why there is no connection; of other failures nothing.
    pub fn unreachable(&self) -> Option<Unreachable> {
        self.0.unreachable
    }

    /// A web page came instead of data: of the proxy in front, or of something that is no marketplace at all.
    pub fn is_web_page(&self) -> bool {
        self.0.web_page
    }

    /// Whether the write that failed was carried out.
    ///
    /// Not carried out: what failed before it was sent (no connection, the gate, a token that could not be had) and what
    /// was refused with a 4xx, because the status says that the request was at fault, whoever in the chain says so. A
    /// conflict is refused too, although it comes as a 500. Everything else is unknown: a time-out or a broken connection
    /// after sending, any 502, 503, 504 or web page (the proxy gave up, the marketplace may not have), other 5xx (they may
    /// have failed half-way), redirects, and a success whose answer cannot be read.
    ///
    /// Reads change nothing; for them the answer is always `NotCarriedOut`.
    pub fn outcome(&self) -> WriteOutcome {
        if self.0.call != CallKind::Write {
            return WriteOutcome::NotCarriedOut;
        }
        match self.0.kind {
            ErrorKind::Unauthorized
            | ErrorKind::SubscriptionKey
            | ErrorKind::Forbidden
            | ErrorKind::NotFound
            | ErrorKind::Invalid
            | ErrorKind::Conflict { .. }
            | ErrorKind::RateLimited
            | ErrorKind::QuotaExceeded
            | ErrorKind::Connect
            | ErrorKind::TooLarge
            | ErrorKind::Refused => WriteOutcome::NotCarriedOut,
            ErrorKind::Unavailable
            | ErrorKind::Upstream
            | ErrorKind::Redirected { .. }
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::Decode => WriteOutcome::Unknown,
        }
    }

    /// Whether it failed before the call itself was sent: it cannot be made, the gate refused it, there was no connection,
    /// or no token could be had.
    pub fn is_before_sending(&self) -> bool {
        let kind = matches!(self.0.kind, ErrorKind::Refused | ErrorKind::Connect | ErrorKind::Invalid);
        self.0.call == CallKind::Token || (kind && self.0.status.is_none())
    }

    /// What a marketplace that is away or ill did; `None` of a refusal, of whoever gave it.
    pub fn fault(&self) -> Option<Fault> {
        match self.0.kind {
            ErrorKind::Connect => Some(Fault::NoConnection),
            ErrorKind::Interrupted => Some(Fault::BrokenOff),
            ErrorKind::Timeout => Some(Fault::NoAnswer),
            ErrorKind::Unavailable => Some(Fault::Unavailable),
            ErrorKind::Upstream => Some(Fault::Trouble),
            ErrorKind::Decode => Some(Fault::Unreadable),
            ErrorKind::Unauthorized
            | ErrorKind::SubscriptionKey
            | ErrorKind::Forbidden
            | ErrorKind::NotFound
            | ErrorKind::Invalid
            | ErrorKind::Conflict { .. }
            | ErrorKind::RateLimited
            | ErrorKind::QuotaExceeded
            | ErrorKind::Redirected { .. }
            | ErrorKind::TooLarge
            | ErrorKind::Refused => None,
        }
    }

    /// Whether the same read may well succeed in a moment.
    pub fn is_transient(&self) -> bool {
        matches!(self.0.kind, ErrorKind::RateLimited | ErrorKind::Unavailable | ErrorKind::Connect)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "marketplace, {}: {}", self.0.operation, self.0.message)?;
        match (self.0.status, &self.0.correlation_id) {
            (Some(status), Some(id)) => write!(f, " (HTTP {status}, {id})"),
            (Some(status), None) => write!(f, " (HTTP {status})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(kind: ErrorKind, call: CallKind) -> WriteOutcome {
        Error::local(kind, "create order", call, "").outcome()
    }

    #[test]
    fn a_failed_write_is_unknown_only_where_it_may_have_been_carried_out() {
        use ErrorKind::*;
        let conflict = Conflict { order_number: Some("CH005810".into()) };
        for kind in [
            Unauthorized,
            SubscriptionKey,
            Forbidden,
            NotFound,
            Invalid,
            conflict,
            RateLimited,
            QuotaExceeded,
            Connect,
            Refused,
        ] {
            assert_eq!(outcome(kind.clone(), CallKind::Write), WriteOutcome::NotCarriedOut, "{kind:?}");
        }
        for kind in [Unavailable, Upstream, Redirected { to: None }, Timeout, Interrupted, Decode] {
            assert_eq!(outcome(kind.clone(), CallKind::Write), WriteOutcome::Unknown, "{kind:?}");
        }
    }

    #[test]
    fn a_write_whose_token_failed_was_not_carried_out() {
        for kind in [ErrorKind::Timeout, ErrorKind::Unavailable, ErrorKind::Interrupted] {
            assert_eq!(outcome(kind, CallKind::Token), WriteOutcome::NotCarriedOut);
        }
    }

    #[test]
    fn what_ended_before_it_was_sent_is_told_apart_for_reads_too() {
        let before = |kind, call| Error::local(kind, "console", call, "").is_before_sending();
        for kind in [ErrorKind::Refused, ErrorKind::Connect, ErrorKind::Invalid] {
            assert!(before(kind, CallKind::Read));
        }
        assert!(before(ErrorKind::Timeout, CallKind::Token));
        assert!(!before(ErrorKind::Timeout, CallKind::Read) && !before(ErrorKind::Interrupted, CallKind::Write));
    }
}
