use super::Staff;
use crate::roles::assigned;
use crate::{Error, Result};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: Value,
}

/// Without a hash, the person cannot sign in until they have set a password.
pub(crate) async fn insert(db: &mut PgConnection, staff: &Staff, hash: Option<&str>, at: OffsetDateTime) -> Result<()> {
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
        Some("staff_email") => Error::invalid(
            "email",
            "Someone already signs in with this address; use another one, or make them a new link",
        ),
        Some("staff_role") => Error::invalid("role", "This role was deleted meanwhile; choose another one"),
        _ => error.into(),
    })?;
    Ok(())
}

/// Inserts, or gives the person with this e-mail address the new name, role and password and enables them.
pub(super) async fn upsert(db: &mut PgConnection, staff: &Staff, hash: &str, at: OffsetDateTime) -> Result<Staff> {
    sqlx::query_as!(
        Row,
        r#"insert into staff (id, email, name, password_hash, role, created_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (lower(email)) do update set name = excluded.name, password_hash = excluded.password_hash,
           role = excluded.role, disabled_at = null returning id, email, name, role_of(role) as "role!""#,
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
    let row = sqlx::query_as!(
        Row,
        r#"select id, email, name, role_of(role) as "role!" from staff where id = $1 and disabled_at is null"#,
        id,
    );
    row.fetch_optional(pool).await?.map(Staff::try_from).transpose()
}

/// What signing in looks at.
pub(super) struct Asked {
    /// The address in small letters, as the database makes them.
    pub(super) address: String,
    /// Whose it is.
    pub(super) account: Option<Account>,
    /// What the browser is known under, where they have signed in with it before.
    pub(super) known_browser: Option<Uuid>,
}

pub(super) struct Account {
    pub(super) staff: Staff,
    pub(super) password_hash: Option<String>,
}

/// One row whether or not the account exists.
pub(super) async fn asked(pool: &PgPool, email: &str, browser: Option<&[u8]>) -> Result<Asked> {
    let row = sqlx::query!(
        r#"select lower($1) as "address!", s.id as "id?", s.email as "email?", s.name as "name?", role_of(s.role) as "role?",
           s.password_hash,
           (select b.id from known_browser b where b.token_hash = $2 and b.staff_id = s.id) as known_browser
           from (select 1) one left join staff s on lower(s.email) = lower($1)"#,
        email,
        browser,
    )
    .fetch_one(pool)
    .await?;
    let account = match (row.id, row.email, row.name, row.role) {
        (Some(id), Some(email), Some(name), Some(role)) => {
            Some(Account { staff: Row { id, email, name, role }.try_into()?, password_hash: row.password_hash })
        }
        _ => None,
    };
    Ok(Asked { address: row.address, account, known_browser: row.known_browser })
}

/// Notes that they showed the right password, and at that moment signed in where there is one, with a renewed hash where there
/// is one; false when they were disabled or got another password
/// since `hash` was read.
pub(super) async fn signed_in(
    db: &mut PgConnection,
    id: Uuid,
    hash: &str,
    renewed: Option<&str>,
    at: Option<OffsetDateTime>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update staff set last_signed_in_at = coalesce($4, last_signed_in_at), password_hash = coalesce($3, password_hash) \
         where id = $1 and password_hash = $2 and disabled_at is null",
        id,
        hash,
        renewed,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that they signed in with their second factor; false when they were disabled since they showed their password.
pub(super) async fn signed_in_with_factor(db: &mut PgConnection, id: Uuid, at: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!("update staff set last_signed_in_at = $2 where id = $1 and disabled_at is null", id, at)
        .execute(db);
    Ok(done.await?.rows_affected() == 1)
}

/// What lets somebody in.
pub(super) struct Has {
    pub(super) password: bool,
    pub(super) factor: bool,
    /// At the provider that is set up.
    pub(super) identity: bool,
}

pub(super) async fn has(pool: &PgPool, id: Uuid, issuer: Option<&str>) -> Result<Has> {
    Ok(sqlx::query_as!(
        Has,
        r#"select password_hash is not null as "password!",
           exists (select from second_factor f where f.staff_id = s.id and f.confirmed_at is not null) as "factor!",
           exists (select from staff_identity i where i.staff_id = s.id and i.issuer = $2) as "identity!"
           from staff s where id = $1"#,
        id,
        issuer,
    )
    .fetch_one(pool)
    .await?)
}

/// What the browser is known under, where the person has signed in with it before.
pub(super) async fn known_browser(pool: &PgPool, id: Uuid, browser: &[u8]) -> Result<Option<Uuid>> {
    let known =
        sqlx::query_scalar!("select id from known_browser where token_hash = $2 and staff_id = $1", id, browser);
    Ok(known.fetch_optional(pool).await?)
}

/// Notes that they signed in, by something else than a password.
pub(super) async fn entered(db: &mut PgConnection, id: Uuid, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update staff set last_signed_in_at = $2 where id = $1", id, at).execute(db).await?;
    Ok(())
}

/// Whether somebody has the address.
pub(super) async fn is_taken(pool: &PgPool, email: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from staff where lower(email) = lower($1)) as "is_taken!""#,
        email
    );
    Ok(found.fetch_one(pool).await?)
}

pub(super) async fn password_hash(pool: &PgPool, id: Uuid) -> Result<Option<String>> {
    let hash = sqlx::query_scalar!("select password_hash from staff where id = $1 and disabled_at is null", id);
    Ok(hash.fetch_optional(pool).await?.flatten())
}

pub(super) async fn set_password(db: &mut PgConnection, id: Uuid, hash: &str) -> Result<()> {
    sqlx::query!("update staff set password_hash = $2 where id = $1", id, hash).execute(db).await?;
    Ok(())
}

/// False where somebody else was quicker, or the person was disabled.
pub(super) async fn exchange_password(db: &mut PgConnection, id: Uuid, old: &str, new: &str) -> Result<bool> {
    let done = sqlx::query!(
        "update staff set password_hash = $3 where id = $1 and password_hash = $2 and disabled_at is null",
        id,
        old,
        new,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
pub(super) async fn disable(pool: &PgPool, email: &str, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update staff set disabled_at = $2 where lower(email) = lower($1)", email, at).execute(pool).await?;
    Ok(())
}

impl TryFrom<Row> for Staff {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self { id: row.id, email: row.email, name: row.name, role: assigned(row.role)? })
    }
}
