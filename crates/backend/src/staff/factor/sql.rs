use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody's second factor, in use or not yet.
pub(super) struct Row {
    pub(super) sealed_seed: Vec<u8>,
    pub(super) begun_at: OffsetDateTime,
    pub(super) confirmed_at: Option<OffsetDateTime>,
    pub(super) last_step: i64,
    pub(super) codes_left: i64,
}

pub(super) async fn find(pool: &PgPool, staff_id: Uuid) -> Result<Option<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select sealed_seed, begun_at, confirmed_at, last_step,
           (select count(*) from recovery_code c where c.staff_id = f.staff_id and c.used_at is null) as "codes_left!"
           from second_factor f where staff_id = $1"#,
        staff_id,
    )
    .fetch_optional(pool)
    .await?)
}

/// The same, locked until the transaction ends.
pub(super) async fn lock(db: &mut PgConnection, staff_id: Uuid) -> Result<Option<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select sealed_seed, begun_at, confirmed_at, last_step, 0::bigint as "codes_left!"
           from second_factor where staff_id = $1 for update"#,
        staff_id,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn is_in_use(db: impl sqlx::PgExecutor<'_>, staff_id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from second_factor where staff_id = $1 and confirmed_at is not null) as "in_use!""#,
        staff_id,
    )
    .fetch_one(db)
    .await?)
}

/// The same, once whoever changes it at this moment has done so.
pub(super) async fn is_in_use_by_now(pool: &PgPool, staff_id: Uuid) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select confirmed_at is not null as "in_use!" from second_factor where staff_id = $1 for share"#,
        staff_id,
    );
    Ok(found.fetch_optional(pool).await?.unwrap_or(false))
}

/// False where one is in use already.
pub(super) async fn begin(db: &mut PgConnection, staff_id: Uuid, sealed: &[u8], at: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into second_factor (staff_id, sealed_seed, begun_at) values ($1, $2, $3) on conflict (staff_id) do update
         set sealed_seed = excluded.sealed_seed, begun_at = excluded.begun_at, last_step = 0
         where second_factor.confirmed_at is null",
        staff_id,
        sealed,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn confirm(db: &mut PgConnection, staff_id: Uuid, step: i64, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update second_factor set confirmed_at = $3, last_step = $2 where staff_id = $1", staff_id, step, at)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn use_step(db: &mut PgConnection, staff_id: Uuid, step: i64) -> Result<()> {
    sqlx::query!("update second_factor set last_step = $2 where staff_id = $1", staff_id, step).execute(db).await?;
    Ok(())
}

/// Whether there was one in use.
pub(super) async fn remove(db: &mut PgConnection, staff_id: Uuid) -> Result<bool> {
    let done = sqlx::query!("delete from second_factor where staff_id = $1 and confirmed_at is not null", staff_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts these codes in the place of those there were.
pub(super) async fn replace_codes(db: &mut PgConnection, staff_id: Uuid, hashes: &[Vec<u8>]) -> Result<()> {
    sqlx::query!("delete from recovery_code where staff_id = $1", staff_id).execute(&mut *db).await?;
    sqlx::query!(
        "insert into recovery_code (staff_id, code_hash) select $1, code from unnest($2::bytea[]) code",
        staff_id,
        hashes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses the code up. False where there is none, or it was used.
pub(super) async fn use_code(db: &mut PgConnection, staff_id: Uuid, hash: &[u8], at: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update recovery_code set used_at = $3 where staff_id = $1 and code_hash = $2 and used_at is null",
        staff_id,
        hash,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn codes_left(db: &mut PgConnection, staff_id: Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "left!" from recovery_code where staff_id = $1 and used_at is null"#,
        staff_id,
    )
    .fetch_one(db)
    .await?)
}

/// Until the transaction ends nobody else changes which roles must have one.
pub(super) async fn lock_policy(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table second_factor_policy in share row exclusive mode").execute(db).await?;
    Ok(())
}

pub(super) async fn required_roles(db: &mut PgConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("select role from second_factor_policy order by role").fetch_all(db).await?)
}

/// Has these roles, and no other, have one.
pub(super) async fn set_required_roles(
    db: &mut PgConnection,
    roles: &[String],
    by: Uuid,
    at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!("delete from second_factor_policy where role <> all($1)", roles).execute(&mut *db).await?;
    sqlx::query!(
        "insert into second_factor_policy (role, required_since, required_by) select role, $2, $3 from unnest($1::text[]) role
         on conflict do nothing",
        roles,
        at,
        by,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn must_set_up(pool: &PgPool, staff_id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from staff s join second_factor_policy p on p.role = s.role where s.id = $1)
           and not exists (select from second_factor where staff_id = $1 and confirmed_at is not null) as "must!""#,
        staff_id,
    )
    .fetch_one(pool)
    .await?)
}
