//! What is stored is stored, whatever was dropped before.

use super::open;
use sqlx::{Connection, PgPool};
use std::pin::pin;
use std::task::{Context, Waker};

/// Drops a transaction while its `BEGIN` is on the way. On a busy machine Postgres may answer before the first poll ends:
/// then nothing was on the way, and another one is begun.
async fn begin_and_drop(pool: &PgPool) {
    loop {
        let mut connection = pool.acquire().await.unwrap();
        let begin = pin!(connection.begin());
        if begin.poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            return;
        }
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_transaction_dropped_while_it_begins_takes_nothing_of_what_comes_next_with_it(observer: PgPool) {
    let pool = open((*observer.connect_options()).clone(), 1);
    for nth in 0..3 {
        let key = [nth; 32];
        sqlx::query!("insert into guess_counter values ($1, 0, now(), now())", &key[..]).execute(&pool).await.unwrap();
        let seen = sqlx::query_scalar!(r#"select count(*) as "count!" from guess_counter"#).fetch_one(&observer).await;
        assert_eq!(seen.unwrap(), i64::from(nth) + 1);
        begin_and_drop(&pool).await;
    }
}
