//! The configuration, from the environment. Every missing or wrong value is named at once.

use backend::budget::Limits;
use domain::UndoWindows;
use secrecy::SecretString;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

/// What `server serve` needs to know. `.env.example` documents each variable.
#[derive(Debug)]
pub struct Config {
    /// `DATABASE_URL`: the Postgres database.
    pub database_url: SecretString,
    /// `LISTEN`: address and port to serve on.
    pub listen: SocketAddr,
    /// `PUBLIC_URL`: the address people type; `https` makes the session cookie secure.
    pub public_url: String,
    /// `SITE_ROOT`: the folder of built scripts, styles and static files.
    pub site_root: PathBuf,
    /// `MARKETPLACE_*`: the connection, unless it is set in Settings.
    pub marketplace: Option<MarketplaceConfig>,
    /// `MARKETPLACE_CALLS_PER_MINUTE` and `MARKETPLACE_CALLS_PER_DAY`: the marketplace's patience; 0 is unlimited.
    pub calls_per_minute: u32,
    /// See above.
    pub calls_per_day: u32,
    /// `UNDO_DAYS`: `Vendor=days` pairs.
    pub undo_windows: UndoWindows,
}

/// How to reach the marketplace.
#[derive(Clone, Debug)]
pub struct MarketplaceConfig {
    /// `MARKETPLACE_URL`: base URL with its path.
    pub url: String,
    /// `MARKETPLACE_CODE`: the marketplace's code, such as `us`.
    pub code: String,
    /// `MARKETPLACE_USERNAME`
    pub username: String,
    /// `MARKETPLACE_PASSWORD`
    pub password: SecretString,
    /// `MARKETPLACE_SUBSCRIPTION_KEY`
    pub subscription_key: SecretString,
}

/// Everything wrong with the environment.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration cannot be used:\n{}", .0.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    /// Reads the process's environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(std::env::vars().collect())
    }

    /// The marketplace's patience; 0 in the environment is no limit.
    pub fn limits(&self) -> Limits {
        let limit = |calls| Some(calls).filter(|calls| *calls > 0);
        Limits { per_minute: limit(self.calls_per_minute), per_day: limit(self.calls_per_day) }
    }

    fn from_variables(variables: HashMap<String, String>) -> Result<Self, ConfigError> {
        let mut reader = Reader { variables, problems: Vec::new() };
        let database_url = reader.required("DATABASE_URL", "the Postgres database, postgres://user@host/name");
        let listen = reader.parsed("LISTEN", "127.0.0.1:3000");
        let public_url = reader.optional("PUBLIC_URL").unwrap_or_else(|| "http://127.0.0.1:3000".to_owned());
        let site_root = reader.optional("SITE_ROOT").unwrap_or_else(|| "target/site".to_owned());
        let _secret_key = reader.required("SECRET_KEY", "64 hexadecimal digits, kept secret");
        let marketplace = reader.marketplace();
        let calls_per_minute = reader.parsed("MARKETPLACE_CALLS_PER_MINUTE", "60");
        let calls_per_day = reader.parsed("MARKETPLACE_CALLS_PER_DAY", "5000");
        let undo_windows = reader.parsed("UNDO_DAYS", "Microsoft=7");
        match (reader.problems, listen, calls_per_minute, calls_per_day, undo_windows) {
            (problems, Some(listen), Some(calls_per_minute), Some(calls_per_day), Some(undo_windows))
                if problems.is_empty() =>
            {
                Ok(Self {
                    database_url: database_url.into(),
                    listen,
                    public_url,
                    site_root: site_root.into(),
                    marketplace,
                    calls_per_minute,
                    calls_per_day,
                    undo_windows,
                })
            }
            (problems, ..) => Err(ConfigError(problems)),
        }
    }
}

/// The database's URL alone, for commands that need nothing else.
pub fn database_url() -> Result<SecretString, ConfigError> {
    let mut reader = Reader { variables: std::env::vars().collect(), problems: Vec::new() };
    let url = reader.required("DATABASE_URL", "the Postgres database, postgres://user@host/name");
    if reader.problems.is_empty() { Ok(url.into()) } else { Err(ConfigError(reader.problems)) }
}

/// A secret from the environment variable of this name.
pub fn secret(name: &str) -> Result<SecretString, ConfigError> {
    let mut reader = Reader { variables: std::env::vars().collect(), problems: Vec::new() };
    let secret = reader.required(name, "a secret");
    if reader.problems.is_empty() { Ok(secret.into()) } else { Err(ConfigError(reader.problems)) }
}

struct Reader {
    variables: HashMap<String, String>,
    problems: Vec<String>,
}

impl Reader {
    fn optional(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
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

    /// All of the connection or none of it.
    fn marketplace(&mut self) -> Option<MarketplaceConfig> {
        let url = self.optional("MARKETPLACE_URL")?;
        let mut required = |name| self.required(name, "needed because MARKETPLACE_URL is set");
        Some(MarketplaceConfig {
            url,
            code: required("MARKETPLACE_CODE"),
            username: required("MARKETPLACE_USERNAME"),
            password: required("MARKETPLACE_PASSWORD").into(),
            subscription_key: required("MARKETPLACE_SUBSCRIPTION_KEY").into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_and_wrong_value_is_named_at_once() {
        let variables = [("LISTEN", "nowhere"), ("MARKETPLACE_URL", "http://127.0.0.1:1"), ("UNDO_DAYS", "x")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let error = Config::from_variables(variables).unwrap_err().to_string();
        for name in ["DATABASE_URL", "LISTEN", "SECRET_KEY", "MARKETPLACE_CODE", "MARKETPLACE_PASSWORD", "UNDO_DAYS"] {
            assert!(error.contains(name), "{name} is not in: {error}");
        }
    }
}
