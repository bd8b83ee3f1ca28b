//! The HTTP clients underneath.

use super::connection::{Endpoint, InvalidConnection};
use super::error::{Error, ErrorKind, Unreachable};
use super::gate::CallKind;
use super::options::Timeouts;
use super::reach::{Guard, Reach};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::io;
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
            if endpoint.is_loopback() { builder.no_proxy() } else { builder.https_only(true) }
        };
        let build = |builder: ClientBuilder| {
            builder.build().map_err(|error| InvalidConnection::Encryption(error.without_url().to_string()))
        };
        let guard = Arc::new(Guard::new(Reach::of(endpoint.is_loopback())));
        let downloads = builder().read_timeout(timeouts.download).dns_resolver(guard);
        Ok(Self { api: build(builder())?, downloads: build(downloads)? })
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
pub(super) fn tls(loopback: bool) -> Result<ClientConfig, rustls::Error> {
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
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        let message = format!("the marketplace cannot be reached: {}", deepest(&error));
        return Error::unconnected(unreachable(&error), operation, call, message);
    }
    let (kind, what) = if error.is_timeout() {
        (ErrorKind::Timeout, "the marketplace did not answer in time")
    } else {
        (ErrorKind::Interrupted, "the connection to the marketplace broke")
    };
    Error::local(kind, operation, call, format!("{what}: {}", deepest(&error)))
}

/// Why there is no connection, as far as the causes tell.
fn unreachable(error: &reqwest::Error) -> Unreachable {
    if error.is_timeout() {
        return Unreachable::NoAnswer;
    }
    causes(error).find_map(told_by).unwrap_or(Unreachable::Other)
}

fn told_by(cause: &(dyn std::error::Error + 'static)) -> Option<Unreachable> {
    // A failed look-up has no type of its own.
    if cause.to_string().starts_with("dns error") {
        return Some(Unreachable::UnknownHost);
    }
    told_by_io(cause.downcast_ref()?)
}

/// Encryption wraps its errors in those of I/O, more than once.
fn told_by_io(error: &io::Error) -> Option<Unreachable> {
    let Some(inner) = error.get_ref() else {
        return match error.kind() {
            io::ErrorKind::ConnectionRefused => Some(Unreachable::NobodyListens),
            io::ErrorKind::TimedOut => Some(Unreachable::NoAnswer),
            _ => None,
        };
    };
    match (inner.downcast_ref(), inner.downcast_ref()) {
        (Some(inner), _) => told_by_io(inner),
        (_, Some(rustls::Error::InvalidCertificate(_))) => Some(Unreachable::NotTrusted),
        _ => None,
    }
}

/// The deepest cause is the one that tells something to people.
fn deepest(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

pub(super) fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_not_trusted_is_found_however_deep_it_is_wrapped() {
        let untrusted = || rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let once = io::Error::new(io::ErrorKind::InvalidData, untrusted());
        assert_eq!(told_by(&once), Some(Unreachable::NotTrusted));
        let twice = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, untrusted()));
        assert_eq!(told_by(&twice), Some(Unreachable::NotTrusted));
        let other = io::Error::other(rustls::Error::DecryptError);
        assert_eq!(told_by(&other), None);
    }
}
