use super::state;
use crate::orders::confirmation::again_path;
use crate::orders::intent::Replacement;
use crate::{Error, Result};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// An order of a family: of those placed in each other's stead.
pub(in crate::orders) struct Relative {
    /// It was taken for lost, and turned up.
    pub(in crate::orders) turned_up: bool,
}

/// Holds the family of the intent until the transaction ends, so that nobody else adds to it; answers with one of them that
/// is carried out or may be. Fails where there is no such intent.
pub(in crate::orders) async fn lock_family(db: &mut PgConnection, member: Uuid) -> Result<Option<Relative>> {
    sqlx::query!("select id from intent where id = first_of_family($1) for update", member)
        .fetch_optional(&mut *db)
        .await?
        .ok_or(Error::NotFound("order"))?;
    Ok(sqlx::query_as!(
        Relative,
        r#"select found_late_at is not null as "turned_up!" from intent
           where id in (select order_family($1)) and is_living(intent)
           order by found_late_at nulls last limit 1"#,
        member,
    )
    .fetch_optional(db)
    .await?)
}

/// Another order of the intent's family that is carried out or may be.
pub(in crate::orders) async fn living_relative(db: &mut PgConnection, id: Uuid) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!("select living_relative($1)", id).fetch_one(db).await?)
}

/// What a list says of an intent beside its state.
pub(in crate::orders) struct Left {
    pub(in crate::orders) id: Uuid,
    /// The review to place it again from, where that would be right.
    pub(in crate::orders) again_path: Option<String>,
    pub(in crate::orders) found_late_at: Option<OffsetDateTime>,
    pub(in crate::orders) replacement: Option<Replacement>,
    /// The status of its order, where that failed or was cancelled and the marketplace went on with it.
    pub(in crate::orders) goes_on_as: Option<String>,
}

pub(in crate::orders) async fn left(pool: &PgPool, ids: &[Uuid]) -> Result<Vec<Left>> {
    let rows = sqlx::query!(
        r#"select i.id, i.state, i.review_path, i.found_late_at, later.id as "later?",
           coalesce(later.state in ('drafted', 'approved') or later.state = 'sending' and later.in_flight_since is null, false)
               as "waits!",
           exists (select from intent o where o.id in (select order_family(i.id)) and is_living(o)) as "living!",
           (select o.status from marketplace_order o where o.id = i.order_id and o.as_of > i.settled_at
               and i.state in ('failed', 'cancelled') and is_living(i)) as goes_on_as,
           exists (select from marketplace_order b where b.id = i.blocked_by and b.status in ('submitted', 'processing'))
               as "blocked!"
           from intent i
           left join lateral (
               select a.id, a.state, a.in_flight_since from intent a
               where a.id in (select order_family(i.id)) and a.id > i.id and is_living(a) limit 1
           ) later on true
           where i.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let offered = state(&row.state)?.came_to_nothing() && !row.living && !row.blocked;
            Ok(Left {
                id: row.id,
                again_path: row.review_path.filter(|_| offered).map(|path| again_path(&path, row.id)),
                found_late_at: row.found_late_at,
                goes_on_as: row.goes_on_as,
                replacement: row.later.map(|id| Replacement { id, waits: row.waits }),
            })
        })
        .collect()
}
