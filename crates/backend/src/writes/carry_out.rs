//! Carrying a write out for somebody who waits.

use super::came::Came;
use super::kind::Kind;
use super::outcome::{self, Held};
use super::request::Request;
use super::sql::{self, Posted};
use super::words::{being_sent, nobody_knows};
use super::worker;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::WriteState;
use marketplace::{Client, Priority, WriteOutcome};
use serde_json::Value;
use std::time::Duration as Wait;
use time::Duration;
use uuid::Uuid;

/// A write that somebody asks for.
#[derive(Debug)]
pub(crate) struct Wish {
    /// One for each form shown.
    pub(crate) form_token: Uuid,
    /// What it does.
    pub(crate) kind: Kind,
    /// The thing's identifier; `None` of what is created.
    pub(crate) subject_id: Option<String>,
    /// The customer concerned.
    pub(crate) customer_id: Option<String>,
    /// What is sent.
    pub(crate) request: Request,
    /// The facts before, for the activity.
    pub(crate) before: Option<Value>,
    /// The facts as they are to be. Of what is created, `name` is what it is to be called.
    pub(crate) after: Option<Value>,
}

/// Makes the call once and answers with the identifier of the thing, however often the form is posted. Fails with
/// [`Error::Unknown`] while nobody can know whether it was carried out; it is then looked for until that is known.
pub(crate) async fn carry_out(backend: &Backend, staff: &Staff, wish: Wish) -> Result<String> {
    let client = backend.marketplace()?.with_priority(Priority::People);
    let kind = wish.kind;
    let sending = Sending { backend: backend.clone(), staff: staff.clone(), client, wish };
    // A task of its own: the person leaving the page must not cut the call off between sending and recording.
    backend.outliving.spawn(sending.run()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a write broke off");
        Err(nobody_knows(kind))
    })
}

/// The thing that this person's form has made or set already.
pub(crate) async fn made_by_form(backend: &Backend, staff: &Staff, form_token: Uuid) -> Result<Option<String>> {
    let posted = sql::posted(&backend.pool, form_token).await?;
    let made = posted.filter(|posted| posted.asked_by == staff.id && posted.state == WriteState::Done);
    Ok(made.and_then(|posted| posted.subject_id))
}

struct Sending {
    backend: Backend,
    staff: Staff,
    client: Client,
    wish: Wish,
}

impl Sending {
    async fn run(self) -> Result<String> {
        if let Some(posted) = sql::posted(&self.backend.pool, self.wish.form_token).await? {
            return self.again(posted).await;
        }
        let write = self.held().await?;
        if !outcome::begin(&self.backend, &write).await? {
            return match sql::posted(&self.backend.pool, write.form_token).await? {
                Some(posted) => self.again(posted).await,
                None => Err(self.somebody_else(&write).await?),
            };
        }
        let as_of = self.backend.clock.now();
        match write.request.send(&self.client).await {
            Ok(answer) => {
                Came::Answer(&answer, as_of).record(&self.backend, &write).await?;
                Ok(answer.value.id().to_owned())
            }
            Err(error) if error.outcome() == WriteOutcome::Unknown => self.lost(write, &error).await,
            Err(error) => {
                Came::Refusal(&error).record(&self.backend, &write).await?;
                Err(error.into())
            }
        }
    }

    /// The wish as it is recorded, with what looks like it already: the marketplace tells no time of creation by which to
    /// know a new account.
    async fn held(&self) -> Result<Held> {
        let wish = &self.wish;
        let asked_at = self.backend.clock.now();
        let look_alikes = match &wish.request {
            Request::ScheduleReport { report } => {
                sql::known_reports(&self.backend.pool, report.name.as_deref().unwrap_or_default()).await?
            }
            request => {
                let things = request.look_alikes(&self.client, asked_at).await?;
                things.iter().map(|thing| thing.id().to_owned()).collect()
            }
        };
        Ok(Held {
            id: Uuid::now_v7(),
            form_token: wish.form_token,
            kind: wish.kind,
            subject_id: wish.subject_id.clone(),
            customer_id: wish.customer_id.clone(),
            request: wish.request.clone(),
            look_alikes,
            before: wish.before.clone(),
            after: wish.after.clone(),
            state: WriteState::Sending,
            asked_by: self.staff.clone(),
            asked_at: self.backend.clock.now(),
            looks: 0,
            complete_looks: 0,
            correlation_id: None,
        })
    }

