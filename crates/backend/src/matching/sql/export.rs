use crate::Result;
use sqlx::PgPool;

/// A customer in the export.
pub(in crate::matching) struct Exported {
    pub(in crate::matching) id: String,
    pub(in crate::matching) name: String,
    pub(in crate::matching) external_id: Option<String>,
    pub(in crate::matching) managers: String,
}

pub(in crate::matching) async fn everything(pool: &PgPool) -> Result<Vec<Exported>> {
    Ok(sqlx::query_as!(
        Exported,
        r#"select c.id, c.name, c.external_id,
           coalesce((select string_agg(s.email, '; ' order by lower(s.email))
               from customer_manager m join staff s on s.id = m.staff_id where m.customer_id = c.id), '') as "managers!"
           from customer c order by lower(c.name), c.id"#,
    )
    .fetch_all(pool)
    .await?)
}
