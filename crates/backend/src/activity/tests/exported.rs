//! The trail as a file.

use super::add;
use crate::activity::export::export_at_most;
use crate::activity::{Entry, Filter, Verdict, export, page, verify};
use crate::export::Export;
use crate::test_support::{backend, staff};
use crate::{Backend, Error};
use domain::{Currency, Money, Permission, Role};
use futures::TryStreamExt;
use rust_decimal::Decimal;
use sqlx::PgPool;

async fn text(export: Export) -> String {
    let parts: Vec<_> = export.content.try_collect().await.unwrap();
    String::from_utf8(parts.concat()).unwrap()
}

async fn orders(backend: &Backend, count: usize) {
    for number in 0..count {
        add(backend, Entry::new("order.placed", "order", &number.to_string())).await;
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_row_is_written_with_its_seal_and_runs_nothing_in_a_spreadsheet(pool: PgPool) {
    let backend = backend(pool);
    let maya = staff(&backend, Role::AccountManager).await;
    let price = Some(Money::new(Decimal::new(7050, 2), Currency::new("USD").unwrap()));
    let note = Some("a;=1+1".to_owned());
    add(&backend, Entry { price, note, ..Entry::new("order.placed", "order", "=HYPERLINK(\"x\")") }).await;
    let Verdict::Intact(head) = verify(&backend, None).await.unwrap() else { panic!("broken") };
    let filter = Filter { groups: vec!["order".to_owned()], ..Filter::default() };
    let export = export(&backend, &maya, filter).await.unwrap();
    assert_eq!(export.name, "activity-2026-03-02.csv");
    let text = text(export).await;
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "position,hash,at,who,action,subject kind,subject,customer,customer name,order record,price,currency,\
             correlation id,note,before,after"
                .to_owned(),
            format!(
                "1,{},2026-03-02T09:00:00Z,order tracking,order.placed,order,\"'=HYPERLINK(\"\"x\"\")\",,,,70.50,USD,,\
                 a;'=1+1,,",
                head.hash
            ),
        ]
    );
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn taking_the_trail_away_is_in_the_trail(pool: PgPool) {
    let backend = backend(pool);
    let maya = staff(&backend, Role::AccountManager).await;
    export(&backend, &maya, Filter { denied_only: true, ..Filter::default() }).await.unwrap();
    let rows = page(&backend, None, 10).await.unwrap();
    assert_eq!((rows[0].action.as_str(), rows[0].actor.as_str()), ("activity.exported", "Test account manager"));
    assert_eq!(rows[0].after, Some(serde_json::json!({ "denied only": "yes" })));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_may_not_see_the_trail_may_not_take_it_away(pool: PgPool) {
    let backend = backend(pool);
    let tom = staff(&backend, Role::Technician).await;
    let refused = export(&backend, &tom, Filter::default()).await.unwrap_err();
    assert!(matches!(refused, Error::Forbidden(Permission::ViewActivity)), "{refused}");
    assert!(page(&backend, None, 10).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_file_that_is_cut_says_so_in_its_last_line(pool: PgPool) {
    let backend = backend(pool);
    let maya = staff(&backend, Role::AccountManager).await;
    orders(&backend, 5).await;
    let only_orders = || Filter { groups: vec!["order".to_owned()], ..Filter::default() };
    for (most, rows, cut) in [(3, 3, true), (5, 5, false), (6, 5, false)] {
        let text = text(export_at_most(&backend, &maya, only_orders(), most).await.unwrap()).await;
        assert_eq!(text.matches("order.placed").count(), rows, "at most {most}");
        let last = text.lines().last().unwrap();
        assert_eq!(last.contains(&format!("Only the newest {most} rows are in this file")), cut, "{last}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_long_trail_is_written_page_by_page_without_a_row_twice(pool: PgPool) {
    let backend = backend(pool);
    let maya = staff(&backend, Role::AccountManager).await;
    sqlx::query!(
        "insert into activity (at, actor, action, subject_kind, subject_id)
         select now(), 'x', 'order.placed', 'order', 'nr' || n from generate_series(1, 2500) n"
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    let export = export(&backend, &maya, Filter::default()).await.unwrap();
    let parts: Vec<_> = export.content.try_collect().await.unwrap();
    assert_eq!(parts.len(), 4, "the header and three pages");
    let text = String::from_utf8(parts.concat()).unwrap();
    let subjects: Vec<&str> =
        text.lines().filter_map(|line| line.split(',').find(|cell| cell.starts_with("nr"))).collect();
    let expected: Vec<String> = (1..=2500).rev().map(|number| format!("nr{number}")).collect();
    assert_eq!(subjects, expected);
}
