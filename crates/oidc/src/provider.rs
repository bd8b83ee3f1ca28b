//! The provider, with what was last learned of it.

use crate::error::Error;
use crate::keys::Keys;
use crate::metadata::Metadata;
use crate::settings::{InvalidSettings, Settings};
use crate::{http, signature};
use reqwest::Client;
use std::fmt;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

/// How long metadata and keys are good.
const GOOD_FOR: Duration = Duration::HOUR;

/// How long what was learned counts at most while the provider does not answer: whatever it has taken back meanwhile would go on
/// counting as well.
const COUNTS_FOR: Duration = Duration::hours(6);

/// How long a provider that did not answer is left alone: people who come meanwhile need not wait for it one after the other.
const PAUSE: Duration = Duration::seconds(5);

/// Whoever makes up key ids has the keys fetched once in that time.
const BETWEEN_KEYS: Duration = Duration::MINUTE;

/// A provider. Cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    settings: Settings,
    http: Client,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    known: Option<Arc<Known>>,
    learned_at: Option<OffsetDateTime>,
    failed_at: Option<OffsetDateTime>,
    keys_asked_at: Option<OffsetDateTime>,
}

/// What the provider said of itself.
pub(crate) struct Known {
    pub(crate) metadata: Metadata,
    pub(crate) keys: Keys,
}

impl Provider {
    /// Asks nobody yet.
    pub fn new(settings: Settings) -> Result<Self, InvalidSettings> {
        Settings::check_issuer(&settings.issuer)?;
        Settings::check_scopes(&settings.scopes)?;
        signature::install();
        let http = http::client(&settings)?;
        Ok(Self(Arc::new(Inner { settings, http, memory: Mutex::default() })))
    }

    /// Whose identities these are.
    pub fn issuer(&self) -> &str {
        &self.0.settings.issuer
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn http(&self) -> &Client {
        &self.0.http
    }

    /// What is known, asked anew once it is old. Where the provider does not answer, something old is better than nothing for some
    /// hours. Where it answers with something that cannot be used, what was known before does not count any more.
    pub(crate) async fn known(&self, now: OffsetDateTime) -> Result<Arc<Known>, Error> {
        let mut memory = self.0.memory.lock().await;
        let is_recent = |at: Option<OffsetDateTime>, within| at.is_some_and(|at| (now - at).abs() < within);
        let rests = is_recent(memory.failed_at, PAUSE);
        if !is_recent(memory.learned_at, COUNTS_FOR) {
            memory.known = None;
        }
        match memory.known.clone() {
            Some(known) if rests || is_recent(memory.learned_at, GOOD_FOR) => return Ok(known),
            None if rests => return Err(Error::Unavailable("it did not answer a moment ago".to_owned())),
            _ => {}
        }
        match self.learn().await {
            Ok(known) => {
                let known = Arc::new(known);
                *memory = Memory {
                    known: Some(known.clone()),
                    learned_at: Some(now),
                    failed_at: None,
                    keys_asked_at: memory.keys_asked_at,
                };
                Ok(known)
            }
            Err(error) => {
                memory.failed_at = Some(now);
                if let (Some(known), Error::Unavailable(why)) = (&memory.known, &error) {
                    tracing::warn!(why, "the sign-in provider does not answer; what it said before still counts");
                    return Ok(known.clone());
                }
                memory.known = None;
                Err(error)
            }
        }
    }

    /// The same with its keys as they are now, where they were not asked for a moment ago.
    pub(crate) async fn with_new_keys(&self, now: OffsetDateTime) -> Result<Option<Arc<Known>>, Error> {
        let mut memory = self.0.memory.lock().await;
        if memory.keys_asked_at.is_some_and(|at| (now - at).abs() < BETWEEN_KEYS) {
            return Ok(None);
        }
        let Some(known) = memory.known.clone() else { return Ok(None) };
        memory.keys_asked_at = Some(now);
        let keys = Keys::fetch(self.http(), &known.metadata.jwks_uri).await?;
        let known = Arc::new(Known { metadata: known.metadata.clone(), keys });
        memory.known = Some(known.clone());
        Ok(Some(known))
    }

    async fn learn(&self) -> Result<Known, Error> {
        let metadata = Metadata::fetch(self.http(), self.settings()).await?;
        let keys = Keys::fetch(self.http(), &metadata.jwks_uri).await?;
        Ok(Known { metadata, keys })
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}
