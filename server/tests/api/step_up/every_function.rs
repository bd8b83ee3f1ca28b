//! The walk over every server function: which of them want a fresh proof, and that without one nothing is done.

use super::{FIVE_MINUTES, a_while_ago, prove};
use crate::browser::Site;
use crate::functions;
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

/// What only admins may, and takes no proof: it is work like any other.
const WORK_OF_ADMINS: [&str; 2] = ["/api/create_reseller", "/api/update_reseller"];

/// What everybody may, and takes a proof: it decides who can come in as them.
const OF_ONESELF: [&str; 5] = [
    "/api/begin_factor",
    "/api/confirm_factor",
    "/api/end_own_session",
    "/api/end_other_sessions",
    "/api/release_single_sign_on",
];

/// Whether the function must want one: whatever only admins may, unless it is said above why not.
fn must_want(row: &functions::Row) -> bool {
    let others = || Role::ALL.into_iter().filter(|role| *role != Role::Admin);
    let is_of_admins = row.needs.is_some_and(|needed| !others().any(|role| role.may(needed)));
    OF_ONESELF.contains(&row.path) || (is_of_admins && !WORK_OF_ADMINS.contains(&row.path))
}

/// Everything that is stored but sessions, counters of guesses and what was looked at.
async fn stored(site: &Site) -> String {
    let all = "select string_agg(table_name || ' ' || query_to_xml(format('select * from %I', table_name), false, true, '')::text,
            ', ' order by table_name)
        from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'session'";
    sqlx::query_scalar(all).fetch_one(&site.backend.pool).await.unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn without_a_fresh_proof_every_sensitive_function_is_refused_and_changes_nothing(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = a_while_ago(&site).await;
    let before = stored(&site).await;
    let (mut wanted, mut others) = (Vec::new(), Vec::new());
    for (method, row) in functions::all().into_iter().filter(|(_, row)| row.needs.is_some()) {
        if !must_want(&row) {
            others.push((method, row));
            continue;
        }
        let script = admin.call(method, row.path, row.arguments).await;
        assert_eq!(script.status, StatusCode::FORBIDDEN, "{}: {}", row.path, script.body);
        assert!(script.body.contains("\"kind\":\"proof_needed\""), "{}: {}", row.path, script.body);
        let form = admin.post(row.path, row.arguments).await;
        let to = form.location.unwrap_or_default();
        assert!(to.starts_with("/prove?next=%2F"), "{} as a form leads to {to}", row.path);
        wanted.push(row);
    }
    assert_eq!(stored(&site).await, before, "nothing was done");

    for (method, row) in others {
        let answer = admin.call(method, row.path, row.arguments).await;
        assert!(!answer.body.contains("proof_needed"), "{} wants a proof and is not said to", row.path);
        if row.path == "/api/sign_out" {
            admin = a_while_ago(&site).await;
        }
    }
    println!("{} functions want a fresh proof", wanted.len());
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn with_a_fresh_proof_every_sensitive_function_is_answered(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = a_while_ago(&site).await;
    prove(&mut admin).await;
    let mut answered = 0;
    for (method, row) in functions::all().into_iter().filter(|(_, row)| must_want(row)) {
        let script = admin.call(method, row.path, row.arguments).await;
        assert!(!script.body.contains("proof_needed"), "{}: {}", row.path, script.body);
        assert_ne!(script.status, StatusCode::FORBIDDEN, "{}: {}", row.path, script.body);
        answered += 1;
    }
    site.clock.advance(FIVE_MINUTES);
    assert!(admin.post("/api/forget_connection", "").await.location.unwrap().starts_with("/prove"));
    println!("{answered} functions answered");
}
