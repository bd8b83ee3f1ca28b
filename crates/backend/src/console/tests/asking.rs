//! Calls that change nothing.

use super::{World, json, text};
use crate::console::{Outcome, Typed, ask, get, history};
use crate::test_support::staff;
use crate::{Error, activity};
use domain::Role;
use marketplace_sim::{Fault, FaultRule, Outage};
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_kind_of_get_is_answered_exactly(pool: PgPool) {
    let world = World::new(pool).await;
    for list in ["/customers", "/orders", "/products", "/plans", "/subscriptions", "/reports", "/resellers"] {
        let limit = if list == "/reports" { "" } else { "?limit=2" };
        let call = world.look(&format!("{list}{limit}")).await;
        assert_eq!((call.summary.outcome, call.summary.status), (Outcome::Answered, Some(200)), "{list}");
        assert!(call.correlation_id.is_some_and(|id| id.starts_with("a8n-")), "{list}");
        assert!(call.answer.as_ref().unwrap().bytes > 2 && call.summary.elapsed_ms.is_some(), "{list}");
        if matches!(list, "/products" | "/resellers") {
            continue;
        }
        let id = world.first(&format!("{list}{limit}")).await;
        assert_eq!(json(&world.look(&format!("{list}/{id}")).await)["id"], id, "{list}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_estimate_is_a_question_that_an_account_manager_may_ask(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.first("/subscriptions?status=active&limit=1").await;
    let subscription = world.marketplace.subscription(&id).unwrap();
    let line = &subscription.lines[0];
    let body = format!(
        r#"{{"type": "change", "customerId": "{}", "subscriptionId": "{id}", "products": [{{"mpn": "{}", "quantity": {}}}]}}"#,
        subscription.customer,
        line.mpn,
        line.seats + 1
    );
    let call = world.question(&Typed::new("POST", "/orders/estimate", &body)).await;
    assert_eq!(call.summary.status, Some(200), "{}", text(&call));
    assert!(!call.summary.is_write && json(&call)["total"].is_object());
    assert_eq!(call.body.as_deref(), Some(body.as_str()));
    assert_eq!(world.marketplace.stats().orders_created, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refusal_is_an_answer_with_its_body(pool: PgPool) {
    let world = World::new(pool).await;
    let missing = world.look("/orders/1").await;
    assert_eq!((missing.summary.outcome, missing.summary.status), (Outcome::Answered, Some(404)));
    assert_eq!(json(&missing)["status"], 404);
    assert!(json(&missing)["message"].is_string() && missing.problem.is_none());
    assert_eq!(json(&missing)["correlationId"].as_str(), missing.correlation_id.as_deref());
    let invalid = world.question(&Typed::new("POST", "/orders/estimate", "{}")).await;
    assert_eq!((invalid.summary.status, &json(&invalid)["status"]), (Some(400), &400.into()));
    world.marketplace.set_outage(Some(Outage::Maintenance));
    let page = world.look("/plans").await;
    assert_eq!((page.summary.outcome, page.summary.status), (Outcome::Answered, Some(503)));
    assert!(text(&page).contains("<html"), "{}", text(&page));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_question_without_an_answer_is_kept_with_the_reason(pool: PgPool) {
    let world = World::new(pool).await;
    world.look("/plans").await;
    world.marketplace.add_fault(FaultRule::once(Fault::ResetBefore, "*"));
    let lost = world.look("/plans").await;
    assert_eq!((lost.summary.outcome, lost.summary.status), (Outcome::Unknown, None));
    assert!(lost.problem.is_some_and(|problem| problem.contains("broke")) && lost.answer.is_none());
    world.close_the_gate();
    let not_sent = world.look("/plans").await;
    assert_eq!((not_sent.summary.outcome, not_sent.summary.status), (Outcome::NotSent, None));
    assert_eq!(not_sent.problem.as_deref(), Some("the day's calls are used up"));
    assert_eq!(world.trail().await, ["console.called", "console.unanswered", "console.not_sent"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_question_leaves_one_row_of_activity(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.look("/customers/1?x=1").await;
    let rows = activity::page(&world.backend, None, 9).await.unwrap();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("console.called", world.manager.name.as_str()));
    assert_eq!((row.subject_kind.as_str(), row.subject_id.as_str()), ("call", "GET /customers/1"));
    assert_eq!((row.correlation_id.clone(), row.note.as_deref()), (call.correlation_id, Some("404 Not Found")));
    assert_eq!((&row.before, &row.after), (&None, &None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn people_see_their_own_calls_and_an_admin_everybodys(pool: PgPool) {
    let world = World::new(pool).await;
    let other = staff(&world.backend, Role::AccountManager).await;
    let mine = world.look("/plans?limit=1").await.summary;
    ask(&world.backend, &other, &Typed::new("GET", "/orders?limit=1", "")).await.unwrap();
    let paths = async |staff| {
        let calls = history(&world.backend, staff).await.unwrap();
        calls.into_iter().map(|call| call.path).collect::<Vec<_>>()
    };
    assert_eq!(paths(&world.manager).await, ["/plans?limit=1"]);
    assert_eq!(paths(&other).await, ["/orders?limit=1"]);
    assert_eq!(paths(&world.admin).await, ["/orders?limit=1", "/plans?limit=1"], "the newest first");
    assert!(matches!(get(&world.backend, &other, mine.id).await, Err(Error::NotFound("call"))));
    assert_eq!(get(&world.backend, &world.admin, mine.id).await.unwrap().summary.by, world.manager.name);
}
