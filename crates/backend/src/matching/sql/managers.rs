use crate::Result;
use crate::matching::Manager;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(in crate::matching) async fn of_customer(pool: &PgPool, customer_id: &str) -> Result<Vec<Manager>> {
    Ok(sqlx::query_as!(
        Manager,
        r#"select s.id as staff_id, s.name, s.email, s.disabled_at is null as "enabled!"
           from customer_manager m join staff s on s.id = m.staff_id
           where m.customer_id = $1 order by lower(s.name), s.id"#,
        customer_id,
    )
    .fetch_all(pool)
    .await?)
}

/// Everybody, those who were disabled too, by name.
pub(in crate::matching) async fn people(db: &mut PgConnection) -> Result<Vec<Manager>> {
    Ok(sqlx::query_as!(
        Manager,
        r#"select id as staff_id, name, email, disabled_at is null as "enabled!" from staff order by lower(name), id"#,
    )
    .fetch_all(db)
    .await?)
}

/// Customer and staff member, in the order of both.
pub(in crate::matching) async fn of_customers(db: &mut PgConnection, ids: &[String]) -> Result<Vec<(String, Uuid)>> {
    let rows = sqlx::query!(
        "select customer_id, staff_id from customer_manager where customer_id = any($1) order by customer_id, staff_id",
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row.staff_id)).collect())
}

pub(in crate::matching) async fn manages_any(pool: &PgPool, staff_id: Uuid) -> Result<bool> {
    let any =
        sqlx::query_scalar!(r#"select exists (select from customer_manager where staff_id = $1) as "any!""#, staff_id);
    Ok(any.fetch_one(pool).await?)
}

/// Lets nobody else change assignments until the transaction ends; reading goes on. What is shown as "before" is then
/// what was before.
pub(in crate::matching) async fn lock(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table customer_manager in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Those who stay keep the day they were assigned.
pub(in crate::matching) async fn replace(
    db: &mut PgConnection,
    customer_id: &str,
    staff_ids: &[Uuid],
    by: Uuid,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "with gone as (delete from customer_manager where customer_id = $1 and staff_id <> all($2))
         insert into customer_manager (customer_id, staff_id, assigned_at, assigned_by)
         select $1, staff_id, $3, $4 from unnest($2::uuid[]) as wanted (staff_id) on conflict do nothing",
        customer_id,
        staff_ids,
        now,
        by,
    )
    .execute(db)
    .await?;
    Ok(())
}
