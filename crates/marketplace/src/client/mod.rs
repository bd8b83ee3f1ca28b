//! The client: calls over HTTP.

mod answer;
mod call;
mod connection;
mod download;
mod error;
mod exchange;
mod filters;
#[cfg(test)]
mod fuzzing;
mod gate;
mod operations;
mod options;
mod paging;
mod raw;
mod reach;
mod token;
mod transport;

pub use answer::{Answered, RawAnswer, Reply};
pub use connection::{Connection, InvalidConnection, presentable_address};
pub use download::Download;
pub use error::{Error, ErrorKind, Unreachable, WriteOutcome};
pub use filters::*;
pub use gate::{CallGate, CallInfo, CallKind, CallOutcome, Fault, Limit, OpenGate, Priority, Refusal, Verdict};
pub use options::{Options, RetryPolicy, Timeouts};
pub use paging::{Listing, PAGE_SIZE};
pub use raw::RawCall;
pub use reqwest::Method;

use connection::Endpoint;
use std::fmt;
use std::sync::Arc;
use token::TokenCache;
use transport::Transport;

/// Speaks to one marketplace as one API user. Clones are cheap and share the connections and the token.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    gate: Arc<dyn CallGate>,
    priority: Priority,
    probing: bool,
}

struct Shared {
    endpoint: Endpoint,
    options: Options,
    transport: Transport,
    tokens: TokenCache,
}

impl Client {
    /// Checks the connection's form; calls nothing. To see whether it works, list anything.
    pub fn new(connection: Connection, options: Options) -> Result<Self, InvalidConnection> {
        let endpoint = Endpoint::check(connection)?;
        let transport = Transport::new(&endpoint, options.timeouts)?;
        let shared = Shared { endpoint, options, transport, tokens: TokenCache::default() };
        Ok(Self { shared: Arc::new(shared), gate: Arc::new(OpenGate), priority: Priority::default(), probing: false })
    }

    /// The same client, with `gate` asked before every call.
    #[must_use]
    pub fn with_gate(self, gate: Arc<dyn CallGate>) -> Self {
        Self { gate, ..self }
    }

    /// The same client, with `around` of its gate asked before every call.
    #[must_use]
    pub fn with_gate_around(&self, around: impl FnOnce(Arc<dyn CallGate>) -> Arc<dyn CallGate>) -> Self {
        Self { gate: around(self.gate.clone()), ..self.clone() }
    }

    /// The same client, whose calls say who waits for them.
    #[must_use]
    pub fn with_priority(&self, priority: Priority) -> Self {
        Self { priority, ..self.clone() }
    }

    /// The same client, to find out whether the marketplace is back: the gate is told so, and nothing is repeated.
    #[must_use]
    pub fn probing(&self) -> Self {
        Self { probing: true, ..self.clone() }
    }
}

/// Says nothing, lest it say a secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("priority", &self.priority).finish_non_exhaustive()
    }
}
