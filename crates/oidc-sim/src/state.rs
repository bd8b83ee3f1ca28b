//! What the provider remembers.

use crate::key::{Key, encoded, signed_by_secret, unsigned};
use crate::{CLIENT_ID, CLIENT_SECRET, Lie, Person};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::io;
use time::OffsetDateTime;

/// Somebody who said yes, and what they were asked by.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) person: Person,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) redirect_uri: String,
}

#[derive(Debug)]
pub(crate) struct State {
    issuer: String,
    key: Key,
    other_key: Key,
    grants: HashMap<String, Grant>,
    given: HashMap<String, Person>,
    made: usize,
    pub(crate) now: OffsetDateTime,
    pub(crate) lies: HashSet<Lie>,
    pub(crate) metadata: Map<String, Value>,
    pub(crate) asked: HashMap<String, usize>,
}

impl State {
    pub(crate) fn new(issuer: String, now: OffsetDateTime) -> io::Result<Self> {
        Ok(Self {
            issuer,
            key: Key::new("key 1".to_owned())?,
            other_key: Key::new("key of somebody else".to_owned())?,
            grants: HashMap::new(),
            given: HashMap::new(),
            made: 1,
            now,
            lies: HashSet::new(),
            metadata: Map::new(),
            asked: HashMap::new(),
        })
    }

    pub(crate) fn lies(&self, lie: Lie) -> bool {
        self.lies.contains(&lie)
    }

    pub(crate) fn rotate(&mut self) -> io::Result<()> {
        self.made += 1;
        self.key = Key::new(format!("key {}", self.made))?;
        Ok(())
    }

    pub(crate) fn grant(&mut self, grant: Grant) -> String {
        self.made += 1;
        let code = format!("code-{}", self.made);
        self.grants.insert(code.clone(), grant);
        code
    }

    pub(crate) fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        let said = if self.lies(Lie::MetadataOfAnother) { "http://127.0.0.1:1" } else { issuer };
        let mut metadata = json!({
            "issuer": said,
            "authorization_endpoint": format!("{issuer}/authorise?from=metadata"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"),
            "jwks_uri": format!("{issuer}/keys"),
            "code_challenge_methods_supported": ["S256"],
        });
        if let Some(fields) = metadata.as_object_mut() {
            fields.extend(self.metadata.clone());
        }
        metadata
    }

    /// One key is of a sort that nobody knows.
    pub(crate) fn keys(&self) -> Value {
        json!({ "keys": [{ "kty": "of tomorrow", "kid": "key 0" }, self.key.published(), self.other_key.published()] })
    }

    /// What the code is worth, or the name of why not.
    pub(crate) fn redeem(&mut self, code: &str, verifier: &str, redirect_uri: &str) -> Result<Value, &'static str> {
        let grant = self.grants.get(code).cloned().ok_or("invalid_grant")?;
        if !self.lies(Lie::TakesCodesTwice) {
            self.grants.remove(code);
        }
        let challenge = encoded(digest(&SHA256, verifier.as_bytes()).as_ref());
        let proved = challenge == grant.challenge || self.lies(Lie::IgnoresVerifier);
        if !proved || redirect_uri != grant.redirect_uri {
            return Err("invalid_grant");
        }
        self.made += 1;
        let access = format!("access-{}", self.made);
        self.given.insert(access.clone(), grant.person.clone());
        Ok(
            json!({ "access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token(&grant) }),
        )
    }

    pub(crate) fn person(&self, access: &str) -> Option<Value> {
        let person = self.given.get(access)?;
        let mut claims = person.on_request.clone();
        let subject = if self.lies(Lie::OtherSubject) { "somebody else" } else { &person.subject };
        claims.insert("sub".to_owned(), json!(subject));
        Some(Value::Object(claims))
    }

    fn id_token(&self, grant: &Grant) -> String {
        let claims = Value::Object(self.claims(grant));
        if self.lies(Lie::Unsigned) {
            unsigned(&claims)
        } else if self.lies(Lie::SharedSecret) {
            signed_by_secret(CLIENT_SECRET, &self.key.id, &claims)
        } else if self.lies(Lie::Signature) {
            self.other_key.signed(&self.key.id, &claims)
        } else if self.lies(Lie::KeyId) {
            self.key.signed("made up", &claims)
        } else {
            self.key.signed(&self.key.id, &claims)
        }
    }

    fn claims(&self, grant: &Grant) -> Map<String, Value> {
        let mut claims = grant.person.in_token.clone();
        let now = self.now.unix_timestamp();
        let mut say = |claim: &str, value: Value| claims.insert(claim.to_owned(), value);
        say("iss", json!(self.issuer));
        say("aud", json!(CLIENT_ID));
        say("sub", json!(grant.person.subject));
        say("nonce", json!(grant.nonce));
        say("iat", json!(now));
        say("exp", json!(now + 60));
        for (lie, claim, value) in [
            (Lie::Issuer, "iss", json!("http://127.0.0.1:1")),
            (Lie::Audience, "aud", json!("another client")),
            (Lie::Party, "aud", json!([CLIENT_ID, "another client"])),
            (Lie::Party, "azp", json!("another client")),
            (Lie::Nonce, "nonce", json!("of another sign-in")),
            (Lie::Expired, "iat", json!(now - 3660)),
            (Lie::Expired, "exp", json!(now - 3600)),
            (Lie::Future, "iat", json!(now + 3600)),
            (Lie::Future, "exp", json!(now + 3660)),
            (Lie::ExpiryAsText, "exp", json!((now + 60).to_string())),
            (Lie::Nobody, "sub", json!("")),
        ] {
            if self.lies(lie) {
                say(claim, value);
            }
        }
        claims
    }
}
