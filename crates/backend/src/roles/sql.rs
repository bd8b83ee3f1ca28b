use super::list::ListedRole;
use super::stored::assigned;
use crate::{Error, Result};
use domain::{AssignedRole, CustomRole};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Every role, or one, with the names of those who have it.
pub(super) async fn roles(pool: &PgPool, id: Option<&str>) -> Result<Vec<ListedRole>> {
    let rows = sqlx::query!(
        r#"select role_of(r.id) as "role!", coalesce(array_agg(s.name order by lower(s.name), s.id)
               filter (where s.id is not null), '{}') as "held_by!"
           from role r left join staff s on s.role = r.id
           where $1::text is null or r.id = $1 group by r.id order by lower(r.name) nulls first, r.id"#,
        id,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| Ok(ListedRole { role: assigned(row.role)?, held_by: row.held_by })).collect()
}

/// The role, which cannot be deleted before the transaction ends.
pub(super) async fn keep(db: &mut PgConnection, id: &str) -> Result<Option<AssignedRole>> {
    sqlx::query!("select id from role where id = $1 for key share", id).fetch_optional(&mut *db).await?;
    read(db, id).await
}

/// The role, which nobody else changes or gives to anybody before the transaction ends.
pub(super) async fn lock(db: &mut PgConnection, id: &str) -> Result<Option<AssignedRole>> {
    sqlx::query!("select id from role where id = $1 for update", id).fetch_optional(&mut *db).await?;
    read(db, id).await
}

/// The role as it is now: what is read together with a lock may be what was there before waiting for it.
async fn read(db: &mut PgConnection, id: &str) -> Result<Option<AssignedRole>> {
    let row = sqlx::query_scalar!(r#"select role_of(id) as "role!" from role where id = $1"#, id);
    row.fetch_optional(db).await?.map(assigned).transpose()
}

pub(super) async fn held_by(db: &mut PgConnection, id: &str) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!("select name from staff where role = $1 order by lower(name), id", id);
    Ok(names.fetch_all(db).await?)
}

/// False where there is a role of this identifier already: its form was posted before.
pub(super) async fn insert(db: &mut PgConnection, role: &CustomRole, by: Uuid, at: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into role (id, name, permissions, max_amount, max_currency, max_seats, created_by, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        role.id,
        role.name,
        &names(role),
        role.limits.order_value.map(|limit| limit.amount),
        role.limits.order_value.map(|limit| limit.currency.code().to_owned()),
        role.limits.seats_added.map(i64::from),
        by,
        at,
    )
    .execute(db)
    .await
    .map_err(taken)?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn update(db: &mut PgConnection, role: &CustomRole) -> Result<()> {
    sqlx::query!(
        "update role set name = $2, permissions = $3, max_amount = $4, max_currency = $5, max_seats = $6 where id = $1",
        role.id,
        role.name,
        &names(role),
        role.limits.order_value.map(|limit| limit.amount),
        role.limits.order_value.map(|limit| limit.currency.code().to_owned()),
        role.limits.seats_added.map(i64::from),
    )
    .execute(db)
    .await
    .map_err(taken)?;
    Ok(())
}

pub(super) async fn delete(db: &mut PgConnection, id: &str) -> Result<()> {
    sqlx::query!("delete from role where id = $1 and name is not null", id).execute(db).await?;
    Ok(())
}

fn names(role: &CustomRole) -> Vec<String> {
    role.permissions.iter().map(domain::Permission::name).collect()
}

fn taken(error: sqlx::Error) -> Error {
    match error.as_database_error().and_then(|refusal| refusal.constraint()) {
        Some("role_name") => Error::invalid("name", "There is a role of this name already; use another name"),
        _ => error.into(),
    }
}
