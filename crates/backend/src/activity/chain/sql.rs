use super::{Hash, Head, Link, Named};
use crate::Result;
use sqlx::PgConnection;

/// The seals after the position. The text of a row is written out here rather than asked of the database's own function,
/// which whoever changes a row could change with it.
pub(super) async fn links_after(db: &mut PgConnection, position: i64, limit: i64) -> Result<Vec<Link>> {
    let rows = sqlx::query!(
        r#"select s.position, s.hash, s.activity_id, a.id as "id?", a.at as "at?", a.action as "action?",
           jsonb_strip_nulls(jsonb_build_object(
               'id', a.id::text,
               'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
               'staff_id', a.staff_id::text,
               'actor', a.actor,
               'action', a.action,
               'subject_kind', a.subject_kind,
               'subject_id', a.subject_id,
               'customer_id', a.customer_id,
               'intent_id', a.intent_id::text,
               'before', a.before::text,
               'after', a.after::text,
               'price_amount', a.price_amount::text,
               'price_currency', a.price_currency,
               'correlation_id', a.correlation_id,
               'note', a.note
           ))::text as "text!"
           from activity_seal s left join activity a on a.id = s.activity_id
           where s.position > $1 order by s.position limit $2"#,
        position,
        limit,
    )
    .fetch_all(db)
    .await?;
    let links = rows.into_iter().map(|row| {
        let named = match (row.id, row.at, row.action) {
            (Some(id), Some(at), Some(action)) => Some(Named { id, at, action }),
            _ => None,
        };
        Link {
            position: row.position,
            hash: row.hash,
            activity_id: row.activity_id,
            row: named.map(|named| (named, row.text)),
        }
    });
    Ok(links.collect())
}

pub(super) async fn first_unsealed(db: &mut PgConnection) -> Result<Option<Named>> {
    Ok(sqlx::query_as!(
        Named,
        "select a.id, a.at, a.action from activity a
         where not exists (select from activity_seal s where s.activity_id = a.id) order by a.id limit 1",
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn head(db: &mut PgConnection) -> Result<Option<Head>> {
    let row = sqlx::query!("select position, hash from activity_head").fetch_optional(db).await?;
    Ok(row.and_then(|row| Some(Head { position: row.position, hash: Hash::from_bytes(&row.hash)? })))
}
