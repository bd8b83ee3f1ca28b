//! Stopping a server just before it commits. Every transition leaves its row in the activity within its transaction, so a
//! trigger there, which waits for a lock that the test holds, stops the server at any transition without its help.

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgPool, Postgres};

const LOCK: i64 = 4711;

const SETUP: &str = "create table fault_stop (nth bigint);
    insert into fault_stop values (null);
    create sequence fault_commit;
    create function fault_stop() returns trigger language plpgsql as $$
    begin
        if nextval('fault_commit') = (select nth from fault_stop) then
            perform set_config('application_name', 'stopped at ' || new.action, false);
            perform pg_advisory_xact_lock(4711);
        end if;
        return new;
    end $$;
    create trigger fault_stop after insert on activity for each row execute function fault_stop();";

/// The lock that the server waits for, held.
pub(crate) struct Stop {
    pool: PgPool,
    holder: PoolConnection<Postgres>,
}

impl Stop {
    /// Prepares a database in which nothing stops yet.
    pub(crate) async fn prepare(pool: &PgPool) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(SETUP).execute(pool).await.map(drop)
    }

    /// Whoever is about to commit the `nth` transition from now on stands still.
    pub(crate) async fn at(pool: &PgPool, nth: u32) -> Result<Self, sqlx::Error> {
        let mut holder = pool.acquire().await?;
        sqlx::raw_sql(AssertSqlSafe(format!("select pg_advisory_lock({LOCK})"))).execute(&mut *holder).await?;
        sqlx::raw_sql("alter sequence fault_commit restart").execute(pool).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("update fault_stop set nth = {nth}"))).execute(pool).await?;
        Ok(Self { pool: pool.clone(), holder })
    }

    /// The action that somebody stands still at.
    pub(crate) async fn reached(&self) -> Result<Option<String>, sqlx::Error> {
        let sql = "select replace(application_name, 'stopped at ', '') from pg_stat_activity \
            where datname = current_database() and application_name like 'stopped at %' and wait_event = 'advisory' limit 1";
        sqlx::query_scalar(sql).fetch_optional(&self.pool).await
    }

    /// Nothing stops any more. What stood still ends without having committed, as its server is gone.
    pub(crate) async fn end(mut self) -> Result<(), sqlx::Error> {
        sqlx::raw_sql("update fault_stop set nth = null").execute(&self.pool).await?;
        let gone = "select pg_terminate_backend(pid) from pg_stat_activity \
            where datname = current_database() and application_name like 'stopped at %'";
        sqlx::raw_sql(gone).execute(&self.pool).await?;
        let sql = "select count(*) from pg_stat_activity \
            where datname = current_database() and application_name like 'stopped at %'";
        while sqlx::query_scalar::<_, i64>(sql).fetch_one(&self.pool).await? > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let free = format!("select pg_advisory_unlock({LOCK})");
        sqlx::raw_sql(AssertSqlSafe(free)).execute(&mut *self.holder).await.map(drop)
    }
}
