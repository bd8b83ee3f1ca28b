use crate::Result;
use crate::matching::facts::Named;
use sqlx::PgConnection;

/// What was typed, with each customer that has it as id or, in any case, as name.
pub(in crate::matching) async fn customers(db: &mut PgConnection, typed: &[String]) -> Result<Vec<(String, Named)>> {
    let rows = sqlx::query!(
        r#"select t.typed as "typed!", c.id as "id!", c.external_id
           from unnest($1::text[]) as t (typed) join customer c on c.id = t.typed
           union
           select t.typed, c.id, c.external_id
           from unnest($1::text[]) as t (typed) join customer c on lower(c.name) = lower(t.typed)
           order by 1, 2"#,
        typed,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.typed, Named { id: row.id, external_id: row.external_id })).collect())
}

/// External ids of the list that customers have, each with the customer.
pub(in crate::matching) async fn holders(
    db: &mut PgConnection,
    external_ids: &[String],
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select external_id as "external_id!", id from customer where external_id = any($1) order by id"#,
        external_ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.external_id, row.id)).collect())
}
