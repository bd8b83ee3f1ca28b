//! The secrets are nowhere in clear: not in any table, not in what the page is given.

use super::{Form, World, current};
use sqlx::PgPool;

/// Every row of every table, as text.
async fn dump(pool: &PgPool) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut dump = String::new();
    for table in tables {
        let rows = sqlx::AssertSqlSafe(format!("select coalesce(string_agg(t::text, E'\\n'), '') from {table} t"));
        let rows: String = sqlx::query_scalar(rows).fetch_one(pool).await.unwrap();
        dump = format!("{dump}\n{table}\n{rows}");
    }
    dump
}

/// A secret as it would look in text and in bytes.
fn spellings(secret: &str) -> [String; 2] {
    [secret.to_owned(), secret.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))]
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_dump_of_the_whole_database_gives_no_secret_away(pool: PgPool) {
    let world = World::new(pool).await;
    let credentials = world.marketplace.credentials().clone();
    let wrong = Form { password: "mistyped-5ec2e7".into(), ..world.form() };
    world.save(&wrong).await.unwrap();
    world.saved(&world.form()).await;
    super::super::open(&world.backend).await.unwrap();
    crate::sync::catch_up(&world.backend, &crate::sync::Rhythm::default()).await.unwrap();
    let dump = dump(&world.backend.pool).await;
    assert!(dump.contains(&credentials.username) && dump.contains(&world.marketplace.url()), "it is all there");
    for secret in [&credentials.password, &credentials.subscription_key, "mistyped-5ec2e7"] {
        for spelling in spellings(secret) {
            assert!(!dump.contains(&spelling), "{spelling} is in the database");
        }
    }
    let shown = format!("{:?}", current(&world.backend, &world.admin).await.unwrap());
    assert!(!shown.contains(&credentials.password) && !shown.contains(&credentials.subscription_key));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_dump_would_find_a_secret_in_text_and_in_bytes(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    sqlx::raw_sql("update marketplace_connection set sealed_password = 'in-bytes', key_hint = 'in-text'")
        .execute(&world.backend.pool)
        .await
        .unwrap();
    let dump = dump(&world.backend.pool).await;
    assert!(dump.contains(&spellings("in-bytes")[1]) && dump.contains("in-text"));
}
