//! The keys that the provider signs with.

use crate::error::Error;
use crate::http::Answer;
use jsonwebtoken::Header;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use reqwest::Client;
use serde::Deserialize;
use serde_json::Value;

/// Public keys, as far as they can be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Vec<Jwk>);

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

impl Keys {
    /// A key of a sort that is not known here must not make the others useless.
    pub(crate) async fn fetch(http: &Client, address: &str) -> Result<Self, Error> {
        let published: Published = Answer::to(http.get(address)).await?.success("its keys")?;
        Ok(Self(published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect()))
    }

    /// Those that may have signed what has that header.
    pub(crate) fn of<'a>(&'a self, header: &'a Header) -> impl Iterator<Item = &'a Jwk> {
        self.0.iter().filter(|key| {
            let common = &key.common;
            let named = header.kid.is_none() || common.key_id == header.kid;
            named && !matches!(common.public_key_use, Some(PublicKeyUse::Encryption))
        })
    }
}
