//! The HTTP clients underneath.

use super::connection::{Endpoint, InvalidConnection};
use super::error::{Error, ErrorKind};
use super::gate::CallKind;
use super::options::Timeouts;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use std::time::Duration;

/// One client for the marketplace, and a plain one for the host of the report files.
pub(super) struct Transport {
    pub(super) api: Client,
    pub(super) downloads: Client,
}

impl Transport {
    pub(super) fn new(endpoint: &Endpoint, timeouts: Timeouts) -> Result<Self, InvalidConnection> {
        let tls = tls(endpoint.is_loopback()).map_err(|error| InvalidConnection::Encryption(error.to_string()))?;
        let builder = || {
            let builder = base(timeouts).tls_backend_preconfigured(tls.clone());
            // A proxy meant for the outside world cannot reach this machine's own addresses.
            if endpoint.is_loopback() { builder.no_proxy() } else { builder }
        };
        let build = |builder: ClientBuilder| {
            builder.build().map_err(|error| InvalidConnection::Encryption(error.without_url().to_string()))
        };
        Ok(Self { api: build(builder())?, downloads: build(builder().read_timeout(timeouts.download))? })
    }
}

/// Redirects are not followed: the subscription key would follow them to any host. Nor is anything repeated down here.
fn base(timeouts: Timeouts) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(timeouts.connect)
        // Shorter than the proxies' own, so that a write rarely meets a connection that is just being closed.
        .pool_idle_timeout(Duration::from_secs(30))
}

/// Names its cryptography itself rather than rely on a provider installed for the whole process.
fn tls(loopback: bool) -> Result<ClientConfig, rustls::Error> {
    let builder =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    // A machine without any trusted certificates can still talk to itself.
    let builder = if loopback {
        builder.with_root_certificates(RootCertStore::empty())
    } else {
        builder.with_platform_verifier()?
    };
    Ok(builder.with_no_client_auth())
}

/// What a failure without an answer means. Addresses are left out: those of downloads are secret.
pub(super) fn failure(operation: &'static str, call: CallKind, error: reqwest::Error) -> Error {
    let kind = if error.is_connect() || error.is_builder() {
        ErrorKind::Connect
    } else if error.is_timeout() {
        ErrorKind::Timeout
    } else {
        ErrorKind::Interrupted
    };
    let what = match kind {
        ErrorKind::Connect => "the marketplace cannot be reached",
        ErrorKind::Timeout => "the marketplace did not answer in time",
        _ => "the connection to the marketplace broke",
    };
    Error::local(kind, operation, call, format!("{what}: {}", causes(&error.without_url())))
}

/// The deepest cause, which is the one that tells something.
fn causes(error: &dyn std::error::Error) -> String {
    let deepest = std::iter::successors(Some(error), |error| error.source()).last().unwrap_or(error);
    deepest.to_string()
}
