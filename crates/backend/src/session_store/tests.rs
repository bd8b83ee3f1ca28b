use super::*;
use crate::test_support::{START, backend, backend_and_clock, staff};
use domain::Role;
use serde_json::json;
use time::Duration;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_session_comes_back_as_it_was_stored(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let mut record = record(staff(&backend, Role::Viewer).await.id);
    store.create(&mut record).await.unwrap();
    assert_eq!(store.load(&record.id).await.unwrap(), Some(record));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn saving_replaces_data_and_expiry(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let store = PostgresSessionStore::new(&backend);
    let mut record = anonymous();
    store.create(&mut record).await.unwrap();
    record.data.insert("flash".to_owned(), json!({ "customer": "c-1" }));
    clock.advance(Duration::MINUTE);
    record.expiry_date += Duration::MINUTE;
    store.save(&record).await.unwrap();
    assert_eq!(store.load(&record.id).await.unwrap(), Some(record));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_deleted_session_is_gone(pool: PgPool) {
    let store = PostgresSessionStore::new(&backend(pool));
    let mut record = anonymous();
    store.create(&mut record).await.unwrap();
    store.delete(&record.id).await.unwrap();
    assert_eq!(store.load(&record.id).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_request_under_way_does_not_bring_an_ended_session_back(pool: PgPool) {
    let store = PostgresSessionStore::new(&backend(pool));
    let mut record = anonymous();
    store.create(&mut record).await.unwrap();
    store.delete(&record.id).await.unwrap();
    store.save(&record).await.unwrap();
    assert_eq!(store.load(&record.id).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_session_is_not_returned_from_its_expiry_on(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let store = PostgresSessionStore::new(&backend);
    let mut record = anonymous();
    store.create(&mut record).await.unwrap();
    clock.advance(IDLE - Duration::SECOND);
    assert!(store.load(&record.id).await.unwrap().is_some());
    clock.advance(Duration::SECOND);
    assert!(store.load(&record.id).await.unwrap().is_none());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_expired_sessions_are_cleared_away(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let store = PostgresSessionStore::new(&backend);
    let (mut old, mut young) = (anonymous(), anonymous());
    store.create(&mut old).await.unwrap();
    clock.advance(Duration::SECOND);
    store.create(&mut young).await.unwrap();
    clock.advance(IDLE - Duration::SECOND);
    assert_eq!(delete_expired(&backend).await.unwrap(), 1);
    assert!(store.load(&young.id).await.unwrap().is_some());
    clock.advance(Duration::SECOND);
    ExpiredDeletion::delete_expired(&store).await.unwrap();
    assert_eq!(delete_expired(&backend).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_session_that_is_over_tells_whose_it_was_for_some_days_and_signs_nobody_in(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let store = PostgresSessionStore::new(&backend);
    let ana = staff(&backend, Role::Viewer).await;
    let mut record = record(ana.id);
    store.create(&mut record).await.unwrap();
    assert_eq!(lapsed(&backend, record.id).await.unwrap(), None, "it is not over");
    assert!(is_alive(&backend, record.id).await.unwrap());
    clock.advance(IDLE);
    assert_eq!(store.load(&record.id).await.unwrap(), None);
    assert!(!is_alive(&backend, record.id).await.unwrap());
    assert_eq!(delete_expired(&backend).await.unwrap(), 0);
    assert_eq!(lapsed(&backend, record.id).await.unwrap().map(|staff| staff.id), Some(ana.id));
    clock.advance(REMEMBERED);
    assert_eq!(delete_expired(&backend).await.unwrap(), 1);
    assert_eq!(lapsed(&backend, record.id).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn limits_that_were_lowered_hold_for_sessions_begun_before(pool: PgPool) {
    let (mut backend, clock) = backend_and_clock(pool);
    let mut record = record(staff(&backend, Role::Viewer).await.id);
    PostgresSessionStore::new(&backend).create(&mut record).await.unwrap();
    backend.session_limits = Limits { idle: Duration::minutes(5), ..Limits::default() };
    clock.advance(Duration::minutes(5));
    assert_eq!(PostgresSessionStore::new(&backend).load(&record.id).await.unwrap(), None);
    assert!(!is_alive(&backend, record.id).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_taken_id_is_exchanged_and_the_other_session_left_alone(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let mut first = record(staff(&backend, Role::Admin).await.id);
    store.create(&mut first).await.unwrap();
    let mut second = Record { id: first.id, ..anonymous() };
    store.create(&mut second).await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(store.load(&first.id).await.unwrap(), Some(first));
    assert_eq!(store.load(&second.id).await.unwrap(), Some(second));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_in_the_table_can_be_used_as_a_cookie(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let mut record = record(staff(&backend, Role::Admin).await.id);
    store.create(&mut record).await.unwrap();

    let stored = sql::dump(&backend.pool).await.unwrap();
    assert!(!stored.contains(&record.id.to_string()), "{stored}");
    assert!(!stored.contains(&record.id.0.to_string()), "{stored}");
    assert!(!stored.contains(&hex(&record.id.0.to_le_bytes())), "{stored}");

    let kept = id_hash(record.id);
    let replayed = Id(i128::from_le_bytes(kept[..16].try_into().unwrap()));
    assert!(stored.contains(&hex(&kept)), "{stored}");
    assert_eq!(store.load(&replayed).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn signing_a_person_out_everywhere_leaves_others_signed_in(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let (ana, ben) = (staff(&backend, Role::Viewer).await.id, staff(&backend, Role::Viewer).await.id);
    let (mut desk, mut phone, mut other) = (record(ana), record(ana), record(ben));
    for record in [&mut desk, &mut phone, &mut other] {
        store.create(record).await.unwrap();
    }
    assert_eq!(end_all_of(&backend, ana).await.unwrap(), 2);
    assert_eq!(store.load(&desk.id).await.unwrap(), None);
    assert_eq!(store.load(&phone.id).await.unwrap(), None);
    assert!(store.load(&other.id).await.unwrap().is_some());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_session_that_somebody_signs_in_with_becomes_theirs(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let ana = staff(&backend, Role::Viewer).await.id;
    let mut record = anonymous();
    store.create(&mut record).await.unwrap();
    assert_eq!(end_all_of(&backend, ana).await.unwrap(), 0);
    record.data.extend(self::record(ana).data);
    store.save(&record).await.unwrap();
    assert_eq!(end_all_of(&backend, ana).await.unwrap(), 1);
}

fn anonymous() -> Record {
    Record { id: Id::default(), data: [("theme".to_owned(), json!("dark"))].into(), expiry_date: START + IDLE }
}

fn record(staff_id: Uuid) -> Record {
    let data = [
        (STAFF_ID.to_owned(), json!(staff_id)),
        (SIGNED_IN_AT.to_owned(), json!(START)),
        (LAST_SEEN_AT.to_owned(), json!(START)),
    ]
    .into();
    Record { data, ..anonymous() }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
