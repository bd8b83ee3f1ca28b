//! What is stored is stored, whatever was dropped before.

use super::open;
use sqlx::PgPool;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The connection is there, so the first poll sends `BEGIN`, and Postgres cannot have answered before it ends.
fn begin_and_drop(pool: &PgPool) {
    let begin = pin!(pool.begin());
    let polled = begin.poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Pending), "it was not dropped on the way");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_transaction_dropped_while_it_begins_takes_nothing_of_what_comes_next_with_it(observer: PgPool) {
    let pool = open((*observer.connect_options()).clone(), 1);
    for nth in 0..3 {
        let key = [nth; 32];
        sqlx::query!("insert into guess_counter values ($1, 0, now(), now())", &key[..]).execute(&pool).await.unwrap();
        let seen = sqlx::query_scalar!(r#"select count(*) as "count!" from guess_counter"#).fetch_one(&observer).await;
        assert_eq!(seen.unwrap(), i64::from(nth) + 1);
        begin_and_drop(&pool);
    }
}
