//! The configuration, from the environment. Every missing or wrong value is named at once.

mod from_files;
mod single_sign_on;

use backend::budget::Limits;
use backend::connection::field_of;
use backend::seal::SealingKey;
use backend::session_store;
use backend::staff::single_sign_on::SingleSignOn;
use domain::UndoWindows;
use marketplace::{Connection, InvalidConnection, Timeouts};
use secrecy::SecretString;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// What `server serve` needs to know. `.env.example` documents each variable.
#[derive(Debug)]
pub struct Config {
    /// `DATABASE_URL`: the Postgres database.
    pub database_url: SecretString,
    /// `LISTEN`: address and port to serve on.
    pub listen: SocketAddr,
    /// `PUBLIC_URL`: the address people type; `https` makes the session cookie secure.
    pub public_url: String,
    /// `TRUSTED_PROXIES`: how many proxies of ours stand before the server, each of which adds to `X-Forwarded-For`.
    pub trusted_proxies: usize,
    /// `SITE_ROOT`: the folder of built scripts, styles and static files.
    pub site_root: PathBuf,
    /// `SECRET_KEY`: what secrets are sealed with that are stored.
    pub sealing_key: SealingKey,
    /// `MARKETPLACE_*`: the connection, while none is stored in Settings.
    pub marketplace: Option<Connection>,
    /// `MARKETPLACE_CALLS_PER_MINUTE`: calls that the marketplace bears in a minute; 0 is unlimited.
    pub calls_per_minute: u32,
    /// `MARKETPLACE_CALLS_PER_DAY`: calls that it bears in 24 hours; 0 is unlimited.
    pub calls_per_day: u32,
    /// `MARKETPLACE_READ_SECONDS` and `MARKETPLACE_WRITE_SECONDS`: how long the marketplace's answers are waited for, each
    /// from 1 to 150 seconds.
    pub timeouts: Timeouts,
    /// `SESSION_IDLE_MINUTES` and `SESSION_HOURS`: how long people stay signed in.
    pub session_limits: session_store::Limits,
    /// `OIDC_*`: the provider at which people sign in, if any.
    pub single_sign_on: Option<SingleSignOn>,
    /// `UNDO_DAYS`: `Vendor=days` pairs: for how many days each vendor takes seats back.
    pub undo_windows: UndoWindows,
}

/// Everything wrong with the environment.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration cannot be used:\n{}", .0.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    /// Reads the process's environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(Reader::of_environment())
    }

    /// The marketplace's patience; 0 in the environment is no limit.
    pub fn limits(&self) -> Limits {
        let limit = |calls| Some(calls).filter(|calls| *calls > 0);
        Limits { per_minute: limit(self.calls_per_minute), per_day: limit(self.calls_per_day) }
    }

    fn read(mut reader: Reader) -> Result<Self, ConfigError> {
        let database_url = reader.database_url();
        let listen = reader.parsed("LISTEN", "127.0.0.1:3000");
        let public_url = reader.public_url();
        let trusted_proxies = reader.parsed("TRUSTED_PROXIES", "0");
        let site_root = reader.optional("SITE_ROOT").unwrap_or_else(|| "target/site".to_owned());
        let sealing_key = reader.sealing_key("SECRET_KEY");
        let marketplace = reader.marketplace();
        let calls_per_minute = reader.parsed("MARKETPLACE_CALLS_PER_MINUTE", "60");
        let calls_per_day = reader.parsed("MARKETPLACE_CALLS_PER_DAY", "5000");
        let timeouts = reader.timeouts();
        let session_limits = reader.session_limits();
        let single_sign_on = reader.single_sign_on();
        let undo_windows = reader.parsed("UNDO_DAYS", "Microsoft=7");
        let read = (sealing_key, listen, trusted_proxies, calls_per_minute, calls_per_day, undo_windows);
        match read {
            (
                Some(sealing_key),
                Some(listen),
                Some(trusted_proxies),
                Some(calls_per_minute),
                Some(calls_per_day),
                Some(undo_windows),
            ) if reader.problems.is_empty() => Ok(Self {
                database_url: database_url.into(),
                listen,
                public_url,
                trusted_proxies,
                site_root: site_root.into(),
                sealing_key,
                marketplace,
                calls_per_minute,
                calls_per_day,
                timeouts,
                session_limits,
                single_sign_on,
                undo_windows,
            }),
            _ => Err(ConfigError(reader.problems)),
        }
    }
}

/// What `server secrets rotate` needs to know.
#[derive(Debug)]
pub struct Rotation {
    /// `DATABASE_URL`: the Postgres database.
    pub database_url: SecretString,
    /// `OLD_SECRET_KEY`: what stored secrets are sealed with now.
    pub old: SealingKey,
    /// `SECRET_KEY`: what they are to be sealed with.
    pub new: SealingKey,
}

