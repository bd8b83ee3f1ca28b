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

/// Opens a session for the person and answers with its id.
async fn open(backend: &Backend, staff_id: Uuid) -> Id {
    let mut record = self::record(staff_id);
    record.data.insert(BROWSER.to_owned(), json!("Firefox/144.0"));
    PostgresSessionStore::new(backend).create(&mut record).await.unwrap();
    record.id
}

/// What the activity says that was done to whom, the oldest first.
async fn noted(backend: &Backend) -> Vec<(String, String, String)> {
    let rows = crate::activity::page(backend, None, 50).await.unwrap();
    let of_sessions =
        rows.into_iter().rev().filter(|row| row.action.contains("session") || row.action.contains("_out"));
    of_sessions.map(|row| (row.actor, row.action, row.subject_id)).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn people_see_their_own_sessions_and_end_one_or_all_others(pool: PgPool) {
    let backend = backend(pool);
    let (ana, ben) = (staff(&backend, Role::Viewer).await, staff(&backend, Role::Viewer).await);
    let (this, second, third) =
        (open(&backend, ana.id).await, open(&backend, ana.id).await, open(&backend, ana.id).await);
    let foreign = open(&backend, ben.id).await;

    let seen = own(&backend, &ana, Some(this)).await.unwrap();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen.iter().filter(|session| session.is_this).count(), 1);
    assert!(
        seen.iter().all(|session| session.browser.as_deref() == Some("Firefox/144.0") && session.signed_in_at == START)
    );

    let of = |sessions: Vec<OpenSession>| sessions.into_iter().find(|session| session.is_this).unwrap().handle;
    let theirs = of(own(&backend, &ben, Some(foreign)).await.unwrap());
    assert!(matches!(end(&backend, &ana, theirs).await, Err(crate::Error::NotFound("session"))), "not hers");
    assert!(is_alive(&backend, foreign).await.unwrap());

    end(&backend, &ana, of(own(&backend, &ana, Some(second)).await.unwrap())).await.unwrap();
    assert!(!is_alive(&backend, second).await.unwrap() && is_alive(&backend, third).await.unwrap());
    assert_eq!(end_others(&backend, &ana, this).await.unwrap(), 1, "the third; the second is ended already");
    assert_eq!(end_others(&backend, &ana, this).await.unwrap(), 0);
    assert!(is_alive(&backend, this).await.unwrap() && !is_alive(&backend, third).await.unwrap());
    sign_out(&backend, &ana, this).await.unwrap();
    assert!(!is_alive(&backend, this).await.unwrap());

    let (name, id) = (ana.name.clone(), ana.id.to_string());
    let expected = ["staff.session_ended", "staff.sessions_ended", "staff.signed_out"];
    assert_eq!(noted(&backend).await, expected.map(|action| (name.clone(), action.to_owned(), id.clone())));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_who_manages_sessions_sees_and_ends_those_of_others(pool: PgPool) {
    let backend = backend(pool);
    let (admin, ana) = (staff(&backend, Role::Admin).await, staff(&backend, Role::AccountManager).await);
    let (desk, phone) = (open(&backend, ana.id).await, open(&backend, ana.id).await);
    let this = open(&backend, admin.id).await;
    assert!(matches!(everybodys(&backend, &ana, Some(desk)).await, Err(crate::Error::Forbidden(_))));
    assert!(matches!(end_everywhere(&backend, &ana, admin.id).await, Err(crate::Error::Forbidden(_))));

    let seen = everybodys(&backend, &admin, Some(this)).await.unwrap();
    assert_eq!(seen.len(), 3);
    let hers = seen.iter().find(|session| session.staff_id == ana.id).unwrap();
    end(&backend, &admin, hers.handle).await.unwrap();
    assert_eq!(end_everywhere(&backend, &admin, ana.id).await.unwrap(), 1);
    assert!(!is_alive(&backend, desk).await.unwrap() && !is_alive(&backend, phone).await.unwrap());
    assert!(is_alive(&backend, this).await.unwrap());
    let (name, id) = (admin.name.clone(), ana.id.to_string());
    let expected = ["staff.session_ended", "staff.sessions_ended"];
    assert_eq!(noted(&backend).await, expected.map(|action| (name.clone(), action.to_owned(), id.clone())));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_request_under_way_does_not_bring_a_session_back_that_somebody_ended(pool: PgPool) {
    let backend = backend(pool);
    let store = PostgresSessionStore::new(&backend);
    let ana = staff(&backend, Role::Viewer).await;
    let id = open(&backend, ana.id).await;
    let under_way = store.load(&id).await.unwrap().unwrap();
    assert_eq!(end_all_of(&backend, ana.id).await.unwrap(), 1);
    store.save(&under_way).await.unwrap();
    assert_eq!(store.load(&id).await.unwrap(), None);
    assert_eq!(lapsed(&backend, id).await.unwrap().map(|staff| staff.id), Some(ana.id), "what she typed is hers");
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
