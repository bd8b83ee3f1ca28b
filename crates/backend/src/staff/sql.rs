use super::Staff;
use crate::{Error, Result};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

struct Row {
    id: Uuid,
    email: String,
    name: String,
    role: String,
}

pub(crate) async fn insert(db: &mut PgConnection, staff: &Staff, hash: &str, at: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into staff (id, email, name, password_hash, role, created_at) values ($1, $2, $3, $4, $5, $6)",
        staff.id,
        staff.email,
        staff.name,
        hash,
        staff.role.as_str(),
        at,
    )
    .execute(db)
    .await
    .map_err(|error| match error.as_database_error().and_then(|refusal| refusal.constraint()) {
        Some("staff_email") => {
            Error::invalid("email", "Someone already signs in with this address; use another one or change theirs")
        }
        _ => error.into(),
    })?;
    Ok(())
}

/// Inserts, or gives the person with this e-mail address the new name, role and password and enables them.
pub(super) async fn upsert(db: &mut PgConnection, staff: &Staff, hash: &str, at: OffsetDateTime) -> Result<Staff> {
    sqlx::query_as!(
        Row,
        "insert into staff (id, email, name, password_hash, role, created_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (lower(email)) do update set name = excluded.name, password_hash = excluded.password_hash, \
         role = excluded.role, disabled_at = null returning id, email, name, role",
        staff.id,
        staff.email,
        staff.name,
        hash,
        staff.role.as_str(),
        at,
    )
    .fetch_one(db)
    .await?
    .try_into()
}

pub(super) async fn find_enabled(pool: &PgPool, id: Uuid) -> Result<Option<Staff>> {
    sqlx::query_as!(Row, "select id, email, name, role from staff where id = $1 and disabled_at is null", id)
        .fetch_optional(pool)
        .await?
        .map(Staff::try_from)
        .transpose()
}

/// What signing in looks at.
pub(super) struct Credentials {
    pub(super) staff: Staff,
    pub(super) password_hash: String,
    pub(super) disabled: bool,
}

pub(super) async fn credentials(pool: &PgPool, email: &str) -> Result<Option<Credentials>> {
    let row = sqlx::query!(
        r#"select id, email, name, role, password_hash, disabled_at is not null as "disabled!"
           from staff where lower(email) = lower($1)"#,
        email,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let staff = Row { id: row.id, email: row.email, name: row.name, role: row.role }.try_into()?;
        Ok(Credentials { staff, password_hash: row.password_hash, disabled: row.disabled })
    })
    .transpose()
}

#[cfg(test)]
pub(super) async fn disable(pool: &PgPool, email: &str, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update staff set disabled_at = $2 where lower(email) = lower($1)", email, at).execute(pool).await?;
    Ok(())
}

impl TryFrom<Row> for Staff {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let role = row.role.parse().map_err(|unknown: domain::UnknownRole| Error::Stored(unknown.to_string()))?;
        Ok(Self { id: row.id, email: row.email, name: row.name, role })
    }
}
