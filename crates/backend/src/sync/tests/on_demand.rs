//! Contents of older orders are read when somebody looks at the order.

use super::world::World;
use crate::order_list::{Contents, Order, get, look_at};
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;
use std::time::Duration;

const UNREAD: &str = "select id from marketplace_order where lines is null and kind = 'sales' order by id limit 1";

async fn unread_order(world: &World) -> String {
    sqlx::query_scalar(UNREAD).fetch_one(&world.backend.pool).await.unwrap()
}

/// The order as soon as it is no longer being read.
async fn settled(world: &World, id: &str) -> Order {
    let settled = async {
        loop {
            let order = get(&world.backend, id).await.unwrap();
            if order.contents != Contents::BeingRead {
                return order;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), settled).await.unwrap()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_older_order_is_read_once_however_often_it_is_opened(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = unread_order(&world).await;
    assert_eq!(get(&world.backend, &id).await.unwrap().contents, Contents::NotAskedFor);
    let calls = world
        .calls_of(async {
            for _ in 0..3 {
                look_at(&world.backend, &id).await.unwrap();
            }
            let order = settled(&world, &id).await;
            assert_eq!(order.contents, Contents::Read);
            assert!(!order.lines.unwrap().is_empty());
            look_at(&world.backend, &id).await.unwrap();
        })
        .await;
    assert_eq!(calls.get("getOrderDetails"), Some(&1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_cannot_be_read_says_so_and_is_asked_for_again_later(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = unread_order(&world).await;
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "getOrderDetails"));
    look_at(&world.backend, &id).await.unwrap();
    assert_eq!(settled(&world, &id).await.contents, Contents::NotReadable);
    world.clock.advance(time::Duration::seconds(31));
    look_at(&world.backend, &id).await.unwrap();
    assert_eq!(settled(&world, &id).await.contents, Contents::Read);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_stops_the_process_waits_for_an_order_that_is_being_read(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = unread_order(&world).await;
    look_at(&world.backend, &id).await.unwrap();
    let outliving = &world.backend.outliving;
    assert_eq!(outliving.len(), 1, "it goes on when whoever asked hangs up");
    outliving.close();
    outliving.wait().await;
    assert_eq!(get(&world.backend, &id).await.unwrap().contents, Contents::Read);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_never_finished_is_not_said_to_be_read_for_ever(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = unread_order(&world).await;
    let begun = world.backend.clock.now();
    let begin = sqlx::query!("update marketplace_order set detail_wanted_at = $2 where id = $1", id, begun);
    begin.execute(&world.backend.pool).await.unwrap();
    assert_eq!(get(&world.backend, &id).await.unwrap().contents, Contents::BeingRead);
    world.clock.advance(time::Duration::seconds(31));
    assert_eq!(get(&world.backend, &id).await.unwrap().contents, Contents::NotAskedFor);
    look_at(&world.backend, &id).await.unwrap();
    assert_eq!(settled(&world, &id).await.contents, Contents::Read);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_a_connection_no_order_is_said_to_be_read(pool: PgPool) {
    let world = World::new(pool).await;
    world.catch_up().await;
    let id = unread_order(&world).await;
    world.backend.link.replace(None);
    assert_eq!(look_at(&world.backend, &id).await.unwrap().contents, Contents::NotAskedFor);
    assert!(world.backend.outliving.is_empty());
}
