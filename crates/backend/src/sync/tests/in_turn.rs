//! Which details are read next, and that finding them takes no longer where many wait.

use super::world::World;
use crate::sync::Collection;
use crate::sync::details::Details;
use crate::sync::sql::details as sql;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgConnection, PgPool};
use time::Duration;
use time::macros::{date, datetime};

const ALIVE: &str = "detailed_at is not null and status not in ('terminated', 'removed')";

/// A complete copy, and a subscription in it of which nothing is to be read.
async fn world_and_one(pool: PgPool) -> (World, String) {
    let world = World::new(pool).await;
    world.catch_up().await;
    // A sweep that begins now is another one than that.
    world.clock.advance(Duration::SECOND);
    let query = sqlx::AssertSqlSafe(format!("select id from subscription where {ALIVE} order by id limit 1"));
    let id = sqlx::query_scalar(query).fetch_one(&world.backend.pool).await.unwrap();
    (world, id)
}

async fn next_batch(world: &World, details: &mut Details) -> bool {
    let mut db = world.backend.pool.acquire().await.unwrap();
    details.next_batch(&world.backend, &mut db).await.unwrap()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_changed_is_read_before_what_was_never_read(pool: PgPool) {
    let (world, id) = world_and_one(pool).await;
    let sql = format!(
        "update subscription set detailed_at = null, detail_key = null, renews_on = '2026-11-24' where id = '{id}';
         update subscription set detail_key = 'old', renews_on = '2027-11-01'
         where id = (select id from subscription where {ALIVE} order by id limit 1)"
    );
    world.run(&sql).await;
    let left = async || {
        let changed = world.count("subscription where detail_key = 'old'").await;
        (changed, world.count(&format!("subscription where id = '{id}' and detailed_at is null")).await)
    };
    let mut details = Details::default();
    assert_eq!(left().await, (1, 1));
    assert!(next_batch(&world, &mut details).await);
    assert_eq!(left().await, (0, 1));
    assert!(next_batch(&world, &mut details).await);
    assert_eq!(left().await, (0, 0));
    assert!(!next_batch(&world, &mut details).await);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_never_read_has_its_turn_although_more_changes_than_can_be_read(pool: PgPool) {
    let (world, id) = world_and_one(pool).await;
    let sql = format!(
        "update subscription set detail_key = 'old' where {ALIVE};
         update subscription set detailed_at = null, detail_key = null, renews_on = '2099-01-01' where id = '{id}'"
    );
    world.run(&sql).await;
    let mut details = Details::default();
    for _ in 0..4 {
        assert!(next_batch(&world, &mut details).await);
    }
    assert!(world.count("subscription where detail_key = 'old'").await > 0, "changes wait all the time");
    assert_eq!(world.count(&format!("subscription where id = '{id}' and detailed_at is not null")).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn those_that_wait_are_counted_once_a_minute(pool: PgPool) {
    let (world, _) = world_and_one(pool).await;
    let some = format!(
        "update subscription set detail_key = 'old' where id in (select id from subscription where {ALIVE} limit 20)"
    );
    world.run(&some).await;
    let mut details = Details::default();
    let mut total_after_next = async || {
        assert!(next_batch(&world, &mut details).await);
        world.progress_of(Collection::SubscriptionDetails).await.total.unwrap()
    };
    assert_eq!(total_after_next().await, 20);
    world.run(&format!("update subscription set detail_key = 'old' where {ALIVE}")).await;
    assert_eq!(total_after_next().await, 20);
    world.clock.advance(Duration::MINUTE);
    assert!(total_after_next().await > 20);
}

/// Few enough for `analyze` to look at every row, so that the plans are the same each time.
const ROWS: &str = "
    insert into subscription (id, customer_id, name, status, renews_on, list_key, detail_key, detailed_at, attributes, as_of)
    select 's' || n, 'c' || n, 'Mail', 'active', date '2026-03-02' + n % 60, 'new',
        case when n % 3 = 0 then 'old' end, case when n % 3 = 0 then timestamptz '2026-03-01' - n * interval '1 minute' end,
        '{}', now()
    from generate_series(1, 9000) n;
    insert into marketplace_order (id, kind, customer_id, status, created_at, list_key, detail_key, attributes, as_of)
    select 'o' || n, 'sales', 'c' || n, case when n % 100 = 0 then 'processing' else 'completed' end,
        timestamptz '2026-03-02 09:00Z' - n * interval '1 hour', 'new', case when n % 100 = 0 then 'new' end, '{}', now()
    from generate_series(1, 9000) n;
    analyze;";

/// How many rows of the table were looked at so far.
async fn looked_at(db: &mut PgConnection, table: &str) -> i64 {
    sqlx::raw_sql("select pg_stat_force_next_flush()").execute(&mut *db).await.unwrap();
    let looked_at = sqlx::query_scalar!(
        r#"select seq_tup_read + coalesce(idx_tup_fetch, 0) as "rows!" from pg_stat_user_tables where relname = $1::text"#,
        table
    );
    looked_at.fetch_one(db).await.unwrap()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_next_few_are_found_without_looking_at_all_that_wait(options: PgPoolOptions, database: PgConnectOptions) {
    // One connection, because each tells of what it looked at when it is asked to.
    let pool = options.max_connections(1).connect_with(database).await.unwrap();
    let mut db = pool.acquire().await.unwrap();
    sqlx::raw_sql(ROWS).execute(&mut *db).await.unwrap();
    let (now, soon) = (datetime!(2026-03-02 09:00 UTC), date!(2026 - 04 - 01));
    let few = 8;

    let before = looked_at(&mut db, "subscription").await;
    let changed = sql::changed_subscriptions(&mut db, now, few).await.unwrap();
    let renewing = sql::renewing_subscriptions(&mut db, soon, now, few).await.unwrap();
    let unread = sql::unread_subscriptions(&mut db, soon, now, few).await.unwrap();
    assert_eq!([changed.len(), renewing.len(), unread.len()], [8, 8, 8]);
    let looked = looked_at(&mut db, "subscription").await - before;
    assert!(looked < 50, "{looked} rows for 24");

    let before = looked_at(&mut db, "marketplace_order").await;
    assert!(sql::open_orders(&mut db, now, few).await.unwrap().is_empty(), "the open ones are up to date");
    let recent = sql::recent_orders(&mut db, now - Duration::days(2), now, few).await.unwrap();
    assert_eq!(recent.len(), 8);
    let looked = looked_at(&mut db, "marketplace_order").await - before;
    assert!(looked < 50, "{looked} rows for 8");
}
