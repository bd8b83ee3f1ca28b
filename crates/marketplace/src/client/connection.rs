//! Where the marketplace is and who signs in.

use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use std::borrow::Cow;
use std::net::IpAddr;

/// What the marketplace's "Marketplace API" page shows to a reseller. `Debug` hides the secrets.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Differs by region and carries a path, such as `https://host/marketplace/eu`; a slash at its end does not matter.
    pub base_url: String,
    /// The marketplace's code, such as `us`.
    pub marketplace: String,
    /// The API user, one for each application.
    pub username: String,
    /// The API user's password.
    pub password: SecretString,
    /// The key of the gateway in front of the marketplace.
    pub subscription_key: SecretString,
}

/// What is wrong with a [`Connection`], before anything was called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidConnection {
    /// Not a URL of a host.
    #[error("the address is not a URL such as https://host/marketplace/eu")]
    Address,
    /// Passwords would travel in the clear.
    #[error("the address has to begin with https://")]
    NotEncrypted,
    /// Has a query, a fragment or a user.
    #[error("the address may not contain a user, a query or a fragment")]
    TooMuch,
    /// Something has to be filled in.
    #[error("the {0} is missing")]
    Missing(&'static str),
    /// Cannot be sent in a header.
    #[error("the subscription key contains characters that cannot be sent")]
    SubscriptionKey,
    /// No encrypted connections on this machine, for instance because it trusts nobody.
    #[error("encrypted connections cannot be set up: {0}")]
    Encryption(String),
}

impl Connection {
    /// Everything wrong with the form of it, before anything is called.
    pub fn problems(&self) -> Vec<InvalidConnection> {
        let missing = [
            ("marketplace", self.marketplace.as_str()),
            ("user name", &self.username),
            ("password", self.password.expose_secret()),
            ("subscription key", self.subscription_key.expose_secret()),
        ];
        let missing = missing.into_iter().filter(|(_, value)| value.trim().is_empty());
        let missing = missing.map(|(name, _)| InvalidConnection::Missing(name));
        base(&self.base_url).err().into_iter().chain(missing).chain(key(&self.subscription_key).err()).collect()
    }

    /// The address in its one normal form, without a slash at its end, so that the same place is always written alike.
    pub fn address(&self) -> Result<String, InvalidConnection> {
        base(&self.base_url).map(|url| place(&url))
    }
}

/// What of an address may be shown and kept, whatever somebody typed: no user, no query, no fragment.
pub fn presentable_address(address: &str) -> String {
    let address = address.trim();
    if let Some(url) = Url::parse(address).ok().filter(Url::has_host) {
        return place(&url);
    }
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    if plain.contains('@') { String::new() } else { plain.to_owned() }
}

/// The URL without user, query, fragment and the slash at its end.
pub(super) fn place(url: &Url) -> String {
    let origin = url.origin().ascii_serialization();
    format!("{origin}{}", url.path().trim_end_matches('/'))
}

/// A connection that was checked.
pub(super) struct Endpoint {
    base: Url,
    pub(super) marketplace: String,
    pub(super) username: String,
    pub(super) password: SecretString,
    pub(super) subscription_key: HeaderValue,
}

impl Endpoint {
    pub(super) fn check(connection: Connection) -> Result<Self, InvalidConnection> {
        if let Some(problem) = connection.problems().into_iter().next() {
            return Err(problem);
        }
        Ok(Self {
            base: base(&connection.base_url)?,
            marketplace: connection.marketplace.trim().to_owned(),
            username: connection.username,
            password: connection.password,
            subscription_key: key(&connection.subscription_key)?,
        })
    }

    /// The marketplace runs on this machine: nothing leaves it, so plain HTTP is fine.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }

    /// The base with `segments` appended, each encoded; `None` for a segment that would point elsewhere.
    pub(super) fn url(&self, segments: &[&str], query: &[(Cow<'_, str>, String)]) -> Option<Url> {
        if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
            return None;
        }
        let mut url = self.base.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend(segments);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(url)
    }
}

/// Whether the URL's host is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    url.host_str() == Some("localhost") || ip(url).is_some_and(|address| address.is_loopback())
}

/// The URL's host, where it is an address and no name.
pub(super) fn ip(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn base(address: &str) -> Result<Url, InvalidConnection> {
    let url = Url::parse(address.trim()).map_err(|_| InvalidConnection::Address)?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(InvalidConnection::Address);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(InvalidConnection::NotEncrypted),
        _ => return Err(InvalidConnection::Address),
    }
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if plain && url.fragment().is_none() { Ok(url) } else { Err(InvalidConnection::TooMuch) }
}

