//! The server's program as it is started: who may serve, and whether the activity is as it was written.

#![cfg(test)]

mod program;

use backend::staff::open_link;
use backend::{Backend, SystemClock};
use program::{Role, Serving, failed, run, run_with, succeeded};
use sqlx::{AssertSqlSafe, PgPool};
use std::sync::Arc;

async fn execute(pool: &PgPool, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(pool).await.unwrap();
}

const THREE_ROWS: &str = "insert into activity (at, actor, action, subject_kind, subject_id)
    select '2026-03-02T09:00Z', 'Ana Reyes', 'order.placed', 'order', n::text from generate_series(1, 3) n";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_activity_is_verified_and_a_tampered_row_is_named(pool: PgPool) {
    execute(&pool, THREE_ROWS).await;
    let printed = succeeded(run(&pool, None, &["activity", "verify"]));
    assert!(printed.starts_with("rows: 3\nlast position: 3\nhead: 3:"), "{printed}");
    let head = printed.lines().last().unwrap().strip_prefix("head: ").unwrap().to_owned();
    assert_eq!(succeeded(run(&pool, None, &["activity", "verify", "--expect", &head])), printed);
    let (_, hash) = head.split_once(':').unwrap();
    let other = format!("3:{}", hash.chars().rev().collect::<String>());
    let said = failed(run(&pool, None, &["activity", "verify", "--expect", &other]), 1);
    assert!(said.contains(&format!("another chain: {other} was noted down, and {head} is there now")), "{said}");
    let said = failed(run(&pool, None, &["activity", "verify", "--expect", "3"]), 2);
    assert!(said.contains("the position, a colon and 64 hexadecimal digits"), "{said}");

    execute(
        &pool,
        "alter table activity disable trigger all;
         update activity set actor = 'Somebody Else' where subject_id = '2';
         alter table activity enable trigger all",
    )
    .await;
    let id: i64 = sqlx::query_scalar("select id from activity where subject_id = '2'").fetch_one(&pool).await.unwrap();
    let said = failed(run(&pool, None, &["activity", "verify"]), 1);
    let expected =
        format!("changed row: row {id} (order.placed of 2026-03-02 9:00:00.0 +00:00:00), sealed at position 2");
    assert!(said.contains(&expected), "{said}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_role_without_rights_over_the_activity_serves(pool: PgPool) {
    let role = Role::new(&pool).await;
    let said = failed(run(&pool, Some(&role), &["migrate"]), 1);
    assert!(said.contains("permission denied"), "before anything is granted: {said}");
    succeeded(run(&pool, None, &["migrate", "--grant-to", &role.name]));
    succeeded(run(&pool, Some(&role), &["migrate"]));
    succeeded(run(&pool, Some(&role), &["staff", "demo", "--password-env", "DEMO_PASSWORD"]));
    let serving = Serving::start(&pool, &role).unwrap();
    assert!(serving.get("/readyz").starts_with("HTTP/1.1 200 "));
    let signed_in = serving.post("/api/sign_in", "email=admin%40seatboard.example&password=for+this+test+only");
    assert!(signed_in.contains("seatboard="), "{signed_in}");
    drop(serving);
    assert!(succeeded(run(&pool, None, &["activity", "verify"])).starts_with("rows: 5\n"), "four people and a sign-in");

    execute(&pool, "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)").await;
    let said = Serving::start(&pool, &role).unwrap_err();
    assert!(said.contains("run `server migrate --grant-to ROLE` with the database's owner first"), "{said}");
    role.drop(&pool).await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_first_admin_is_invited_on_the_command_line_and_gets_in_again_by_it(pool: PgPool) {
    let backend = Backend::new(pool.clone(), Arc::new(SystemClock));
    let invite = ["staff", "invite", "ida@aldgate.example", "Ida Novak", "admin"];
    let first = token_in(&succeeded(run(&pool, None, &invite)));
    let open = open_link(&backend, &first.as_str().into()).await.unwrap().unwrap();
    assert_eq!((open.staff.name.as_str(), open.staff.role), ("Ida Novak", domain::Role::Admin.into()));
    let said = failed(run(&pool, None, &invite), 1);
    assert!(said.contains("Someone already signs in with this address"), "{said}");
    let said = failed(run(&pool, None, &["staff", "invite", "ben", "Ben", "owner"]), 1);
    assert!(said.contains("Enter an e-mail address") && said.contains("Choose one of the roles"), "{said}");

    let again = token_in(&succeeded(run(&pool, None, &["staff", "link", "IDA@aldgate.example"])));
    assert_eq!(open_link(&backend, &first.into()).await.unwrap(), None, "only the newest link works");
    assert!(open_link(&backend, &again.into()).await.unwrap().is_some());
    let said = failed(run(&pool, None, &["staff", "link", "nobody@aldgate.example"]), 1);
    assert!(said.contains("there is no such staff member"), "{said}");
}

/// The token of the link that was printed.
fn token_in(printed: &str) -> String {
    let (_, token) = printed.split_once("link: http://127.0.0.1:3000/welcome?token=").unwrap();
    token.trim().to_owned()
}

const KEYS: [&str; 2] = [
    "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e",
    "cfbc6e1d59566a5514b17290a6f175e491f5c36e65cd824a23ed3e08e85c2380",
];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn rotating_needs_two_keys_that_can_be_used_and_names_all_that_is_wrong_with_them(pool: PgPool) {
    let rotate =
        |old: &str, new: &str| run_with(&pool, &[("OLD_SECRET_KEY", old), ("SECRET_KEY", new)], &["secrets", "rotate"]);
    let said = failed(rotate("", &"0123456789abcdef".repeat(4)), 1);
    for problem in ["OLD_SECRET_KEY is missing", "SECRET_KEY cannot be used: it repeats itself", "openssl rand -hex 32"]
    {
        assert!(said.contains(problem), "{problem} is not in: {said}");
    }
    assert!(failed(rotate(KEYS[0], KEYS[0]), 1).contains("SECRET_KEY and OLD_SECRET_KEY are the same"));
    assert_eq!(succeeded(rotate(KEYS[0], KEYS[1])), "sealed anew: 0\nsealed with this key already: 0\n");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_server_with_a_weak_key_does_not_start_and_says_what_to_do(pool: PgPool) {
    let said = failed(run_with(&pool, &[("SECRET_KEY", &"5ec2e7a1".repeat(8))], &["serve"]), 1);
    assert!(said.contains("SECRET_KEY cannot be used") && said.contains("openssl rand -hex 32"), "{said}");
    assert!(!said.contains("5ec2e7a1"), "{said}");
}