impl Rotation {
    /// Reads the process's environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut reader = Reader::of_environment();
        let database_url = reader.database_url();
        let keys = (reader.sealing_key("OLD_SECRET_KEY"), reader.sealing_key("SECRET_KEY"));
        match keys {
            (Some(old), Some(new)) if reader.problems.is_empty() => {
                Ok(Self { database_url: database_url.into(), old, new })
            }
            _ => Err(ConfigError(reader.problems)),
        }
    }
}

/// The database's URL alone, for commands that need nothing else.
pub fn database_url() -> Result<SecretString, ConfigError> {
    let mut reader = Reader::of_environment();
    let url = reader.database_url();
    if reader.problems.is_empty() { Ok(url.into()) } else { Err(ConfigError(reader.problems)) }
}

/// The address people type alone, for commands that need nothing else.
pub fn public_url() -> String {
    Reader::of_environment().public_url()
}

/// The secrets of the environment, for whoever must not repeat them.
pub fn secrets() -> Vec<SecretString> {
    let reader = Reader::of_environment();
    let mut secrets: Vec<String> = from_files::SECRETS.iter().filter_map(|name| reader.optional(name)).collect();
    // Of an address only the password is a secret.
    secrets.retain(|secret| !secret.contains("://"));
    secrets.into_iter().map(SecretString::from).collect()
}

/// A secret from the environment variable of this name.
pub fn secret(name: &str) -> Result<SecretString, ConfigError> {
    let mut reader = Reader::of_environment();
    let secret = reader.required(name, "a secret");
    if reader.problems.is_empty() { Ok(secret.into()) } else { Err(ConfigError(reader.problems)) }
}

struct Reader {
    variables: HashMap<String, String>,
    problems: Vec<String>,
}

impl Reader {
    fn of_environment() -> Self {
        Self::of(std::env::vars().collect())
    }

    fn of(mut variables: HashMap<String, String>) -> Self {
        let problems = from_files::read(&mut variables);
        Self { variables, problems }
    }

