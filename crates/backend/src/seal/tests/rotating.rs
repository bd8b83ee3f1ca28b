//! Another `SECRET_KEY`, on a real database.

use super::super::sql::sealed_columns;
use super::super::{OpenError, Purpose, RotateError, Rotated, SealingKey, rotate, sql};
use super::{EARLIER, PASSWORD, ROW, key, opened};
use crate::connection::Setup;
use crate::staff::factor::{self, State};
use crate::test_support::{backend, staff};
use crate::{Backend, activity};
use domain::Role;
use sqlx::PgPool;
use std::sync::Arc;

const ALL: [(Purpose, &str); 2] = [(PASSWORD, "correct horse"), (Purpose::MarketplaceKey, "battery staple")];

/// A connection whose secrets are sealed as given.
async fn stored(pool: PgPool, password: &[u8], subscription_key: &[u8]) -> Backend {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let [url, code, user] = ROW;
    sqlx::query!(
        "insert into marketplace_connection
             (url, code, username, sealed_password, sealed_key, key_hint, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, '', now(), $6)",
        url,
        code,
        user,
        password,
        subscription_key,
        admin.id,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    backend
}

fn with(key: &SealingKey) -> [Vec<u8>; 2] {
    ALL.map(|(purpose, secret)| key.seal(purpose, &ROW, &secret.into()).unwrap())
}

/// What the database holds, and what the key makes of it.
async fn seen(backend: &Backend, key: &SealingKey) -> Vec<Result<String, OpenError>> {
    let rows = sql::locked(&mut backend.pool.acquire().await.unwrap()).await.unwrap();
    rows.iter().map(|stored| opened(key, stored.purpose, &ROW, &stored.sealed)).collect()
}

fn in_clear() -> Vec<Result<String, OpenError>> {
    ALL.map(|(_, secret)| Ok(secret.to_owned())).to_vec()
}

async fn noted(backend: &Backend) -> usize {
    let rows = activity::page(backend, None, 100).await.unwrap();
    rows.iter().filter(|row| row.action == "secrets.rotated" && row.actor == "server secrets rotate").count()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn after_it_the_new_key_opens_everything_and_the_old_one_nothing(pool: PgPool) {
    let [password, subscription_key] = with(&key('a'));
    let backend = stored(pool, &password, &subscription_key).await;
    let rotated = rotate(&backend, &key('a'), &key('b')).await.unwrap();
    assert_eq!(rotated, Rotated { resealed: 2, kept: 0 });
    assert_eq!(seen(&backend, &key('b')).await, in_clear());
    assert_eq!(seen(&backend, &key('a')).await, [Err(OpenError::OtherKey), Err(OpenError::OtherKey)]);
    assert_eq!(noted(&backend).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn seals_of_before_become_envelopes(pool: PgPool) {
    let [_, subscription_key] = with(&key('0'));
    let backend = stored(pool, &EARLIER, &subscription_key).await;
    rotate(&backend, &key('0'), &key('1')).await.unwrap();
    assert_eq!(seen(&backend, &key('1')).await, in_clear());
    let rows = sql::locked(&mut backend.pool.acquire().await.unwrap()).await.unwrap();
    assert!(rows.iter().all(|stored| stored.sealed[0] == 2));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn it_can_be_run_again_and_goes_on_where_some_are_sealed_anew_already(pool: PgPool) {
    let ([password, _], [_, subscription_key]) = (with(&key('b')), with(&key('a')));
    let backend = stored(pool, &password, &subscription_key).await;
    let rotated = rotate(&backend, &key('a'), &key('b')).await.unwrap();
    assert_eq!(rotated, Rotated { resealed: 1, kept: 1 });
    assert_eq!(rotate(&backend, &key('a'), &key('b')).await.unwrap(), Rotated { resealed: 0, kept: 2 });
    assert_eq!(seen(&backend, &key('b')).await, in_clear());
    assert_eq!(noted(&backend).await, 1, "what changed nothing leaves no trace");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn where_something_does_not_open_nothing_at_all_is_changed(pool: PgPool) {
    let [password, _] = with(&key('a'));
    let [_, of_a_third_key] = with(&key('c'));
    let backend = stored(pool, &password, &of_a_third_key).await;
    let refused = rotate(&backend, &key('a'), &key('b')).await.unwrap_err();
    let said = refused.to_string();
    assert!(matches!(refused, RotateError::Unreadable { why: OpenError::OtherKey, .. }), "{said}");
    assert!(said.contains("nothing was changed") && said.contains("marketplace_connection.sealed_key"), "{said}");
    let secret = ALL[0].1.to_owned();
    assert_eq!(seen(&backend, &key('a')).await, [Ok(secret), Err(OpenError::OtherKey)]);
    assert_eq!(noted(&backend).await, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_key_is_no_other_key(pool: PgPool) {
    let [password, subscription_key] = with(&key('a'));
    let backend = stored(pool, &password, &subscription_key).await;
    assert!(matches!(rotate(&backend, &key('a'), &key('a')).await, Err(RotateError::SameKey)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_sealed_column_of_the_database_is_sealed_anew(pool: PgPool) {
    let known = [Purpose::FactorSeed, PASSWORD, Purpose::MarketplaceKey, Purpose::ConsoleDraft]
        .map(|purpose| purpose.column().to_owned());
    assert_eq!(sealed_columns(&mut pool.acquire().await.unwrap()).await, known);
    let backend = stored(pool, &with(&key('a'))[0], &with(&key('a'))[1]).await;
    let admin = sqlx::query_scalar!("select id from staff limit 1").fetch_one(&backend.pool).await.unwrap();
    for draft in [uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2)] {
        let row = [draft.to_string(), admin.to_string()];
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        let sealed = key('a').seal(Purpose::ConsoleDraft, &row, &"typed".into()).unwrap();
        let insert = sqlx::query!(
            "insert into console_draft (id, staff_id, sealed_call, expires_at) values ($1, $2, $3, now())",
            draft,
            admin,
            sealed,
        );
        insert.execute(&backend.pool).await.unwrap();
    }
    assert_eq!(rotate(&backend, &key('a'), &key('b')).await.unwrap(), Rotated { resealed: 4, kept: 0 });
    assert_eq!(rotate(&backend, &key('a'), &key('b')).await.unwrap(), Rotated { resealed: 0, kept: 4 });
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_factor_is_sealed_anew_for_the_same_person(pool: PgPool) {
    let mut backend = backend(pool);
    let with = |key| Arc::new(Setup { sealing_key: Some(key), ..Setup::default() });
    backend.connecting = with(key('a'));
    let ana = staff(&backend, Role::Viewer).await;
    factor::begin(&backend, &ana).await.unwrap();
    assert_eq!(rotate(&backend, &key('a'), &key('b')).await.unwrap(), Rotated { resealed: 1, kept: 0 });
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::None), "the old key opens it no more");
    backend.connecting = with(key('b'));
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::Begun(_)));
}
