use crate::Result;
use sqlx::PgConnection;

/// Takes the lock of the copy for as long as the connection lives; false when another process holds it.
pub(in crate::sync) async fn try_lock(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select pg_try_advisory_lock(hashtext('seatboard sync')) as "locked!""#)
        .fetch_one(db)
        .await?)
}

/// Gives the lock back.
pub(in crate::sync) async fn unlock(db: &mut PgConnection) -> Result<()> {
    sqlx::query_scalar!("select pg_advisory_unlock(hashtext('seatboard sync'))").fetch_one(db).await?;
    Ok(())
}
