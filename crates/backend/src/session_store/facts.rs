//! What a session knows of its person.

use super::over::{End, Limits};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

/// The key, in a session's data, of the identifier of the staff member signed in.
pub const STAFF_ID: &str = "staff_id";
/// The key of when they signed in.
pub const SIGNED_IN_AT: &str = "signed_in_at";
/// The key of when they last proved that it is them: when they signed in, or later.
pub const PROVED_AT: &str = "proved_at";
/// The key of when they were last seen.
pub const LAST_SEEN_AT: &str = "last_seen_at";
/// The key of what they might do when the session got its id.
pub const RIGHTS: &str = "rights";
/// The key of what their browser calls itself.
pub const BROWSER: &str = "browser";
/// The key, in the session of somebody who has shown their password and not yet their second factor, of who that is. Such a
/// session signs nobody in.
pub const HALF_STAFF_ID: &str = "half_staff_id";
/// The key of when they showed it.
pub const HALF_AT: &str = "half_at";
/// The key, in a session of nobody, of the identifier of whoever was signed in before it: what was typed is theirs.
pub const TYPED_BY: &str = "typed_by";

/// Who signed in, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) staff_id: Uuid,
    pub(super) signed_in_at: OffsetDateTime,
    pub(super) seen_at: OffsetDateTime,
    pub(super) browser: Option<String>,
}

impl Facts {
    /// What the data says; `None` where nobody is signed in.
    pub(super) fn of(data: &impl Lookup) -> Option<Self> {
        Some(Self {
            staff_id: read(data, STAFF_ID)?,
            signed_in_at: read(data, SIGNED_IN_AT)?,
            seen_at: read(data, LAST_SEEN_AT)?,
            browser: read(data, BROWSER),
        })
    }

    /// Whose the data is, signed in or halfway: what ends all sessions of a person ends those too.
    pub(super) fn staff_id(data: &impl Lookup) -> Option<Uuid> {
        read(data, STAFF_ID).or_else(|| read(data, HALF_STAFF_ID))
    }

    /// When somebody showed their password who has not shown their second factor yet.
    pub(super) fn half_at(data: &impl Lookup) -> Option<OffsetDateTime> {
        read(data, HALF_AT)
    }

    pub(super) fn end(&self, limits: Limits) -> End {
        limits.end(self.signed_in_at, self.seen_at)
    }
}

/// Data as it is stored, or as tower-sessions holds it.
pub(super) trait Lookup {
    fn lookup(&self, key: &str) -> Option<&Value>;
}

impl Lookup for Value {
    fn lookup(&self, key: &str) -> Option<&Value> {
        self.get(key)
    }
}

impl Lookup for std::collections::HashMap<String, Value> {
    fn lookup(&self, key: &str) -> Option<&Value> {
        self.get(key)
    }
}

fn read<T: serde::de::DeserializeOwned>(data: &impl Lookup, key: &str) -> Option<T> {
    serde_json::from_value(data.lookup(key)?.clone()).ok()
}
