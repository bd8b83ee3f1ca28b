//! News through a real Postgres.

use super::{Heard, Hub, Listener, run};
use crate::Backend;
use crate::test_support::{START, backend};
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than any of this takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn topics(topics: &[&str]) -> BTreeSet<String> {
    topics.iter().map(|&topic| topic.to_owned()).collect()
}

fn news(topic: &str, state: &str) -> Heard {
    Heard::News { topic: topic.into(), state: state.into() }
}

async fn next(listener: &mut Listener) -> Heard {
    tokio::time::timeout(PATIENCE, listener.next()).await.expect("there are news in time").expect("it listens")
}

/// A backend that listens, and one who hears of the topics from now on.
async fn listening(pool: PgPool, to: &[&str]) -> (Backend, Listener, CancellationToken) {
    let backend = backend(pool);
    let shutdown = CancellationToken::new();
    let mut listener = backend.live.listen(topics(to), START);
    tokio::spawn(run(backend.clone(), shutdown.clone()));
    assert_eq!(next(&mut listener).await, Heard::Everything, "what was told before is lost");
    (backend, listener, shutdown)
}

async fn tell(pool: &PgPool, payload: &str) {
    sqlx::query!("select pg_notify('seatboard', $1)", payload).execute(pool).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_another_process_tells_is_heard_by_those_whom_it_concerns(pool: PgPool) {
    let (backend, mut listener, _) = listening(pool.clone(), &["intent:1"]).await;
    let mut other = backend.live.listen(topics(&["intent:2"]), START + time::Duration::MINUTE);
    let another_process = PgPool::connect_with((*pool.connect_options()).clone()).await.unwrap();
    tell(&another_process, "intent:1 processing").await;
    tell(&another_process, "intent:2 completed").await;
    assert_eq!(next(&mut listener).await, news("intent:1", "processing"));
    assert_eq!(next(&mut other).await, news("intent:2", "completed"), "the other one's news passed by");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_broken_connection_is_made_again_and_all_look_again(pool: PgPool) {
    let (_, mut listener, _) = listening(pool.clone(), &["intent:1"]).await;
    let killed: i64 = sqlx::query_scalar(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(killed, 1, "one connection listens");
    assert_eq!(next(&mut listener).await, Heard::Everything);
    tell(&pool, "intent:1 completed").await;
    assert_eq!(next(&mut listener).await, news("intent:1", "completed"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn those_who_listen_are_let_go_when_the_process_stops(pool: PgPool) {
    let (_, mut listener, shutdown) = listening(pool, &["intent:1"]).await;
    shutdown.cancel();
    let ended = tokio::time::timeout(PATIENCE, listener.next()).await.expect("nobody is kept");
    assert_eq!(ended, None);
}

#[tokio::test]
async fn who_comes_late_hears_what_was_told_since_their_page_was_made() {
    let hub = Hub::default();
    hub.tell("intent:1 sending", START - time::Duration::MINUTE);
    hub.tell("intent:1 submitted", START + time::Duration::SECOND);
    hub.tell("intent:2 submitted", START + time::Duration::SECOND);
    let mut listener = hub.listen(topics(&["intent:1"]), START);
    hub.tell("intent:1 completed", START + time::Duration::MINUTE);
    assert_eq!(next(&mut listener).await, news("intent:1", "submitted"));
    assert_eq!(next(&mut listener).await, news("intent:1", "completed"));
}

#[tokio::test]
async fn who_comes_so_late_that_news_are_forgotten_looks_at_everything() {
    let hub = Hub::default();
    for number in 0..300 {
        hub.tell(&format!("intent:{number} completed"), START);
    }
    let mut listener = hub.listen(topics(&["intent:1"]), START);
    assert_eq!(next(&mut listener).await, Heard::Everything);
}