fn key(key: &SecretString) -> Result<HeaderValue, InvalidConnection> {
    let mut value =
        HeaderValue::from_str(key.expose_secret().trim()).map_err(|_| InvalidConnection::SubscriptionKey)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(base_url: &str) -> Result<Endpoint, InvalidConnection> {
        Endpoint::check(Connection {
            base_url: base_url.into(),
            marketplace: "us".into(),
            username: "someone.API".into(),
            password: "secret-password".into(),
            subscription_key: "secret-key".into(),
        })
    }

    fn url(base_url: &str, segments: &[&str]) -> Option<String> {
        endpoint(base_url).unwrap().url(segments, &[]).map(String::from)
    }

    #[test]
    fn the_path_is_appended_to_the_base_and_never_replaces_it() {
        for base in ["https://host.example/marketplace/eu", "https://host.example/marketplace/eu/"] {
            let expected = "https://host.example/marketplace/eu/customers/1000201";
            assert_eq!(url(base, &["customers", "1000201"]).as_deref(), Some(expected));
        }
        assert_eq!(url("https://host.example", &["token"]).as_deref(), Some("https://host.example/token"));
    }

    #[test]
    fn an_identifier_cannot_leave_its_place_in_the_path() {
        assert_eq!(
            url("https://host.example/eu", &["orders", "1/../2?x#y"]).as_deref(),
            Some("https://host.example/eu/orders/1%2F..%2F2%3Fx%23y")
        );
        assert_eq!(url("https://host.example/eu", &["orders", ".."]), None);
        assert_eq!(url("https://host.example/eu", &["orders", ""]), None);
    }

    #[test]
    fn only_this_machine_is_called_without_encryption() {
        for base in ["http://127.0.0.1:4010/marketplace/eu", "http://localhost:1", "http://[::1]:1/x"] {
            assert!(endpoint(base).unwrap().is_loopback(), "{base}");
        }
        assert_eq!(endpoint("http://host.example").err(), Some(InvalidConnection::NotEncrypted));
        assert_eq!(endpoint("http://127.0.0.1.host.example").err(), Some(InvalidConnection::NotEncrypted));
    }

    #[test]
    fn an_address_with_more_than_a_place_is_refused() {
        for base in ["https://user@host.example", "https://host.example?key=1", "https://host.example#top"] {
            assert_eq!(endpoint(base).err(), Some(InvalidConnection::TooMuch), "{base}");
        }
        for base in ["", "host.example/marketplace", "ftp://host.example"] {
            assert_eq!(endpoint(base).err(), Some(InvalidConnection::Address), "{base}");
        }
    }

    #[test]
    fn everything_wrong_with_a_connection_is_said_at_once() {
        let connection = Connection {
            base_url: "http://host.example".into(),
            marketplace: " ".into(),
            username: String::new(),
            password: "".into(),
            subscription_key: "line\nbreak".into(),
        };
        let missing = ["marketplace", "user name", "password"].map(InvalidConnection::Missing);
        let mut expected = vec![InvalidConnection::NotEncrypted];
        expected.extend(missing);
        expected.push(InvalidConnection::SubscriptionKey);
        assert_eq!(connection.problems(), expected);
    }

    #[test]
    fn the_same_address_is_written_alike_however_it_was_typed() {
        let address = |base_url: &str| {
            let connection = Connection {
                base_url: base_url.into(),
                marketplace: "us".into(),
                username: "someone.API".into(),
                password: "secret-password".into(),
                subscription_key: "secret-key".into(),
            };
            connection.address()
        };
        for typed in [" https://HOST.example:443/marketplace/eu/", "https://host.example/marketplace/eu"] {
            assert_eq!(address(typed).as_deref(), Ok("https://host.example/marketplace/eu"), "{typed}");
        }
        assert_eq!(address("http://[::1]:80/").as_deref(), Ok("http://[::1]"));
    }

    #[test]
    fn what_may_be_secret_in_an_address_is_not_presented() {
        for (typed, shown) in [
            ("https://someone:secret@host.example/eu?key=secret#secret", "https://host.example/eu"),
            ("host.example/eu?key=secret", "host.example/eu"),
            ("someone:secret@host.example/eu", ""),
            (" host.example ", "host.example"),
        ] {
            assert_eq!(presentable_address(typed), shown, "{typed}");
        }
    }

    #[test]
    fn secrets_are_hidden_from_debug() {
        let connection = Connection {
            base_url: "https://host.example".into(),
            marketplace: "us".into(),
            username: "someone.API".into(),
            password: "secret-password".into(),
            subscription_key: "secret-key".into(),
        };
        assert!(!format!("{connection:?}").contains("secret-"));
        let key = Endpoint::check(connection).unwrap().subscription_key;
        assert!(!format!("{key:?}").contains("secret-key"));
    }
}
