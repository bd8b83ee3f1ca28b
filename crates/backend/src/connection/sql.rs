use super::copy::{OpenIntent, Place};
use super::stored::{Stored, Version};
use crate::{Error, Result};
use sqlx::{PgConnection, PgPool};
use std::borrow::Cow;
use time::OffsetDateTime;
use uuid::Uuid;

/// Which connection holds, and of which marketplace the copy is, once it is of one.
pub(super) async fn in_force(pool: &PgPool) -> Result<(Version, Option<Place>)> {
    let row = sqlx::query!(
        r#"select (select version from marketplace_connection) as "version?", url, code from marketplace_copy"#
    )
    .fetch_one(pool)
    .await?;
    Ok((Version::of(row.version), PlaceRow { url: row.url, code: row.code }.place()))
}

pub(super) async fn stored(db: &mut PgConnection) -> Result<Option<Stored>> {
    Ok(sqlx::query_as!(
        Stored,
        "select url, code, username, sealed_password, sealed_key, key_hint, version, changed_at, s.name as changed_by
         from marketplace_connection join staff s on s.id = changed_by",
    )
    .fetch_optional(db)
    .await?)
}

/// A connection to store.
pub(super) struct New<'a> {
    pub(super) place: &'a Place,
    pub(super) username: &'a str,
    pub(super) sealed_password: Vec<u8>,
    pub(super) sealed_key: Vec<u8>,
    pub(super) key_hint: String,
    pub(super) changed_by: Uuid,
}

/// Stores the connection in the place of the one before, under a version that none had before.
pub(super) async fn replace(db: &mut PgConnection, new: &New<'_>, now: OffsetDateTime) -> Result<()> {
    delete(db).await?;
    sqlx::query!(
        "insert into marketplace_connection
             (url, code, username, sealed_password, sealed_key, key_hint, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.place.url,
        new.place.code,
        new.username,
        new.sealed_password,
        new.sealed_key,
        new.key_hint,
        now,
        new.changed_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from marketplace_connection").execute(db).await?;
    Ok(())
}

struct PlaceRow {
    url: Option<String>,
    code: Option<String>,
}

impl PlaceRow {
    fn place(self) -> Option<Place> {
        Some(Place { url: self.url?, code: self.code? })
    }
}

/// Of which marketplace the copy is.
pub(super) async fn place(db: &mut PgConnection) -> Result<Option<Place>> {
    Ok(sqlx::query_as!(PlaceRow, "select url, code from marketplace_copy").fetch_one(db).await?.place())
}

/// The same, and no change of it by others until the transaction ends.
pub(super) async fn lock_copy(db: &mut PgConnection) -> Result<Option<Place>> {
    let row = sqlx::query_as!(PlaceRow, "select url, code from marketplace_copy for update").fetch_one(db).await?;
    Ok(row.place())
}

/// Since when the copy is that of its marketplace, where an earlier one was forgotten; it stays so until the transaction
/// ends.
pub(super) async fn copy_begun_at(db: &mut PgConnection) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!("select begun_at from marketplace_copy for share").fetch_one(db).await?)
}

pub(super) async fn set_place(db: &mut PgConnection, place: &Place) -> Result<()> {
    sqlx::query!("update marketplace_copy set url = $1, code = $2", place.url, place.code).execute(db).await?;
    Ok(())
}

/// Whether the copy holds anything.
pub(super) async fn anything_copied(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from customer) or exists (select from subscription) or exists (select from product)
               or exists (select from plan) or exists (select from marketplace_order)
               or exists (select from report) as "copied!""#,
    )
    .fetch_one(db)
    .await?)
}

/// Whether the customer is unknown, and those known are of another account.
pub(super) async fn is_stranger(db: &mut PgConnection, customer_id: &str, reseller_id: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from marketplace_copy where account <> $2)
               and not exists (select from customer where id = $1) as "stranger!""#,
        customer_id,
        reseller_id,
    )
    .fetch_one(db)
    .await?)
}

/// Notes of which account the copy is, once one of its own customers was read.
pub(super) async fn set_account(db: &mut PgConnection, reseller_id: &str) -> Result<()> {
    sqlx::query!(
        "update marketplace_copy set account = $1
         where account is null and not exists (select from reseller where id = $1)",
        reseller_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Orders placed here that have come to no end, the oldest twenty.
pub(super) async fn open_intents(db: &mut PgConnection) -> Result<Vec<OpenIntent>> {
    Ok(sqlx::query_as!(
        OpenIntent,
        r#"select i.id, i.order_number, coalesce(c.name, i.customer_id) as "customer!"
           from intent i left join customer c on c.id = i.customer_id
           where i.state not in ('completed', 'failed', 'cancelled', 'absent') order by i.created_at, i.id limit 20"#,
    )
    .fetch_all(db)
    .await?)
}

/// Forgets everything that was read and what was noted about it (account managers, orders and matches being put
/// together), and begins the copy of `place`.
///
/// Emptied at once rather than row by row: a large copy would take a minute that way. It waits for whoever reads a table,
/// but not for long, because everybody else would wait behind it.
pub(super) async fn forget(db: &mut PgConnection, place: &Place, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("set local lock_timeout = '5s'").execute(&mut *db).await?;
    sqlx::query!(
        "truncate customer, subscription, product_line, product, plan, marketplace_order, report, order_draft, reseller,
             console_draft, customer_manager, matching_batch, matching_row, sync_progress, draft, presence"
    )
    .execute(&mut *db)
    .await
    .map_err(busy)?;
    sqlx::query!(
        "update marketplace_copy set url = $1, code = $2, account = null, begun_at = $3",
        place.url,
        place.code,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Postgres's code for a lock that was not to be had in time.
const LOCK_NOT_AVAILABLE: &str = "55P03";

fn busy(error: sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|refusal| refusal.code().map(Cow::into_owned));
    if code.as_deref() == Some(LOCK_NOT_AVAILABLE) {
        let message = "The copy is being read by something that takes long, such as a backup. Nothing was changed; try \
                       again when it is done.";
        return Error::Conflict(message.to_owned());
    }
    error.into()
}
