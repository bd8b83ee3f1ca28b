//! What a test found out.

use super::presets::is_known_code;
use marketplace::{Connection, Error, ErrorKind, Unreachable};
use std::time::Duration;

/// What came of a test, and what the marketplace calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestReport {
    /// Whether it works, and why not.
    pub outcome: Outcome,
    /// How long it took.
    pub elapsed: Duration,
    /// The HTTP status of the answer that decided.
    pub status: Option<u16>,
    /// The marketplace's name for the call, for its support.
    pub correlation_id: Option<String>,
}

/// Whether a connection works, and why not. Says nothing of what the other side wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works.
    Works {
        /// How many customers it sees, where the marketplace says so.
        customers: Option<u64>,
    },
    /// The gateway does not know the subscription key, or not yet.
    KeyRefused,
    /// The gateway says that no subscription key arrived.
    KeyMissing,
    /// User name, password or marketplace code are wrong; the marketplace does not say which.
    SignInRefused,
    /// The same, and the code is none that is known to be in use.
    CodeUnknown,
    /// Signing in worked, but what it gave is not accepted.
    TokenRefused,
    /// Signing in worked, but the user may not read customers.
    NotAllowed,
    /// Nobody knows the host's name.
    UnknownHost,
    /// Nothing listens at the host's port.
    NobodyListens,
    /// No answer came in time.
    NoAnswer,
    /// The host's certificate is none that this machine trusts.
    NotTrusted,
    /// There is no connection for another reason.
    Unreachable,
    /// The connection broke.
    BrokenOff,
    /// The host points elsewhere, and is not followed.
    Redirected {
        /// Where to, without user, query and fragment.
        to: Option<String>,
    },
    /// Something answers, but it is no marketplace.
    NoMarketplace,
    /// Too many calls in a short time.
    RateLimited {
        /// How long the gateway asks to wait.
        wait: Option<Duration>,
    },
    /// The calls of the day are used up.
    QuotaUsedUp {
        /// How long the gateway asks to wait.
        wait: Option<Duration>,
    },
    /// Seatboard itself makes no more calls for now.
    BudgetUsedUp {
        /// Until there is a place.
        wait: Option<Duration>,
    },
    /// The marketplace is there, but does not answer calls at the moment.
    Maintenance,
    /// The marketplace has trouble of its own.
    Trouble,
    /// This machine cannot encrypt connections.
    NoEncryption,
}

impl Outcome {
    /// Whether the connection can be used.
    pub fn works(&self) -> bool {
        matches!(self, Self::Works { .. })
    }

    /// The stable name used in the activity.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Works { .. } => "works",
            Self::KeyRefused => "key refused",
            Self::KeyMissing => "key missing",
            Self::SignInRefused => "sign-in refused",
            Self::CodeUnknown => "sign-in refused, code not known",
            Self::TokenRefused => "token refused",
            Self::NotAllowed => "not allowed",
            Self::UnknownHost => "unknown host",
            Self::NobodyListens => "nobody listens",
            Self::NoAnswer => "no answer",
            Self::NotTrusted => "certificate not trusted",
            Self::Unreachable => "unreachable",
            Self::BrokenOff => "broken off",
            Self::Redirected { .. } => "redirected",
            Self::NoMarketplace => "no marketplace",
            Self::RateLimited { .. } => "rate limited",
            Self::QuotaUsedUp { .. } => "quota used up",
            Self::BudgetUsedUp { .. } => "budget used up",
            Self::Maintenance => "maintenance",
            Self::Trouble => "trouble",
            Self::NoEncryption => "no encryption",
        }
    }

    /// What the failure of a call means for the connection it was made with.
    pub(super) fn of_failure(error: &Error, connection: &Connection) -> Self {
        let wait = error.retry_after();
        match error.kind() {
            // The proxy's pages come with 5xx; the marketplace itself never answers with one.
            _ if error.is_web_page() && error.status().is_none_or(|status| status < 500) => Self::NoMarketplace,
            ErrorKind::SubscriptionKey if error.message().to_ascii_lowercase().contains("missing") => Self::KeyMissing,
            ErrorKind::SubscriptionKey => Self::KeyRefused,
            ErrorKind::Unauthorized if error.operation() != "token" => Self::TokenRefused,
            ErrorKind::Unauthorized if !is_known_code(&connection.marketplace) => Self::CodeUnknown,
            ErrorKind::Unauthorized => Self::SignInRefused,
            ErrorKind::Forbidden => Self::NotAllowed,
            ErrorKind::Connect => match error.unreachable() {
                Some(Unreachable::UnknownHost) => Self::UnknownHost,
                Some(Unreachable::NobodyListens) => Self::NobodyListens,
                Some(Unreachable::NoAnswer) => Self::NoAnswer,
                Some(Unreachable::NotTrusted) => Self::NotTrusted,
                Some(Unreachable::Other) | None => Self::Unreachable,
            },
            ErrorKind::Timeout => Self::NoAnswer,
            ErrorKind::Interrupted => Self::BrokenOff,
            ErrorKind::Redirected { to } => Self::Redirected { to: to.clone() },
            ErrorKind::NotFound | ErrorKind::Decode | ErrorKind::Invalid | ErrorKind::TooLarge => Self::NoMarketplace,
            ErrorKind::RateLimited => Self::RateLimited { wait },
            ErrorKind::QuotaExceeded => Self::QuotaUsedUp { wait },
            ErrorKind::Refused => Self::BudgetUsedUp { wait },
            ErrorKind::Unavailable => Self::Maintenance,
            ErrorKind::Upstream | ErrorKind::Conflict { .. } => Self::Trouble,
        }
    }
}
