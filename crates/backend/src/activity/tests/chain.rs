//! The chain over the activity: whole after any writing, and broken by name after any tampering.

use super::add;
use crate::activity::{Actor, Break, Entry, Head, Verdict, record, verify};
use crate::test_support::{START, backend, staff};
use crate::{Backend, MIGRATOR};
use domain::{Currency, Money, Role};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, PgPool};
use time::Duration;

/// The migration that brings the chain.
const CHAIN: i64 = 20_261_127_000_010;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_chain_is_whole_after_many_writers_of_whom_some_gave_up(pool: PgPool) {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..60 {
        let (backend, ana) = (backend.clone(), ana.clone());
        writers.spawn(async move {
            let mut db = backend.pool.begin().await.unwrap();
            for row in 0..3 {
                let id = format!("{writer}-{row}");
                let at = START + Duration::microseconds(writer);
                record(&mut db, at, Actor::Staff(&ana), full(&id)).await.unwrap();
            }
            if writer % 3 == 0 { db.rollback().await } else { db.commit().await }.unwrap();
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    assert_eq!(intact(&backend).await.position, 120, "what was rolled back left no gap");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_chain_does_not_depend_on_the_settings_of_the_session(pool: PgPool) {
    let backend = backend(pool);
    let mut db = backend.pool.begin().await.unwrap();
    sqlx::raw_sql(
        "set local timezone = 'Asia/Kathmandu'; set local datestyle = 'SQL, DMY'; set local bytea_output = 'escape'",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    record(&mut db, START, Actor::Part("a part"), full("1")).await.unwrap();
    db.commit().await.unwrap();
    assert_eq!(intact(&backend).await.position, 1);
}

#[sqlx::test(migrations = false)]
async fn rows_from_before_the_chain_are_sealed_with_it(pool: PgPool) {
    let (before, after): (Vec<_>, Vec<_>) = MIGRATOR.iter().cloned().partition(|migration| migration.version < CHAIN);
    assert!(!after.is_empty());
    Migrator::with_migrations(before).run(&pool).await.unwrap();
    run(
        &pool,
        "insert into activity (at, actor, action, subject_kind, subject_id, after)
         select now(), 'somebody', 'order.placed', 'order', n::text, '{\"a\": 1.50}' from generate_series(1, 5) n",
    )
    .await;
    MIGRATOR.run(&pool).await.unwrap();
    let backend = backend(pool);
    add(&backend, full("6")).await;
    assert_eq!(intact(&backend).await.position, 6);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_changes_or_takes_away_a_row(pool: PgPool) {
    let backend = backend(pool);
    add(&backend, full("1")).await;
    for statement in [
        "update activity set note = 'other'",
        "delete from activity where id = 0",
        "truncate activity cascade",
        "update activity_seal set position = position + 1",
        "delete from activity_seal",
        "truncate activity_seal",
        "delete from activity_head",
        "truncate activity_head",
        "set session_replication_role = replica; delete from activity",
    ] {
        let error = sqlx::raw_sql(statement).execute(&backend.pool).await.unwrap_err().to_string();
        assert!(error.contains("the activity only grows"), "{statement}: {error}");
    }
    assert_eq!(intact(&backend).await.position, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_changed_row_is_found_and_named(pool: PgPool) {
    let columns = [
        "at = at + interval '1 microsecond'",
        "staff_id = null",
        "actor = 'Somebody Else'",
        "action = 'order.failed'",
        "subject_kind = 'customer'",
        "subject_id = '9'",
        "customer_id = '9'",
        "before = null",
        "after = '{\"seats\": 11}'",
        "price_amount = 70.51",
        "price_currency = 'EUR'",
        "correlation_id = null",
        "note = ''",
    ];
    let backend = written(pool, 5).await;
    let whole = intact(&backend).await;
    for column in columns {
        let id = id_at(&backend, 3).await;
        run(&backend.pool, "create table kept as select * from activity").await;
        tamper(&backend, &format!("update activity set {column} where id = {id}")).await;
        match verify(&backend, None).await.unwrap() {
            Verdict::Broken(Break::Changed { row, position: 3 }) => assert_eq!(row.id, id, "{column}"),
            other => panic!("{column}: {other:?}"),
        }
        tamper(
            &backend,
            "update activity a set at = k.at, staff_id = k.staff_id, actor = k.actor, action = k.action,
             subject_kind = k.subject_kind, subject_id = k.subject_id, customer_id = k.customer_id, before = k.before,
             after = k.after, price_amount = k.price_amount, price_currency = k.price_currency,
             correlation_id = k.correlation_id, note = k.note from kept k where k.id = a.id; drop table kept",
        )
        .await;
        assert_eq!(intact(&backend).await, whole, "put back, the chain is whole again");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_found_says_which_row_it_is(pool: PgPool) {
    let backend = written(pool, 3).await;
    let id = id_at(&backend, 2).await;
    tamper(&backend, &format!("update activity set actor = 'Somebody Else' where id = {id}")).await;
    let Verdict::Broken(broken) = verify(&backend, None).await.unwrap() else { panic!("nothing found") };
    let words = broken.to_string();
    assert!(words.starts_with(&format!("changed row: row {id} (order.placed of 2026-03-02")), "{words}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_removed_row_is_found_and_named(pool: PgPool) {
    let backend = written(pool, 5).await;
    let id = id_at(&backend, 2).await;
    tamper(&backend, &format!("delete from activity where id = {id}")).await;
    let found = verify(&backend, None).await.unwrap();
    assert_eq!(found, Verdict::Broken(Break::Missing { activity_id: id, position: 2 }));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_removed_seal_is_a_gap_that_names_the_row_without_one(pool: PgPool) {
    let backend = written(pool, 5).await;
    let id = id_at(&backend, 4).await;
    tamper(&backend, "delete from activity_seal where position = 4").await;
    match verify(&backend, None).await.unwrap() {
        Verdict::Broken(Break::Gap { position: 4, unsealed: Some(row) }) => assert_eq!(row.id, id),
        other => panic!("{other:?}"),
    }
    tamper(&backend, &format!("delete from activity where id = {id}")).await;
    let found = verify(&backend, None).await.unwrap();
    assert_eq!(found, Verdict::Broken(Break::Gap { position: 4, unsealed: None }));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_swapped_pair_is_found_and_both_are_named(pool: PgPool) {
    let backend = written(pool, 6).await;
    let (second, fifth) = (id_at(&backend, 2).await, id_at(&backend, 5).await);
    for moved in ["activity_id", "activity_id, hash"] {
        swap(&backend, moved).await;
        match verify(&backend, None).await.unwrap() {
            Verdict::Broken(Break::OutOfOrder { position: 2, found, expected }) => {
                assert_eq!((found.id, expected.id), (fifth, second), "{moved}");
            }
            other => panic!("{moved}: {other:?}"),
        }
        swap(&backend, moved).await;
    }
    assert_eq!(intact(&backend).await.position, 6, "swapped back");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_row_put_in_past_the_chain_is_found_and_named(pool: PgPool) {
    let backend = written(pool, 3).await;
    tamper(
        &backend,
        "insert into activity (at, actor, action, subject_kind, subject_id) values (now(), 'x', 'order.cancelled', 'order', '1')",
    )
    .await;
    match verify(&backend, None).await.unwrap() {
        Verdict::Broken(Break::Unsealed { row }) => assert_eq!(row.action, "order.cancelled"),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn rows_cut_off_the_end_are_missed(pool: PgPool) {
    let backend = written(pool, 4).await;
    let whole = intact(&backend).await;
    let id = id_at(&backend, 4).await;
    tamper(&backend, &format!("delete from activity_seal where position = 4; delete from activity where id = {id}"))
        .await;
    match verify(&backend, None).await.unwrap() {
        Verdict::Broken(Break::End { found, told: Some(told) }) => {
            assert_eq!((found.position, told), (3, whole.clone()));
        }
        other => panic!("{other:?}"),
    }
    tamper(
        &backend,
        "update activity_head h set position = s.position, hash = s.hash from activity_seal s where s.position = 3",
    )
    .await;
    assert_eq!(intact(&backend).await.position, 3, "with the end rewritten too, nothing inside the database tells");
    let found = verify(&backend, Some(&whole)).await.unwrap();
    assert_eq!(found, Verdict::Broken(Break::NotAsNoted { noted: whole, found: None }));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_chain_made_anew_is_not_the_one_that_was_noted(pool: PgPool) {
    let backend = written(pool, 4).await;
    let noted = intact(&backend).await;
    add(&backend, full("later")).await;
    assert!(matches!(verify(&backend, Some(&noted)).await.unwrap(), Verdict::Intact(head) if head.position == 5));
    tamper(
        &backend,
        "update activity set note = 'rewritten' where subject_id = '2';
         do $$ declare link record; last_hash bytea := sha256(''); begin
             for link in select s.position, activity_text(a) as text from activity_seal s
                      join activity a on a.id = s.activity_id order by 1 loop
                 last_hash := sha256(last_hash || convert_to(link.text, 'UTF8'));
                 update activity_seal set hash = last_hash where position = link.position;
             end loop;
             update activity_head set hash = last_hash;
         end $$",
    )
    .await;
    assert_eq!(intact(&backend).await.position, 5, "whoever owns the database can do this");
    match verify(&backend, Some(&noted)).await.unwrap() {
        Verdict::Broken(Break::NotAsNoted { noted: told, found: Some(found) }) => {
            assert_eq!((told, found.position), (noted, 4));
        }
        other => panic!("{other:?}"),
    }
}

/// An entry that fills every column it can.
fn full(id: &str) -> Entry<'_> {
    Entry {
        customer_id: Some("1"),
        before: Some(json!({ "seats": 10 })),
        after: Some(json!({ "seats": 12, "note": "“ä”\n" })),
        price: Some(Money::new(Decimal::new(7050, 2), Currency::new("USD").unwrap())),
        correlation_id: Some("a8n-1"),
        note: Some("a note".to_owned()),
        ..Entry::new("order.placed", "order", id)
    }
}

async fn written(pool: PgPool, rows: usize) -> Backend {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    for row in 1..=rows {
        let mut db = backend.pool.acquire().await.unwrap();
        record(&mut db, START, Actor::Staff(&ana), full(&row.to_string())).await.unwrap();
    }
    backend
}

async fn intact(backend: &Backend) -> Head {
    match verify(backend, None).await.unwrap() {
        Verdict::Intact(head) => head,
        Verdict::Broken(broken) => panic!("{broken}"),
    }
}

async fn id_at(backend: &Backend, position: i64) -> i64 {
    let id = sqlx::query_scalar!("select activity_id from activity_seal where position = $1", position);
    id.fetch_one(&backend.pool).await.unwrap()
}

/// Exchanges what stands at the positions 2 and 5.
async fn swap(backend: &Backend, columns: &str) {
    let values = columns.split(", ").map(|column| format!("o.{column}")).collect::<Vec<_>>().join(", ");
    tamper(
        backend,
        &format!(
            "create table kept as select * from activity_seal where position in (2, 5);
             update activity_seal set activity_id = -position where position in (2, 5);
             update activity_seal s set ({columns}) = row({values}) from kept o where s.position + o.position = 7
                 and s.position in (2, 5);
             drop table kept"
        ),
    )
    .await;
}

/// What only a superuser can do.
async fn tamper(backend: &Backend, statements: &str) {
    run(
        &backend.pool,
        &format!(
            "alter table activity disable trigger all; alter table activity_seal disable trigger all;
             {statements};
             alter table activity enable trigger all; alter table activity_seal enable trigger all"
        ),
    )
    .await;
}

async fn run(pool: &PgPool, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(pool).await.unwrap();
}