    /// Looks at once; the worker goes on where that does not tell.
    async fn lost(&self, mut write: Held, error: &marketplace::Error) -> Result<String> {
        tracing::warn!(%error, kind = write.kind.as_str(), "a write may or may not have been carried out");
        Came::Nothing(error).record(&self.backend, &write).await?;
        write.correlation_id = error.correlation_id().map(ToOwned::to_owned);
        self.look(&write).await
    }

    async fn look(&self, write: &Held) -> Result<String> {
        match worker::look(&self.backend, &self.client, write).await {
            Ok(Some(id)) => Ok(id),
            Ok(None) => Err(nobody_knows(write.kind)),
            Err(error) => {
                tracing::warn!(%error, "it could not be looked whether a write was carried out");
                Err(nobody_knows(write.kind))
            }
        }
    }

    /// The form was posted before: whatever became of it is the answer, and where nobody knows it is looked at.
    async fn again(&self, posted: Posted) -> Result<String> {
        let same = posted.asked_by == self.staff.id && posted.kind == self.wish.kind;
        if !same || self.sets_something_else(&posted)? {
            return Err(Error::Conflict(
                "This form was sent already. Open it again to make another change.".to_owned(),
            ));
        }
        let posted = if posted.state == WriteState::Sending { self.wait(posted).await? } else { posted };
        match (posted.state, posted.subject_id) {
            (WriteState::Done, Some(id)) => Ok(id),
            (WriteState::Sending, _) => Err(being_sent(posted.kind)),
            (WriteState::Refused, _) => {
                Err(Error::Conflict("The marketplace refused this. Open the form again.".into()))
            }
            (WriteState::Absent, _) => Err(Error::Conflict(format!(
                "This was not carried out: the marketplace does not show it. Open the form again to ask for the {} anew.",
                posted.kind.subject()
            ))),
            (WriteState::Unknown, _) if posted.settled_at.is_some() => Err(nobody_knows(posted.kind)),
            (WriteState::Unknown | WriteState::Done, _) => {
                self.look(&sql::held(&self.backend.pool, posted.id).await?).await
            }
        }
    }

    /// A form that creates makes one thing, whatever it says when it comes again. One that sets something was another
    /// wish when it says something else, or when what it set was settled and is not so any more.
    fn sets_something_else(&self, posted: &Posted) -> Result<bool> {
        if posted.kind.creates() {
            return Ok(false);
        }
        let long_ago = posted.settled_at.is_some_and(|at| self.backend.clock.now() - at > AT_ONCE);
        Ok(long_ago || posted.request != Some(serde_json::to_value(&self.wish.request)?))
    }

    /// Whoever clicks twice sees the second answer only, so it waits a little for the first.
    async fn wait(&self, mut posted: Posted) -> Result<Posted> {
        for _ in 0..20 {
            tokio::time::sleep(Wait::from_millis(250)).await;
            match sql::posted(&self.backend.pool, self.wish.form_token).await? {
                Some(now) => posted = now,
                None => posted.state = WriteState::Refused,
            }
            if posted.state != WriteState::Sending {
                break;
            }
        }
        Ok(posted)
    }

    async fn somebody_else(&self, write: &Held) -> Result<Error> {
        let subject = write.kind.subject();
        let (who, verb) = match sql::who_sets(&self.backend.pool, write).await? {
            Some((id, _)) if id == self.staff.id => ("A change of yours".to_owned(), "is"),
            Some((_, name)) => (format!("A change by {name}"), "is"),
            None => ("Another change".to_owned(), "was"),
        };
        Ok(Error::Conflict(format!(
            "{who} of the same part of this {subject} {verb} under way and not confirmed yet, so nothing was sent. The \
             {subject}'s page shows what comes of it; make yours then."
        )))
    }
}

/// Two posts within this are a double click; later ones come from a page that was gone back to.
const AT_ONCE: Duration = Duration::MINUTE;
