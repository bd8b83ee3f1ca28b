//! Which provider, and as what.

use reqwest::Url;
use secrecy::SecretString;
use std::net::IpAddr;

/// What has to be known of the provider. `Debug` hides the secret.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The provider's name for itself, an address.
    pub issuer: String,
    /// This client's name at the provider.
    pub client_id: String,
    /// This client's secret; a public client has none.
    pub client_secret: Option<SecretString>,
    /// What is asked for, separated by spaces.
    pub scopes: String,
    /// Where the provider sends people back to.
    pub redirect_uri: String,
    /// The claims that are needed: where the ID token lacks one, the provider is asked for more.
    pub claims: Vec<String>,
}

/// What is wrong with [`Settings`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSettings {
    /// No URL of a host.
    #[error("it is no address such as https://login.company.example")]
    Address,
    /// Anybody on the way could say who signs in.
    #[error("it has to begin with https://")]
    NotEncrypted,
    /// More than an issuer has.
    #[error("it may not contain a user, a query or a fragment")]
    TooMuch,
    /// The scope that makes it a sign-in is missing.
    #[error("`openid` has to be among them")]
    Scopes,
    /// No encrypted connections on this machine.
    #[error("encrypted connections cannot be set up: {0}")]
    Encryption(String),
}

impl Settings {
    /// Fails with what is wrong with the issuer.
    pub fn check_issuer(issuer: &str) -> Result<(), InvalidSettings> {
        let url = Url::parse(issuer).map_err(|_| InvalidSettings::Address)?;
        let plain = url.username().is_empty() && url.password().is_none();
        match url.scheme() {
            _ if url.host_str().is_none_or(str::is_empty) => Err(InvalidSettings::Address),
            "http" if !is_loopback(&url) => Err(InvalidSettings::NotEncrypted),
            "http" | "https" if plain && url.query().is_none() && url.fragment().is_none() => Ok(()),
            "http" | "https" => Err(InvalidSettings::TooMuch),
            _ => Err(InvalidSettings::Address),
        }
    }

    /// Fails with what is wrong with the scopes.
    pub fn check_scopes(scopes: &str) -> Result<(), InvalidSettings> {
        if scopes.split(' ').any(|scope| scope == "openid") { Ok(()) } else { Err(InvalidSettings::Scopes) }
    }

    /// The provider runs on this machine: nothing leaves it, so plain HTTP is fine.
    pub(crate) fn is_loopback(&self) -> bool {
        Url::parse(&self.issuer).is_ok_and(|issuer| is_loopback(&issuer))
    }
}

/// Whether the URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_an_address_over_tls_or_on_this_machine() {
        for issuer in
            ["https://login.company.example", "https://login.company.example/realms/staff", "http://127.0.0.1:4000"]
        {
            assert_eq!(Settings::check_issuer(issuer), Ok(()), "{issuer}");
        }
        for (issuer, problem) in [
            ("login.company.example", InvalidSettings::Address),
            ("ftp://login.company.example", InvalidSettings::Address),
            ("http://login.company.example", InvalidSettings::NotEncrypted),
            ("http://127.0.0.1.company.example", InvalidSettings::NotEncrypted),
            ("https://user@login.company.example", InvalidSettings::TooMuch),
            ("https://login.company.example/?tenant=1", InvalidSettings::TooMuch),
            ("https://login.company.example/#a", InvalidSettings::TooMuch),
        ] {
            assert_eq!(Settings::check_issuer(issuer), Err(problem), "{issuer}");
        }
    }

    #[test]
    fn without_the_scope_openid_it_is_no_sign_in() {
        assert_eq!(Settings::check_scopes("openid email"), Ok(()));
        assert_eq!(Settings::check_scopes("email openidx"), Err(InvalidSettings::Scopes));
    }
}
