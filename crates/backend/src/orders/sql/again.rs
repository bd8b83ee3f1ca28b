use super::state;
use crate::Result;
use crate::orders::confirmation::again_path;
use domain::IntentState;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Where the intent stands and which living one took its place; nobody else can take it until the transaction ends.
pub(in crate::orders) async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<(IntentState, Option<Uuid>)>> {
    let Some(row) =
        sqlx::query_scalar!("select state from intent where id = $1 for update", id).fetch_optional(&mut *db).await?
    else {
        return Ok(None);
    };
    let taken = sqlx::query_scalar!(
        "select id from intent where again_of = $1 and state not in ('failed', 'cancelled', 'absent') limit 1",
        id,
    );
    Ok(Some((state(&row)?, taken.fetch_optional(db).await?)))
}

/// The order in whose stead the intent was placed, if that is carried out or may be.
pub(in crate::orders) async fn living_predecessor(db: &mut PgConnection, id: Uuid) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!("select living_predecessor($1)", id).fetch_one(db).await?)
}

/// What a list says of an intent beside its state.
pub(in crate::orders) struct Left {
    pub(in crate::orders) id: Uuid,
    /// The review to place it again from, where that would be right.
    pub(in crate::orders) again_path: Option<String>,
    pub(in crate::orders) found_late_at: Option<OffsetDateTime>,
    pub(in crate::orders) placed_again: bool,
}

pub(in crate::orders) async fn left(pool: &PgPool, ids: &[Uuid]) -> Result<Vec<Left>> {
    let rows = sqlx::query!(
        r#"select i.id, i.state, i.review_path, i.found_late_at,
           i.problem_kind is not distinct from 'not_needed' as "not_needed!",
           exists (select from intent a where a.again_of = i.id and a.state not in ('failed', 'cancelled', 'absent'))
               as "placed_again!",
           exists (select from marketplace_order b where b.id = i.blocked_by and b.status in ('submitted', 'processing'))
               as "blocked!"
           from intent i where i.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let offered = state(&row.state)?.came_to_nothing() && !row.placed_again && !row.blocked && !row.not_needed;
            Ok(Left {
                id: row.id,
                again_path: row.review_path.filter(|_| offered).map(|path| again_path(&path, row.id)),
                found_late_at: row.found_late_at,
                placed_again: row.placed_again,
            })
        })
        .collect()
}
