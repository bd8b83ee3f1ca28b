//! Looking for something in the trail.

use crate::activity::{Actor, Entry, Filter, Person, matching, record};
use crate::test_support::{START, backend, staff};
use domain::Role;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use time::macros::date;
use uuid::Uuid;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_filter_leaves_only_what_it_names(pool: PgPool) {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    sqlx::query!(
        "insert into customer (id, name, status, contacts, attributes, as_of) values ('7', 'Café 100%', 'active', '[]', '{}', $1)",
        START
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    let rows: [(i64, Actor<'_>, Entry<'_>); 6] = [
        (0, Actor::Staff(&ana), Entry { customer_id: Some("7"), ..Entry::new("order.placed", "subscription", "a") }),
        (
            0,
            Actor::Part("order tracking"),
            Entry { customer_id: Some("7"), ..Entry::new("order.completed", "order", "b") },
        ),
        (1, Actor::Staff(&ana), Entry { customer_id: Some("70"), ..Entry::new("customer.updated", "customer", "c") }),
        (1, Actor::Staff(&ana), Entry::new("access.denied", "page", "d")),
        (2, Actor::Part("sign-in"), Entry::new("staff.sign_in_failed", "staff", "e")),
        (
            2,
            Actor::Staff(&ana),
            Entry { after: Some(json!({ "seats": "50%_" })), ..Entry::new("report.requested", "report", "f") },
        ),
    ];
    let mut db = backend.pool.acquire().await.unwrap();
    for (days, actor, entry) in rows {
        record(&mut db, START + Duration::days(days), actor, entry).await.unwrap();
    }
    drop(db);
    let words = |text: &str| Some(text.to_owned());
    let cases = [
        (Filter::default(), "fedcba"),
        (Filter { person: Some(Person::Staff(ana.id)), ..Filter::default() }, "fdca"),
        (Filter { person: Some(Person::Seatboard), ..Filter::default() }, "eb"),
        (Filter { person: Some(Person::Staff(Uuid::nil())), ..Filter::default() }, ""),
        (Filter { groups: vec!["order".to_owned()], ..Filter::default() }, "ba"),
        (Filter { groups: vec!["customer".to_owned(), "report".to_owned()], ..Filter::default() }, "fc"),
        (Filter { customer: words("7"), ..Filter::default() }, "ba"),
        (Filter { customer: words("café 100%"), ..Filter::default() }, "ba"),
        (Filter { customer: words("100_"), ..Filter::default() }, ""),
        (Filter { subject_kind: words("customer"), ..Filter::default() }, "c"),
        (Filter { from: Some(date!(2026 - 03 - 03)), ..Filter::default() }, "fedc"),
        (Filter { to: Some(date!(2026 - 03 - 03)), ..Filter::default() }, "dcba"),
        (Filter { from: Some(date!(2026 - 03 - 03)), to: Some(date!(2026 - 03 - 03)), ..Filter::default() }, "dc"),
        (Filter { text: words("0%_"), ..Filter::default() }, "f"),
        (Filter { text: words("ORDER TRACK"), ..Filter::default() }, "b"),
        (Filter { denied_only: true, ..Filter::default() }, "ed"),
        (Filter { denied_only: true, person: Some(Person::Staff(ana.id)), ..Filter::default() }, "d"),
    ];
    for (filter, expected) in cases {
        let rows = matching(&backend, &filter, None, 100).await.unwrap();
        let found: String = rows.iter().map(|row| row.subject_id.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
        let first = matching(&backend, &filter, None, 1).await.unwrap();
        let rest = match first.last() {
            Some(row) => matching(&backend, &filter, Some(row.id), 100).await.unwrap(),
            None => Vec::new(),
        };
        let paged: String = first.iter().chain(&rest).map(|row| row.subject_id.as_str()).collect();
        assert_eq!(paged, expected, "in two pages: {filter:?}");
    }
}
