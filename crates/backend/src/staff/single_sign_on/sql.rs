use super::OwnIdentity;
use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// A way to the provider.
pub(super) struct Attempt {
    pub(super) link_hash: Option<Vec<u8>>,
    pub(super) staff_id: Option<Uuid>,
    /// They are to prove that it is them, and nothing is bound.
    pub(super) proves: bool,
    pub(super) next: String,
    pub(super) expires_at: OffsetDateTime,
}

/// Who somebody is at the provider.
pub(super) struct Identity<'a> {
    pub(super) issuer: &'a str,
    pub(super) subject: &'a str,
    pub(super) email: Option<&'a str>,
}

/// What came of binding.
pub(super) enum Binding {
    Done,
    /// The identity is somebody's.
    Taken,
    /// The account has another identity.
    HasAnother,
}

pub(super) async fn insert_attempt(pool: &PgPool, [state, browser]: &[Vec<u8>; 2], attempt: &Attempt) -> Result<()> {
    sqlx::query!(
        "insert into single_sign_on_attempt (state_hash, browser_hash, link_hash, staff_id, proves, next, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        state,
        browser,
        attempt.link_hash,
        attempt.staff_id,
        attempt.proves,
        attempt.next,
        attempt.expires_at,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The way that began in this browser; it is gone with that.
pub(super) async fn take_attempt(
    pool: &PgPool,
    [state, browser]: &[Vec<u8>; 2],
    now: OffsetDateTime,
) -> Result<Option<Attempt>> {
    Ok(sqlx::query_as!(
        Attempt,
        "delete from single_sign_on_attempt where state_hash = $1 and browser_hash = $2 and expires_at > $3 \
         returning link_hash, staff_id, proves, next, expires_at",
        state,
        browser,
        now,
    )
    .fetch_optional(pool)
    .await?)
}

pub(super) async fn delete_expired(pool: &PgPool, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from single_sign_on_attempt where expires_at <= $1", now).execute(pool).await?;
    Ok(())
}

pub(super) async fn whose(pool: &PgPool, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    let found =
        sqlx::query_scalar!("select staff_id from staff_identity where issuer = $1 and subject = $2", issuer, subject);
    Ok(found.fetch_optional(pool).await?)
}

pub(super) async fn whose_link(pool: &PgPool, link_hash: &[u8]) -> Result<Option<Uuid>> {
    let found = sqlx::query_scalar!("select staff_id from staff_link where token_hash = $1", link_hash);
    Ok(found.fetch_optional(pool).await?)
}

pub(super) async fn is_bound(db: &mut PgConnection, issuer: &str, subject: &str, staff_id: Uuid) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from staff_identity where issuer = $1 and subject = $2 and staff_id = $3) as "is_bound!""#,
        issuer,
        subject,
        staff_id,
    );
    Ok(found.fetch_one(db).await?)
}

pub(super) async fn bind(
    db: &mut PgConnection,
    identity: &Identity<'_>,
    staff_id: Uuid,
    at: OffsetDateTime,
) -> Result<Binding> {
    let done = sqlx::query!(
        "insert into staff_identity (issuer, subject, staff_id, email, bound_at) values ($1, $2, $3, $4, $5)",
        identity.issuer,
        identity.subject,
        staff_id,
        identity.email,
        at,
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(Binding::Done),
        Err(error) => match error.as_database_error().and_then(|refusal| refusal.constraint()) {
            Some("staff_identity_pkey") => Ok(Binding::Taken),
            Some("staff_identity_staff_id_issuer_key") => Ok(Binding::HasAnother),
            _ => Err(error.into()),
        },
    }
}

pub(super) async fn own(pool: &PgPool, issuer: &str, staff_id: Uuid) -> Result<Option<OwnIdentity>> {
    Ok(sqlx::query_as!(
        OwnIdentity,
        "select email, bound_at from staff_identity where issuer = $1 and staff_id = $2",
        issuer,
        staff_id,
    )
    .fetch_optional(pool)
    .await?)
}

/// Whatever the person is bound to, at this provider and at those before it: issuer and subject of each.
pub(in crate::staff) async fn release_all(db: &mut PgConnection, staff_id: Uuid) -> Result<Vec<(String, String)>> {
    let gone = sqlx::query!("delete from staff_identity where staff_id = $1 returning issuer, subject", staff_id);
    Ok(gone.fetch_all(db).await?.into_iter().map(|row| (row.issuer, row.subject)).collect())
}

/// The provider's name for whoever it was.
pub(super) async fn release(db: &mut PgConnection, issuer: &str, staff_id: Uuid) -> Result<Option<String>> {
    let gone = sqlx::query_scalar!(
        "delete from staff_identity where issuer = $1 and staff_id = $2 returning subject",
        issuer,
        staff_id,
    );
    Ok(gone.fetch_optional(db).await?)
}
