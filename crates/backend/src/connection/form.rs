//! What was typed, made into a connection that can be tried.

use super::stored::{Held, Version};
use crate::{Backend, Error, FieldError, Result};
use marketplace::{Connection, InvalidConnection};
use secrecy::{ExposeSecret, SecretString};

/// A connection as typed. An empty password or key means the one that is in use, which is taken only while URL, code and
/// user name stay as they are: otherwise somebody could have it sent to a host of their own.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The marketplace's address, with its path.
    pub url: String,
    /// The marketplace's code.
    pub code: String,
    /// The API user.
    pub username: String,
    /// Their password.
    pub password: SecretString,
    /// The key of the gateway.
    pub subscription_key: SecretString,
}

/// A connection that can be tried and stored.
pub(super) struct Complete {
    /// Its address is in the normal form.
    pub(super) connection: Connection,
    /// What held when it was completed.
    pub(super) held: Option<Version>,
    pub(super) password_changed: bool,
    pub(super) key_changed: bool,
}

/// The name in the form of the field that is at fault.
pub fn field_of(problem: &InvalidConnection) -> &'static str {
    match problem {
        InvalidConnection::Missing("marketplace") => "code",
        InvalidConnection::Missing("user name") => "username",
        InvalidConnection::Missing("password") => "password",
        InvalidConnection::Missing(_) | InvalidConnection::SubscriptionKey => "subscription_key",
        _ => "url",
    }
}

impl Form {
    /// With the secrets that are kept. Fails with everything wrong with it, each named by its field.
    pub(super) async fn complete(&self, backend: &Backend) -> Result<Complete> {
        let held = Held::read(backend).await?;
        let mut connection = Connection {
            base_url: self.url.trim().to_owned(),
            marketplace: self.code.trim().to_owned(),
            username: self.username.trim().to_owned(),
            password: self.password.clone(),
            subscription_key: self.subscription_key.clone(),
        };
        let keeping = Keeping::of(&connection, held.as_ref());
        if let Keeping::May(kept) = keeping {
            fill(&mut connection.password, &kept.password);
            fill(&mut connection.subscription_key, &kept.subscription_key);
        }
        match (connection.address(), connection.problems()) {
            (Ok(address), problems) if problems.is_empty() => connection.base_url = address,
            (_, problems) => return Err(Error::Invalid(problems.iter().map(|p| keeping.explain(p)).collect())),
        }
        let before = held.as_ref().and_then(|held| held.connection.as_ref().ok());
        let differs = |secret: fn(&Connection) -> &SecretString| {
            before.is_none_or(|before| secret(before).expose_secret() != secret(&connection).expose_secret())
        };
        Ok(Complete {
            held: held.as_ref().map(|held| held.version),
            password_changed: differs(|connection| &connection.password),
            key_changed: differs(|connection| &connection.subscription_key),
            connection,
        })
    }
}

/// Whether empty secrets mean those in use.
enum Keeping<'a> {
    /// They do.
    May(&'a Connection),
    /// There are none.
    Nothing,
    /// They cannot be read, for this reason.
    Unreadable(String),
    /// They are for another place or user.
    Elsewhere,
}

impl<'a> Keeping<'a> {
    fn of(typed: &Connection, held: Option<&'a Held>) -> Self {
        let Some(held) = held else { return Self::Nothing };
        let same = typed.address().is_ok_and(|address| address == held.url)
            && typed.marketplace == held.code
            && typed.username == held.username;
        match &held.connection {
            Ok(connection) if same => Self::May(connection),
            Err(error) if same => Self::Unreadable(error.to_string()),
            _ => Self::Elsewhere,
        }
    }

    fn explain(&self, problem: &InvalidConnection) -> FieldError {
        let message = match problem {
            InvalidConnection::Missing("marketplace") => {
                "Enter the marketplace code; it is in the address of the control panel, such as us in cp.us".to_owned()
            }
            InvalidConnection::Missing("user name") => {
                "Enter the name of the API user, which usually ends in API".to_owned()
            }
            InvalidConnection::Missing(secret) => self.missing(secret),
            InvalidConnection::SubscriptionKey => {
                "Copy the subscription key again: it contains characters that no key has".to_owned()
            }
            InvalidConnection::NotEncrypted => {
                "Begin the URL with https://, so that password and key do not travel in the clear".to_owned()
            }
            InvalidConnection::TooMuch => {
                "Check the URL: it may not contain a user, a query or a fragment, and those were taken off".to_owned()
            }
            InvalidConnection::Address | InvalidConnection::Encryption(_) => {
                "Enter the URL as the control panel shows it, such as https://api.cloud.im/marketplace/eu".to_owned()
            }
        };
        FieldError { field: field_of(problem).to_owned(), message }
    }

    fn missing(&self, secret: &str) -> String {
        match self {
            Self::May(_) | Self::Nothing => format!("Enter the {secret}; the control panel shows it"),
            Self::Unreadable(reason) => {
                format!("Type the {secret} again: the stored one cannot be read, because {reason}")
            }
            Self::Elsewhere => format!(
                "Type the {secret} again: the one in use is kept only while URL, marketplace code and user name stay as \
                 they are, so that it is never sent anywhere else"
            ),
        }
    }
}

fn fill(secret: &mut SecretString, kept: &SecretString) {
    if secret.expose_secret().trim().is_empty() {
        secret.clone_from(kept);
    }
}
