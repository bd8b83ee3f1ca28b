//! The role that serves, and what it cannot do.

use super::{SchemaError, ensure, grant_to};
use crate::activity::{Actor, Entry, Verdict, record, verify};
use crate::test_support::{START, copied};
use crate::{Backend, housekeeping, staff};
use domain::Role;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

const PASSWORD: &str = "for this test only";

/// A role of its own for one test, and a pool that signs in as it.
struct Plain {
    owner: PgPool,
    name: String,
    pool: PgPool,
}

impl Plain {
    async fn new(owner: &PgPool, rights: &str) -> Self {
        let name = format!("seatboard_test_{}", Uuid::new_v4().simple());
        run(owner, &format!("create role {name} login {rights} password '{PASSWORD}'")).await;
        let options = (*owner.connect_options()).clone().username(&name).password(PASSWORD);
        let pool = PgPoolOptions::new().max_connections(5).connect_with(options).await.unwrap();
        Self { owner: owner.clone(), name, pool }
    }

    /// Roles outlive the database of a test.
    async fn drop(self) {
        self.pool.close().await;
        run(&self.owner, &format!("drop owned by {0}; drop role {0}", self.name)).await;
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_role_that_serves_cannot_change_the_activity(pool: PgPool) {
    let plain = Plain::new(&pool, "").await;
    grant_to(&pool, &plain.name).await.unwrap();
    let mut db = plain.pool.acquire().await.unwrap();
    record(&mut db, START, Actor::Part("a part"), Entry::new("order.placed", "order", "1")).await.unwrap();
    for statement in [
        "update activity set note = 'other'",
        "delete from activity",
        "truncate activity cascade",
        "alter table activity disable trigger all",
        "alter table activity disable trigger activity_only_grows",
        "alter table activity disable trigger activity_sealed",
        "alter table activity drop column note",
        "drop table activity cascade",
        "drop trigger activity_only_grows on activity",
        "create trigger mine before insert on activity for each row execute function activity_refuse_change()",
        "create rule mine as on insert to activity do instead nothing",
        "set session_replication_role = replica",
        "insert into activity_seal (position, activity_id, hash) values (2, 1, sha256(''))",
        "update activity_seal set hash = sha256('')",
        "delete from activity_seal",
        "truncate activity_seal",
        "alter table activity_seal disable trigger all",
        "update activity_head set position = 0",
        "insert into activity_head (only_row, position, hash) values (true, 0, sha256(''))",
        "delete from activity_head",
        "truncate activity_head",
        "create or replace function activity_seal_row() returns trigger language plpgsql as 'begin return null; end'",
        "alter function activity_seal_row() security invoker",
        "delete from _sqlx_migrations",
        "drop schema public cascade",
    ] {
        let error = sqlx::raw_sql(statement).execute(&mut *db).await.unwrap_err();
        let words = error.to_string();
        let refused = ["permission denied", "must be owner"].iter().any(|reason| words.contains(reason));
        assert!(refused, "{statement}: {words}");
    }
    // A table of the same name in front of the real one is not looked at.
    sqlx::raw_sql(
        "create temporary table activity_head (only_row boolean, position bigint, hash bytea);
         insert into pg_temp.activity_head values (true, 40, sha256('x'))",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    record(&mut db, START, Actor::Part("a part"), Entry::new("order.placed", "order", "2")).await.unwrap();
    drop(db);
    let backend = Backend::new(pool, std::sync::Arc::new(crate::ManualClock::at(START)));
    assert!(matches!(verify(&backend, None).await.unwrap(), Verdict::Intact(head) if head.position == 2));
    plain.drop().await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_role_that_serves_can_do_all_that_serving_needs(pool: PgPool) {
    let plain = Plain::new(&pool, "").await;
    grant_to(&pool, &plain.name).await.unwrap();
    grant_to(&pool, &plain.name).await.unwrap();
    ensure(&plain.pool).await.unwrap();
    let (backend, _, _marketplace) = copied(plain.pool.clone()).await;
    staff::upsert_demo(&backend, &"a password".into()).await.unwrap();
    let caller = staff::Caller::default();
    let entered = staff::sign_in(&backend, &caller, "admin@seatboard.example", &"a password".into()).await.unwrap();
    assert_eq!(entered.staff.role, Role::Admin);
    housekeeping::tidy_up(&backend).await.unwrap();
    assert!(matches!(verify(&backend, None).await.unwrap(), Verdict::Intact(head) if head.position == 5));
    let lacking: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and not (has_table_privilege('{0}', oid, 'select') and has_table_privilege('{0}', oid, 'insert')
                  and has_table_privilege('{0}', oid, 'update') and has_table_privilege('{0}', oid, 'delete')
                  and has_table_privilege('{0}', oid, 'truncate')) order by 1",
        plain.name
    )))
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(lacking, ["_sqlx_migrations", "activity", "activity_head", "activity_seal"]);
    drop(backend);
    plain.drop().await;
}

#[sqlx::test(migrations = false)]
async fn a_database_without_its_tables_is_migrated_by_its_owner_and_by_nobody_else(pool: PgPool) {
    let plain = Plain::new(&pool, "").await;
    let refused = ensure(&plain.pool).await.unwrap_err();
    assert!(matches!(refused, SchemaError::NotMigrated(count) if count == crate::MIGRATOR.iter().count()), "{refused}");
    assert!(refused.to_string().contains("run `server migrate"), "{refused}");
    ensure(&pool).await.unwrap();
    grant_to(&pool, &plain.name).await.unwrap();
    ensure(&plain.pool).await.unwrap();
    run(&pool, "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)").await;
    let refused = ensure(&plain.pool).await.unwrap_err();
    assert!(matches!(refused, SchemaError::NotMigrated(1)), "{refused}");
    plain.drop().await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_schema_of_another_version_is_not_served(pool: PgPool) {
    ensure(&pool).await.unwrap();
    run(
        &pool,
        "update _sqlx_migrations set checksum = '\\x00' where version = (select max(version) from _sqlx_migrations)",
    )
    .await;
    assert!(matches!(ensure(&pool).await, Err(SchemaError::Migration(_))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_role_that_no_grant_holds_back_is_refused(pool: PgPool) {
    let missing = grant_to(&pool, "nobody of that name").await.unwrap_err();
    assert!(missing.to_string().contains("create it first"), "{missing}");
    for (rights, reason) in [("superuser", "is a superuser"), ("createrole", "may make itself a member")] {
        let plain = Plain::new(&pool, rights).await;
        let refused = grant_to(&pool, &plain.name).await.unwrap_err();
        assert!(refused.to_string().contains(reason), "{refused}");
        plain.drop().await;
    }
    let plain = Plain::new(&pool, "").await;
    run(&pool, "grant update on activity to public").await;
    let refused = grant_to(&pool, &plain.name).await.unwrap_err();
    assert!(refused.to_string().contains("may change the activity"), "{refused}");
    run(&pool, "revoke update on activity from public").await;
    grant_to(&pool, &plain.name).await.unwrap();
    plain.drop().await;
}

async fn run(pool: &PgPool, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(pool).await.unwrap();
}
