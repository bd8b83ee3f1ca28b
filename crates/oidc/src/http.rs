//! Asking the provider: within limits, without following it anywhere.

use crate::error::Error;
use crate::settings::{InvalidSettings, Settings};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

/// How long one answer is waited for: a person is waiting too.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes of an answer. Keys with their certificates are some kilobytes.
const LARGEST: usize = 256 * 1024;

/// A client for this provider.
pub(crate) fn client(settings: &Settings) -> Result<Client, InvalidSettings> {
    let loopback = settings.is_loopback();
    let tls = tls(loopback).map_err(|error| InvalidSettings::Encryption(error.to_string()))?;
    let builder = Client::builder()
        .user_agent(concat!("seatboard/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(PATIENCE / 2)
        .timeout(PATIENCE)
        .tls_backend_preconfigured(tls);
    // A proxy meant for the outside world cannot reach this machine's own addresses.
    let builder = if loopback { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|error| InvalidSettings::Encryption(error.without_url().to_string()))
}

/// Names its cryptography itself rather than rely on a provider installed for the whole process.
fn tls(loopback: bool) -> Result<ClientConfig, rustls::Error> {
    let builder =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    let builder = if loopback {
        builder.with_root_certificates(RootCertStore::empty())
    } else {
        builder.with_platform_verifier()?
    };
    Ok(builder.with_no_client_auth())
}

/// What the provider answered, of whatever status.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    /// The answer to the request. Addresses are left out of what is told of failures: they can hold codes.
    pub(crate) async fn to(request: RequestBuilder) -> Result<Self, Error> {
        let failed = |error: reqwest::Error| Error::Unavailable(why(&error.without_url()));
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Error::Unavailable("its answer is too large".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self { status, body })
    }

    /// What it holds, whose reading must not be quoted: it may be a token.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|_| Error::Unavailable(format!("its answer ({}) cannot be read", self.status.as_u16())))
    }

    /// The same of an answer that has to be a success.
    pub(crate) fn success<T: DeserializeOwned>(&self, what: &str) -> Result<T, Error> {
        if self.status.is_success() {
            self.json()
        } else {
            Err(Error::Unavailable(format!("it answered {} when asked for {what}", self.status.as_u16())))
        }
    }
}

/// The deepest cause is the one that tells something.
fn why(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source());
    causes.last().map(ToString::to_string).unwrap_or_default()
}
