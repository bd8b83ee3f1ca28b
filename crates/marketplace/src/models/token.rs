//! Tokens.

use super::{Confidential, Quoted};
use serde::{Deserialize, Serialize};

/// Asks for a token (`POST /token`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// The marketplace's code, such as `us`.
    #[serde(default)]
    pub marketplace: Option<String>,
}

/// A token and how long it is good for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenInfo {
    /// Goes into the `Authorization` of every other call.
    pub token: Confidential,
    /// Seconds from the moment it was issued.
    #[serde(deserialize_with = "seconds")]
    pub expires_in_seconds: i64,
}

fn seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number = Quoted::deserialize(deserializer)?.get();
    number.trunc().try_into().map_err(serde::de::Error::custom)
}