    fn database_url(&mut self) -> String {
        self.required("DATABASE_URL", "the Postgres database, postgres://user@host/name")
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn public_url(&self) -> String {
        self.optional("PUBLIC_URL").unwrap_or_else(|| "http://127.0.0.1:3000".to_owned())
    }

    fn required(&mut self, name: &str, what: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            self.problems.push(format!("{name} is missing: {what}"));
            String::new()
        })
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &str, default: &str) -> Option<T> {
        let text = self.optional(name).unwrap_or_else(|| default.to_owned());
        text.parse().map_err(|error| self.problems.push(format!("{name} cannot be used: {error}"))).ok()
    }

    /// Says what is wrong with it, and never what it is.
    fn sealing_key(&mut self, name: &str) -> Option<SealingKey> {
        let Some(text) = self.optional(name) else {
            self.problems.push(format!(
                "{name} is missing: 64 hexadecimal digits, kept secret; `openssl rand -hex 32` prints some"
            ));
            return None;
        };
        text.parse().map_err(|error| self.problems.push(format!("{name} cannot be used: {error}"))).ok()
    }

    /// No answer is waited for shorter than a second or longer than 150 seconds: what is being sent is held for less than
    /// five minutes.
    fn timeouts(&mut self) -> Timeouts {
        let mut seconds = |name, default: Duration| {
            let seconds = self.parsed(name, &default.as_secs().to_string()).unwrap_or(1);
            if !(1..=150).contains(&seconds) {
                self.problems.push(format!("{name} cannot be used: it is not from 1 to 150"));
            }
            Duration::from_secs(seconds)
        };
        let usual = Timeouts::default();
        let read = seconds("MARKETPLACE_READ_SECONDS", usual.read);
        let write = seconds("MARKETPLACE_WRITE_SECONDS", usual.write);
        Timeouts { read, write, ..usual }
    }

    /// Long enough to be warned and to answer a call; an idle session no longer than two hours, a busy one than a day.
    fn session_limits(&mut self) -> session_store::Limits {
        let mut whole = |name, default: &str, least: i64, most: i64| {
            let number = self.parsed(name, default).unwrap_or(least);
            if !(least..=most).contains(&number) {
                self.problems.push(format!("{name} cannot be used: it is not from {least} to {most}"));
            }
            number.clamp(least, most)
        };
        let idle = time::Duration::minutes(whole("SESSION_IDLE_MINUTES", "30", 5, 120));
        let absolute = time::Duration::hours(whole("SESSION_HOURS", "8", 1, 24));
        if idle > absolute {
            self.problems.push("SESSION_IDLE_MINUTES cannot be used: it is longer than SESSION_HOURS".to_owned());
        }
        session_store::Limits { idle, absolute }
    }

    /// All of the connection or none of it.
    fn marketplace(&mut self) -> Option<Connection> {
        let base_url = self.optional("MARKETPLACE_URL")?;
        let mut required = |name| self.required(name, "needed because MARKETPLACE_URL is set");
        let connection = Connection {
            base_url,
            marketplace: required("MARKETPLACE_CODE"),
            username: required("MARKETPLACE_USERNAME"),
            password: required("MARKETPLACE_PASSWORD").into(),
            subscription_key: required("MARKETPLACE_SUBSCRIPTION_KEY").into(),
        };
        for problem in connection.problems() {
            if !matches!(problem, InvalidConnection::Missing(_)) {
                self.problems
                    .push(format!("MARKETPLACE_{} cannot be used: {problem}", field_of(&problem).to_uppercase()));
            }
        }
        Some(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_and_wrong_value_is_named_at_once() {
        let error = refused(&[
            ("LISTEN", "nowhere"),
            ("MARKETPLACE_URL", "http://host.example"),
            ("MARKETPLACE_READ_SECONDS", "soon"),
            ("MARKETPLACE_WRITE_SECONDS", "151"),
            ("UNDO_DAYS", "x"),
            ("TRUSTED_PROXIES", "all"),
        ]);
        for name in [
            "DATABASE_URL",
            "LISTEN",
            "SECRET_KEY",
            "MARKETPLACE_URL cannot",
            "MARKETPLACE_CODE",
            "MARKETPLACE_PASSWORD",
            "MARKETPLACE_READ_SECONDS cannot",
            "MARKETPLACE_WRITE_SECONDS cannot",
            "UNDO_DAYS",
            "TRUSTED_PROXIES",
        ] {
            assert!(error.contains(name), "{name} is not in: {error}");
        }
    }

    #[test]
    fn a_secret_key_of_the_wrong_length_or_with_other_characters_is_named_and_not_shown() {
        for (key, problem) in [
            ("5ec2e7", "it has 6 characters"),
            (&"z".repeat(64), "character 1 is no hexadecimal digit"),
            (&"5ec2e7a1".repeat(8), "take a new one, as `openssl rand -hex 32` prints"),
        ] {
            let error = refused(&[("DATABASE_URL", "postgres://localhost/x"), ("SECRET_KEY", key)]);
            assert!(error.contains("SECRET_KEY cannot be used") && error.contains(problem), "{error}");
            assert!(!error.contains(key), "{error}");
        }
    }

    #[test]
    fn a_key_of_64_hexadecimal_digits_is_all_that_must_be_set_beside_the_database() {
        let key = "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e";
        let config = read(&[("DATABASE_URL", "postgres://localhost/x"), ("SECRET_KEY", key)]).unwrap();
        assert!(!format!("{config:?}").contains(key));
    }

    #[test]
    fn a_session_lasts_half_an_hour_idle_and_eight_hours_unless_set_within_bounds() {
        let key = "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e";
        let with = |more: &[(&str, &str)]| {
            read(&[&[("DATABASE_URL", "postgres://localhost/x"), ("SECRET_KEY", key)], more].concat())
        };
        let usual = with(&[]).unwrap().session_limits;
        assert_eq!((usual.idle.whole_minutes(), usual.absolute.whole_hours()), (30, 8));
        let set = with(&[("SESSION_IDLE_MINUTES", "15"), ("SESSION_HOURS", "12")]).unwrap().session_limits;
        assert_eq!((set.idle.whole_minutes(), set.absolute.whole_hours()), (15, 12));
        for (name, value) in [
            ("SESSION_IDLE_MINUTES", "4"),
            ("SESSION_IDLE_MINUTES", "121"),
            ("SESSION_IDLE_MINUTES", "-1"),
            ("SESSION_IDLE_MINUTES", "soon"),
            ("SESSION_HOURS", "0"),
            ("SESSION_HOURS", "25"),
            ("SESSION_HOURS", "99999999999999999999"),
        ] {
            let error = with(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(&format!("{name} cannot be used")), "{name}={value}: {error}");
        }
        let error = with(&[("SESSION_IDLE_MINUTES", "90"), ("SESSION_HOURS", "1")]).unwrap_err().to_string();
        assert!(error.contains("SESSION_IDLE_MINUTES cannot be used"), "{error}");
    }

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::read(Reader::of(variables.collect()))
    }

    fn refused(variables: &[(&str, &str)]) -> String {
        read(variables).unwrap_err().to_string()
    }
}
