//! The faults by name.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

macro_rules! faults {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// One way a call can go wrong. "Before" leaves no effect behind; "after" means the effect has happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Fault {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name used in sentinels and at the control endpoint.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

faults! {
    /// The connection is reset; nothing happened.
    ResetBefore = "reset-before",
    /// The connection is reset after the effect.
    ResetAfter = "reset-after",
    /// No answer ever comes; nothing happened.
    TimeoutBefore = "timeout-before",
    /// No answer ever comes, though the effect has happened.
    TimeoutAfter = "timeout-after",
    /// The call stands still before its effect until it is released.
    HoldBefore = "hold-before",
    /// The call stands still after its effect until it is released.
    HoldAfter = "hold-after",
    /// 504 as an HTML page of the proxy; nothing happened.
    Html504Before = "html-504-before",
    /// 504 as an HTML page of the proxy, though the effect has happened.
    Html504After = "html-504-after",
    /// The billing platform's conflict, which arrives as HTTP 500; nothing happened.
    Conflict500 = "conflict-500",
    /// 429 with `Retry-After`, in the gateway's words.
    RateLimited = "rate-limited",
    /// 403 of the gateway: the calls of the day are used up; nothing happened.
    OutOfQuota = "out-of-quota",
    /// 401 of the gateway: the subscription key is no longer valid; nothing happened.
    KeyRefused = "key-refused",
    /// 404: what the call is about is gone; nothing happened.
    NotFound = "not-found",
    /// 500 without a reason that a client could tell apart; nothing happened.
    InternalError = "internal-error",
    /// 401: the token presented has just expired.
    ExpiredToken = "expired-token",
    /// The answer breaks off in the middle.
    TruncatedBody = "truncated-body",
    /// The answer trickles in over two seconds.
    SlowBody = "slow-body",
    /// 200 with nothing in it, though the effect has happened.
    EmptyBody = "empty-body",
    /// 503 as an HTML page: maintenance.
    Maintenance503 = "maintenance-503",
    /// Accepted, but provisioning (or generating the report) fails later.
    ProvisioningFailed = "provisioning-failed",
    /// 400 in the other spelling of the API's error body.
    ErrorOtherSpelling = "error-other-spelling",
    /// 403: the account may not use this operation.
    Forbidden = "forbidden",
    /// 200 with an HTML page, as from a captive portal; nothing happened.
    Html200 = "html-200",
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name).ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// Not the name of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl std::fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is not a fault of this simulator", self.0)
    }
}

impl std::error::Error for UnknownFault {}
