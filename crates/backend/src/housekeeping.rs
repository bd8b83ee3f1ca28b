//! Throwing away what has had its time, whether or not anybody uses the part of the product that made it: drafts can hold
//! passwords.

use crate::{Backend, Result, console, drafts, orders, presence, session_store, staff};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long something may outlive its time.
const PAUSE: Duration = Duration::from_mins(10);

/// Tidies up again and again until `shutdown`. Any number of processes may: there is nothing to do twice.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    let forever = async {
        loop {
            if let Err(error) = tidy_up(&backend).await {
                tracing::warn!(%error, "what has had its time could not be deleted");
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    shutdown.run_until_cancelled(forever).await;
}

pub(crate) async fn tidy_up(backend: &Backend) -> Result<()> {
    session_store::delete_expired(backend).await?;
    orders::delete_expired_drafts(backend).await?;
    orders::forget_old_looks(backend).await?;
    presence::forget(backend).await?;
    drafts::delete_expired(backend).await?;
    staff::delete_expired(backend).await?;
    console::prune(backend).await
}

#[cfg(test)]
mod tests {
    use super::tidy_up;
    use crate::test_support::{backend_and_clock, staff};
    use domain::Role;
    use sqlx::PgPool;
    use time::Duration;

    #[sqlx::test(migrator = "crate::MIGRATOR")]
    async fn drafts_and_sessions_are_deleted_though_nobody_comes_back(pool: PgPool) {
        let (backend, clock) = backend_and_clock(pool);
        let admin = staff(&backend, Role::Admin).await;
        let expires = backend.clock.now() + Duration::HOUR;
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "insert into order_draft (id, staff_id, lines, expires_at)
                 values (gen_random_uuid(), '{id}', '[]', '{expires}');
             insert into session (id_hash, staff_id, data, expires_at) values ('\\x00', null, '{{}}', '{expires}');
             insert into console_draft (id, staff_id, sealed_call, expires_at)
                 values (gen_random_uuid(), '{id}', '', '{expires}')",
            id = admin.id,
        )))
        .execute(&backend.pool)
        .await
        .unwrap();
        let left = async || {
            sqlx::query_scalar!(
                r#"select (select count(*) from order_draft) + (select count(*) from session)
                       + (select count(*) from console_draft) as "left!""#
            )
            .fetch_one(&backend.pool)
            .await
            .unwrap()
        };
        tidy_up(&backend).await.unwrap();
        assert_eq!(left().await, 3, "their time is not over");
        clock.advance(Duration::hours(2));
        tidy_up(&backend).await.unwrap();
        assert_eq!(left().await, 0);
    }
}
