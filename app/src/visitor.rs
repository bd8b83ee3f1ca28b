//! Where a request comes from, as far as it matters for who may try passwords how often.

use backend::staff::Caller;
use secrecy::SecretString;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The network and the browser of a request; the server's middleware puts it into the request and gives the browser the cookie
/// that is left in it.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    caller: Caller,
    mark: Arc<Mutex<Option<SecretString>>>,
}

impl Visitor {
    /// Somebody from that network, whose browser has that cookie.
    pub fn new(network: Option<IpAddr>, browser: Option<SecretString>) -> Self {
        Self { caller: Caller { network, browser }, mark: Arc::default() }
    }

    /// What the services need to know.
    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Has the browser given a new cookie.
    pub(crate) fn mark(&self, browser: SecretString) {
        *self.mark.lock().unwrap_or_else(PoisonError::into_inner) = Some(browser);
    }

    /// Takes out the cookie that the browser is to be given, if any.
    pub fn take_mark(&self) -> Option<SecretString> {
        self.mark.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
