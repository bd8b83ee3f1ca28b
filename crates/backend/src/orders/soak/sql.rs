use crate::Result;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Makes a database that is a copy of `template`, to which nobody is connected.
pub(super) async fn create_database(like: &PgConnectOptions, name: &str, template: &str) -> Result<PgConnectOptions> {
    drop_database(like, name).await?;
    run(like, format!(r#"create database "{name}" template "{template}""#)).await?;
    Ok(like.clone().database(name))
}

pub(super) async fn drop_database(like: &PgConnectOptions, name: &str) -> Result<()> {
    run(like, format!(r#"drop database if exists "{name}" with (force)"#)).await
}

async fn run(like: &PgConnectOptions, statement: String) -> Result<()> {
    let mut db = like.clone().database("postgres").connect().await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut db).await?;
    Ok(db.close().await?)
}

/// A subscription whose customer may order.
pub(super) struct Candidate {
    pub(super) subscription_id: String,
    pub(super) customer_id: String,
    pub(super) customer_name: String,
}

pub(super) async fn candidates(pool: &PgPool) -> Result<Vec<Candidate>> {
    let rows = sqlx::query_as!(
        Candidate,
        "select s.id as subscription_id, s.customer_id, c.name as customer_name from subscription s \
         join customer c on c.id = s.customer_id where s.status = 'active' and c.status = 'active' order by s.id",
    );
    Ok(rows.fetch_all(pool).await?)
}

/// An intent as it is stored. Its state is text: what it means is for [`super::truth`] to say.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) id: Uuid,
    pub(super) state: String,
    pub(super) at_renewal: bool,
    pub(super) order_id: Option<String>,
    pub(super) subscription_id: Option<String>,
}

pub(super) async fn intents(pool: &PgPool) -> Result<Vec<Stored>> {
    let rows = sqlx::query_as!(
        Stored,
        "select id, state, at_renewal, order_id, subscription_id from intent order by created_at, id",
    );
    Ok(rows.fetch_all(pool).await?)
}

/// The intent that a worker would take now.
pub(super) async fn due(pool: &PgPool, now: OffsetDateTime) -> Result<Option<Uuid>> {
    let id = sqlx::query_scalar!("select id from intent where next_look_at <= $1 order by next_look_at limit 1", now);
    Ok(id.fetch_optional(pool).await?)
}

pub(super) async fn state(pool: &PgPool, id: Uuid) -> Result<String> {
    Ok(sqlx::query_scalar!("select state from intent where id = $1", id).fetch_one(pool).await?)
}

/// Seats by product, as the copy has them.
pub(super) async fn seats(pool: &PgPool, subscription_id: &str) -> Result<Vec<(String, i32)>> {
    let rows = sqlx::query!(
        r#"select coalesce(mpn, '') as "mpn!", seats from product_line where subscription_id = $1 order by mpn, seats"#,
        subscription_id,
    );
    Ok(rows.fetch_all(pool).await?.into_iter().map(|row| (row.mpn, row.seats)).collect())
}

/// Changes what is stored, past every trigger and reference that should prevent it.
pub(super) async fn forge(pool: &PgPool, statement: &str) -> Result<()> {
    let statement = format!(
        "begin; set local session_replication_role = replica; alter table activity disable trigger user; {statement};
         alter table activity enable trigger user; commit"
    );
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(pool).await?;
    Ok(())
}
