mod chain;
mod denied;
mod exported;
mod filtered;
mod priced;

use super::{Actor, Entry, page, record, subject_names};
use crate::Backend;
use crate::test_support::{START, backend, staff};
use domain::Role;
use sqlx::PgPool;

async fn add(backend: &Backend, entry: Entry<'_>) {
    let mut db = backend.pool.acquire().await.unwrap();
    record(&mut db, START, Actor::Part("order tracking"), entry).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_trail_goes_on_below_the_last_entry_shown(pool: PgPool) {
    let backend = backend(pool);
    for number in 0..5 {
        add(&backend, Entry::new("order.placed", "order", &number.to_string())).await;
    }
    let subjects = |rows: &[super::Activity]| rows.iter().map(|row| row.subject_id.clone()).collect::<Vec<_>>();
    let newest = page(&backend, None, 2).await.unwrap();
    assert_eq!(subjects(&newest), ["4", "3"]);
    let older = page(&backend, Some(newest[1].id), 10).await.unwrap();
    assert_eq!(subjects(&older), ["2", "1", "0"]);
    assert!(page(&backend, Some(older[2].id), 10).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn entries_are_named_by_what_they_are_about(pool: PgPool) {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    sqlx::query!(
        "insert into subscription (id, customer_id, name, status, attributes, as_of) \
         values ('1000201', '1', 'Mail', 'active', '{}', $1)",
        START,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    add(&backend, Entry::new("order.placed", "subscription", "1000201")).await;
    add(&backend, Entry::new("staff.created", "staff", &ana.id.to_string())).await;
    add(&backend, Entry::new("order.placed", "order", "1000201")).await;
    let rows = page(&backend, None, 10).await.unwrap();
    let names = subject_names(&backend, &rows).await.unwrap();
    let named: Vec<Option<&str>> = rows.iter().map(|row| names.get(&row.id).map(String::as_str)).collect();
    assert_eq!(named, [None, Some("Test admin"), Some("Mail")]);
}
