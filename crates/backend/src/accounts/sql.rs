use crate::{Error, Result};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// How far a creation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The call was made, or a crash came before its answer.
    Sending,
    /// There is the account.
    Created,
    /// The marketplace said no.
    Refused,
    /// Nobody knows.
    Unknown,
}

impl State {
    const ALL: [Self; 4] = [Self::Sending, Self::Created, Self::Refused, Self::Unknown];

    fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Created => "created",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// `false` when this form was sent before and not refused: a refusal is certain, so what it asked for can be corrected.
pub(super) async fn begin(
    db: &mut PgConnection,
    kind: &str,
    form_token: Uuid,
    staff_id: Uuid,
    look_alikes: &[String],
    now: OffsetDateTime,
) -> Result<bool> {
    let begun = sqlx::query!(
        "insert into creation (form_token, kind, state, requested_by, look_alikes, requested_at)
         values ($1, $2, 'sending', $3, $4, $5)
         on conflict (form_token) do update
         set state = 'sending', look_alikes = excluded.look_alikes, requested_at = excluded.requested_at
         where creation.state = 'refused' and creation.kind = $2 and creation.requested_by = $3",
        form_token,
        kind,
        staff_id,
        look_alikes,
        now,
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// What became of a form that was sent.
pub(super) struct Sent {
    pub(super) state: State,
    pub(super) subject_id: Option<String>,
    pub(super) look_alikes: Vec<String>,
    pub(super) requested_at: OffsetDateTime,
}

/// What became of the form that this person posted.
pub(super) async fn find(pool: &PgPool, kind: &str, form_token: Uuid, staff_id: Uuid) -> Result<Option<Sent>> {
    let row = sqlx::query!(
        "select state, subject_id, look_alikes, requested_at from creation where form_token = $1 and kind = $2 and requested_by = $3",
        form_token,
        kind,
        staff_id,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let state = State::ALL.into_iter().find(|state| state.as_str() == row.state);
        Ok(Sent {
            state: state.ok_or_else(|| Error::Stored(format!("creation state {}", row.state)))?,
            subject_id: row.subject_id,
            look_alikes: row.look_alikes,
            requested_at: row.requested_at,
        })
    })
    .transpose()
}

/// Ends it, unless it was found to be created already; answers whether it was ended so.
pub(super) async fn end(
    db: &mut PgConnection,
    form_token: Uuid,
    state: State,
    subject_id: Option<&str>,
) -> Result<bool> {
    let ended = sqlx::query!(
        "update creation set state = $2, subject_id = $3 where form_token = $1 and state <> 'created'",
        form_token,
        state.as_str(),
        subject_id,
    )
    .execute(db)
    .await?;
    Ok(ended.rows_affected() == 1)
}
