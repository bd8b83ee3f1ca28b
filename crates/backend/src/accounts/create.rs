//! Creating an account at most once. The marketplace has no idempotency key and lists accounts without the time of
//! their creation, so the wish is recorded before the call, and after a lost answer the account is looked for.

use super::sql::{self, Sent, State};
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use marketplace::{Answered, Client, Priority, WriteOutcome};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An account that somebody wants, customer or reseller.
pub(crate) trait Wanted: Send + Sync + 'static {
    /// What it becomes.
    type Account: Send + Sync;
    /// What it is called: `customer`, `reseller`.
    const KIND: &'static str;

    /// For the activity.
    fn facts(&self) -> Map<String, Value>;
    /// Makes the call, once.
    fn send(&self, client: &Client)
    -> impl Future<Output = Result<Answered<Self::Account>, marketplace::Error>> + Send;
    /// The accounts that look like it at the marketplace.
    fn look_alikes(&self, client: &Client) -> impl Future<Output = Result<Vec<Self::Account>>> + Send;
    /// Its identifier.
    fn id(account: &Self::Account) -> &str;
    /// Puts it into the copy.
    fn store(
        &self,
        db: &mut PgConnection,
        account: &Self::Account,
        now: OffsetDateTime,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// Creates the account and answers with its id. The same form answers with the same account. After a lost answer the
/// account is looked for; where it is not found nothing is sent again, and posting the same form looks once more.
pub(crate) async fn create<W: Wanted>(backend: &Backend, staff: &Staff, wanted: W, form_token: Uuid) -> Result<String> {
    let client = backend.marketplace()?.with_priority(Priority::People);
    let creation = Creation { backend: backend.clone(), staff: staff.clone(), client, wanted, form_token };
    // A task of its own: the person leaving the page must not cut the call off between sending and recording.
    tokio::spawn(creation.run()).await.map_err(|error| Error::Stored(format!("creating a {}: {error}", W::KIND)))?
}

/// The account that this person's form has made already.
pub(crate) async fn made_by_form<W: Wanted>(
    backend: &Backend,
    staff: &Staff,
    form_token: Uuid,
) -> Result<Option<String>> {
    let creation = sql::find(&backend.pool, W::KIND, form_token, staff.id).await?;
    Ok(creation.and_then(|sent| sent.subject_id.filter(|_| sent.state == State::Created)))
}

struct Creation<W> {
    backend: Backend,
    staff: Staff,
    client: Client,
    wanted: W,
    form_token: Uuid,
}

impl<W: Wanted> Creation<W> {
    async fn run(self) -> Result<String> {
        if !self.begin().await? {
            return self.again(None).await;
        }
        let asked_at = self.backend.clock.now();
        match self.wanted.send(&self.client).await {
            Ok(answer) => self.created(answer, asked_at, None).await,
            Err(error) if error.outcome() == WriteOutcome::Unknown => {
                tracing::warn!(%error, "an account may or may not have been created");
                self.end(State::Unknown, "create_unknown", &error).await?;
                self.again(error.correlation_id()).await
            }
            Err(error) => {
                self.end(State::Refused, "create_refused", &error).await?;
                Err(error.into())
            }
        }
    }

    /// Records the wish, with what looks like it already: the marketplace tells no time of creation by which to know the
    /// new one. `false` when the form was posted before and not refused.
    async fn begin(&self) -> Result<bool> {
        let sent = sql::find(&self.backend.pool, W::KIND, self.form_token, self.staff.id).await?;
        if sent.is_some_and(|sent| sent.state != State::Refused) {
            return Ok(false);
        }
        let look_alikes = self.wanted.look_alikes(&self.client).await?;
        let look_alikes: Vec<String> = look_alikes.iter().map(|account| W::id(account).to_owned()).collect();
        let now = self.backend.clock.now();
        let mut db = self.backend.pool.begin().await?;
        if !sql::begin(&mut db, W::KIND, self.form_token, self.staff.id, &look_alikes, now).await? {
            return Ok(false);
        }
        self.record(&mut db, "create_asked", "", None, None).await?;
        db.commit().await?;
        Ok(true)
    }

    /// The form was sent: whatever became of it is the answer, and where nobody knows it is looked for.
    async fn again(&self, correlation_id: Option<&str>) -> Result<String> {
        let sent = sql::find(&self.backend.pool, W::KIND, self.form_token, self.staff.id).await?;
        match sent {
            Some(Sent { subject_id: Some(id), .. }) => Ok(id),
            Some(sent) if sent.state == State::Sending && self.may_still_be_answered(&sent) => {
                Err(still_sending::<W>())
            }
            Some(sent) => self.look(&sent.look_alikes, correlation_id).await,
            None => Err(nobody_knows::<W>()),
        }
    }

    fn may_still_be_answered(&self, sent: &Sent) -> bool {
        self.backend.clock.now() - sent.requested_at < LONGEST_ANSWER
    }

    /// Looks for the account after a lost answer: the one that looks like it and did not before.
    async fn look(&self, before: &[String], correlation_id: Option<&str>) -> Result<String> {
        let asked_at = self.backend.clock.now();
        let Ok(look_alikes) = self.wanted.look_alikes(&self.client).await else { return Err(nobody_knows::<W>()) };
        let mut new = look_alikes.into_iter().filter(|account| !before.iter().any(|id| id == W::id(account)));
        match (new.next(), new.next()) {
            (Some(value), None) => {
                let note = format!("The marketplace's answer did not arrive; the {} was found afterwards.", W::KIND);
                let correlation_id = correlation_id.map(ToOwned::to_owned);
                self.created(Answered { value, correlation_id }, asked_at, Some(note)).await
            }
            _ => Err(nobody_knows::<W>()),
        }
    }

    /// There it is, as the marketplace had it at `asked_at`. Where the connection was changed meanwhile it is not in the
    /// copy, but that it was created is recorded all the same.
    async fn created(
        &self,
        answer: Answered<W::Account>,
        asked_at: OffsetDateTime,
        note: Option<String>,
    ) -> Result<String> {
        let id = W::id(&answer.value).to_owned();
        let mut db = self.backend.pool.begin().await?;
        if !sql::end(&mut db, self.form_token, State::Created, Some(&id)).await? {
            // Somebody who looked for it was quicker, and has recorded it.
            return Ok(id);
        }
        let stored = unless_moved(self.wanted.store(&mut db, &answer.value, asked_at).await)?;
        self.record(&mut db, "created", &id, answer.correlation_id.as_deref(), note).await?;
        db.commit().await?;
        stored.map(|()| id)
    }

    async fn end(&self, state: State, what: &str, error: &marketplace::Error) -> Result<()> {
        let mut db = self.backend.pool.begin().await?;
        if sql::end(&mut db, self.form_token, state, None).await? {
            self.record(&mut db, what, "", error.correlation_id(), Some(error.message().to_owned())).await?;
        }
        Ok(db.commit().await?)
    }

    async fn record(
        &self,
        db: &mut PgConnection,
        what: &str,
        id: &str,
        correlation_id: Option<&str>,
        note: Option<String>,
    ) -> Result<()> {
        let action = format!("{}.{what}", W::KIND);
        let entry = Entry {
            customer_id: (W::KIND == "customer" && !id.is_empty()).then_some(id),
            after: Some(Value::Object(self.wanted.facts())),
            correlation_id,
            note,
            ..Entry::new(&action, W::KIND, id)
        };
        activity::record(db, self.backend.clock.now(), Actor::Staff(&self.staff), entry).await
    }
}

/// Longer than the client waits for the answer to a write: after this a form still being sent was abandoned.
const LONGEST_ANSWER: Duration = Duration::minutes(5);

fn still_sending<W: Wanted>() -> Error {
    Error::Conflict(format!(
        "This {} is being created at this moment; the marketplace can take more than a minute. Send this form once more \
         then: it creates no second one.",
        W::KIND
    ))
}

fn nobody_knows<W: Wanted>() -> Error {
    Error::Conflict(format!(
        "The marketplace did not confirm this {0}, so it may or may not have been created. Nothing is sent again by itself. \
         Send this form once more in a minute: Seatboard then only looks for the {0}. If it never appears, begin with a new form.",
        W::KIND
    ))
}
