//! Databases of the suite: copies of one that was prepared, each for one world.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};
use std::time::Duration;

/// A database of its own.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    name: String,
    /// For the test itself.
    pub(crate) pool: PgPool,
    /// For a server.
    pub(crate) url: String,
    /// Leads to another database of the same cluster.
    elsewhere: PgPool,
}

impl Database {
    /// A copy of `template`, to which nobody may be connected.
    pub(crate) async fn copy(template: &PgConnectOptions, name: &str) -> Self {
        let source = template.get_database().unwrap();
        // The template's own name is as long as names may be.
        let name = format!("faults_{}_{name}", std::process::id());
        let elsewhere = connect(template.clone().database("postgres"), 2);
        run(&elsewhere, &format!("drop database if exists \"{name}\" with (force)")).await.unwrap();
        run(&elsewhere, &format!("create database \"{name}\" template \"{source}\"")).await.unwrap();
        let options = template.clone().database(&name);
        Self { pool: connect(options.clone(), 4), url: options.to_url_lossy().to_string(), name, elsewhere }
    }

    /// What the server sees while Postgres stops: its connections end, and no new one is accepted. The cluster is shared
    /// with other tests, so it is not Postgres itself that stops.
    pub(crate) async fn stop(&self) {
        let name = &self.name;
        run(&self.elsewhere, &format!("alter database \"{name}\" with allow_connections false")).await.unwrap();
        run(
            &self.elsewhere,
            &format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"),
        )
        .await
        .unwrap();
    }

    /// Connections are accepted again.
    pub(crate) async fn resume(&self) {
        run(&self.elsewhere, &format!("alter database \"{}\" with allow_connections true", self.name)).await.unwrap();
    }

    /// Removes it.
    pub(crate) async fn remove(self) {
        self.pool.close().await;
        run(&self.elsewhere, &format!("drop database if exists \"{}\" with (force)", self.name)).await.unwrap();
        self.elsewhere.close().await;
    }
}

/// Fifty cells share one thread and two cores with five servers: a connection may be long in coming.
const PATIENCE: Duration = Duration::from_mins(1);

/// Nothing waits long for a transaction that the suite itself has stopped.
fn connect(options: PgConnectOptions, most: u32) -> PgPool {
    let options = options.options([("lock_timeout", "1s")]);
    PgPoolOptions::new().max_connections(most).acquire_timeout(PATIENCE).connect_lazy_with(options)
}

/// The names in it are the suite's own.
async fn run(pool: &PgPool, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(pool).await.map(drop)
}
