use super::{Link, OpenLink};
use crate::Result;
use crate::staff::sql::Row;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn insert(
    db: &mut PgConnection,
    hash: &[u8],
    staff_id: Uuid,
    link: &Link,
    made_by: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into staff_link (token_hash, staff_id, purpose, made_by, made_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        hash,
        staff_id,
        link.purpose.as_str(),
        made_by,
        now,
        link.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn withdraw(db: &mut PgConnection, staff_id: Uuid, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update staff_link set withdrawn_at = $2 where staff_id = $1 and used_at is null and withdrawn_at is null",
        staff_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn open(pool: &PgPool, hash: &[u8], now: OffsetDateTime) -> Result<Option<OpenLink>> {
    let row = sqlx::query!(
        r#"select s.id, s.email, s.name, role_of(s.role) as "role!", l.purpose, l.expires_at,
           exists (select from staff_identity i where i.staff_id = s.id) as "is_bound!"
           from staff_link l join staff s on s.id = l.staff_id
           where l.token_hash = $1 and l.used_at is null and l.withdrawn_at is null and l.expires_at > $2
           and s.disabled_at is null"#,
        hash,
        now,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let staff = Row { id: row.id, email: row.email, name: row.name, role: row.role }.try_into()?;
        Ok(OpenLink { staff, purpose: row.purpose.parse()?, expires_at: row.expires_at, is_bound: row.is_bound })
    })
    .transpose()
}

/// The person's address in small letters, as the database makes them. The person first, then the link: in the order in which
/// whoever disables somebody takes them.
pub(super) async fn lock(db: &mut PgConnection, staff_id: Uuid) -> Result<String> {
    let address =
        sqlx::query_scalar!(r#"select lower(email) as "address!" from staff where id = $1 for update"#, staff_id);
    Ok(address.fetch_one(db).await?)
}

/// Whether it could still be used; it cannot any more.
pub(in crate::staff) async fn use_up(db: &mut PgConnection, hash: &[u8], now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update staff_link l set used_at = $2 from staff s where s.id = l.staff_id and l.token_hash = $1 \
         and l.used_at is null and l.withdrawn_at is null and l.expires_at > $2 and s.disabled_at is null",
        hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
