//! One call on its way: recorded, made once, settled.

use super::settled::Settled;
use super::typed::Request;
use super::{Outcome, sql, touched};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result, patience};
use marketplace::{Client, Priority};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A call on its way to the marketplace.
pub(super) struct Sending {
    backend: Backend,
    client: Client,
    staff: Staff,
    request: Request,
    id: Uuid,
    at: OffsetDateTime,
}

/// Records a change that is about to be sent, so that a crash leaves a trace. `false` when its form was posted before, or
/// its draft was forgotten with the marketplace that it was meant for.
pub(super) async fn begin(sending: &Sending, form_token: Uuid) -> Result<bool> {
    let mut db = sending.backend.pool.begin().await?;
    if !sql::delete_draft(&mut db, form_token, sending.staff.id).await? {
        return Ok(false);
    }
    if !sending.insert(&mut db, Some(form_token)).await? {
        return Ok(false);
    }
    sending.record(&mut db, Entry { after: sending.after(), ..Entry::new("console.sending", "call", "") }).await?;
    db.commit().await?;
    Ok(true)
}

impl Sending {
    pub(super) fn new(backend: &Backend, staff: &Staff, request: Request) -> Result<Self> {
        let client = backend.marketplace()?.with_priority(Priority::People);
        let (id, at) = (Uuid::now_v7(), backend.clock.now());
        Ok(Self { backend: backend.clone(), client, staff: staff.clone(), request, id, at })
    }

    /// Sends it. A task of its own: the person leaving the page must not cut the call off between sending and recording.
    pub(super) async fn detached(self) -> Result<Uuid> {
        let failed = |error: tokio::task::JoinError| Error::Stored(format!("a call by hand: {error}"));
        let outliving = self.backend.outliving.clone();
        outliving.spawn(self.run()).await.map_err(failed)?
    }

    async fn run(self) -> Result<Uuid> {
        let is_write = self.request.call.is_write();
        let reply = self.client.raw(&self.request.call).await;
        let made = reply.as_ref().ok().and_then(|reply| touched::id_in(&reply.answer.body));
        let settled = Settled::of(reply, is_write);
        let recorded = patience::store("a call by hand", || self.settle(&settled, is_write)).await;
        recorded.map_err(|error| match error {
            Error::Database(error) if is_write => {
                tracing::error!(%error, "what came of a call by hand could not be recorded");
                Error::Unknown(
                    "The call was made, and what came of it could not be recorded. Look at the marketplace before you make it \
                     again."
                        .to_owned(),
                )
            }
            error => error,
        })?;
        if is_write && settled.may_have_changed_something() {
            touched::read_again(&self.backend, &self.client, &self.request.call, made).await;
        }
        Ok(self.id)
    }

    async fn settle(&self, settled: &Settled, is_write: bool) -> Result<()> {
        let mut db = self.backend.pool.begin().await?;
        // A question is recorded together with its answer, a change was before it was sent.
        if !is_write {
            self.insert(&mut db, None).await?;
        }
        sql::settle(&mut db, self.id, settled).await?;
        let entry = Entry {
            after: self.after().filter(|_| is_write),
            correlation_id: settled.correlation_id.as_deref(),
            note: Some(settled.note()),
            ..Entry::new(action(settled.outcome, is_write), "call", "")
        };
        self.record(&mut db, entry).await?;
        Ok(db.commit().await?)
    }

    async fn insert(&self, db: &mut PgConnection, form_token: Option<Uuid>) -> Result<bool> {
        let call =
            sql::NewCall { id: self.id, staff_id: self.staff.id, at: self.at, request: &self.request, form_token };
        sql::insert_call(db, &call).await
    }

    async fn record(&self, db: &mut PgConnection, entry: Entry<'_>) -> Result<()> {
        let subject = format!("{} {}", self.request.call.method, self.request.path);
        let customer_id = match self.request.call.segments()[..] {
            ["customers", id] => Some(id),
            _ => None,
        };
        let entry = Entry { subject_id: &subject, customer_id, ..entry };
        activity::record(db, self.backend.clock.now(), Actor::Staff(&self.staff), entry).await
    }

    /// What is sent, without its secrets.
    fn after(&self) -> Option<Value> {
        serde_json::from_str(self.request.body.as_deref()?).ok()
    }
}

fn action(outcome: Outcome, is_write: bool) -> &'static str {
    match outcome {
        Outcome::Sending | Outcome::Answered => "console.called",
        Outcome::NotSent => "console.not_sent",
        Outcome::Unknown if is_write => "console.outcome_unknown",
        Outcome::Unknown => "console.unanswered",
    }
}
