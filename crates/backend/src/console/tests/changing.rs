//! Calls that may change something.

use super::{World, json, report, text};
use crate::console::{Outcome, Stage, Typed, ask, draft, get, history, send};
use crate::test_support::staff;
use crate::{Error, activity, customers, subscriptions};
use domain::{Permission, Role};
use marketplace_sim::{Fault, FaultRule};
use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_account_manager_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let refused = ask(&world.backend, &world.manager, &report()).await;
    assert!(matches!(refused, Err(Error::Forbidden(Permission::WriteInConsole))), "{refused:?}");
    let waiting = world.draft(&report()).await;
    let refused = send(&world.backend, &world.manager, waiting, true).await;
    assert!(matches!(refused, Err(Error::Forbidden(Permission::WriteInConsole))), "{refused:?}");
    assert_eq!(world.marketplace.stats().reports_created, 0);
    assert!(world.trail().await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_is_sent_only_when_it_is_confirmed_and_once_however_often(pool: PgPool) {
    let world = World::new(pool).await;
    let waiting = world.draft(&report()).await;
    let unsure = send(&world.backend, &world.admin, waiting, false).await;
    assert!(matches!(&unsure, Err(Error::Invalid(fields)) if fields[0].field == "sure"), "{unsure:?}");
    assert_eq!(
        (world.marketplace.stats().reports_created, history(&world.backend, &world.admin).await.unwrap().len()),
        (0, 0)
    );
    let (one, other) = tokio::join!(world.confirm(waiting), world.confirm(waiting));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one, other), (one, one));
    assert_eq!(world.confirm(waiting).await.unwrap(), one);
    assert_eq!(draft(&world.backend, &world.admin, waiting).await.unwrap(), Stage::Sent(one));
    assert_eq!(world.marketplace.stats().reports_created, 1);
    let call = get(&world.backend, &world.admin, one).await.unwrap();
    assert_eq!((call.summary.outcome, call.summary.status), (Outcome::Answered, Some(200)));
    assert_eq!(call.body.as_deref(), Some(report().body.as_str()));
    assert_eq!(world.trail().await, ["console.sending", "console.called"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn both_rows_of_activity_say_what_was_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.first("/customers?limit=1").await;
    let call = world.change("PATCH", &format!("/customers/{id}"), "{\"taxRegId\": \"77\", \"a\": null}").await;
    let rows = activity::page(&world.backend, None, 2).await.unwrap();
    for row in &rows {
        assert_eq!(
            (row.subject_id.as_str(), &row.after),
            (&*format!("PATCH /customers/{id}"), &Some(json!({"taxRegId": "77", "a": null})))
        );
    }
    assert_eq!((rows[0].action.as_str(), rows[0].note.as_deref()), ("console.called", Some("200 OK")));
    assert_eq!(rows[0].correlation_id, call.correlation_id);
    assert_eq!((rows[1].action.as_str(), &rows[1].note), ("console.sending", &None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_that_the_marketplace_refuses_is_answered_with_its_body(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.change("POST", "/orders", "{\"type\": \"sales\"}").await;
    assert_eq!((call.summary.outcome, call.summary.status), (Outcome::Answered, Some(400)));
    assert!(json(&call)["message"].is_string() && call.problem.is_none());
    assert_eq!(world.trail().await, ["console.sending", "console.called"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_lost_answer_is_unknown_and_the_change_is_never_repeated(pool: PgPool) {
    let world = World::new(pool).await;
    for (fault, status) in [(Fault::ResetAfter, None), (Fault::Html504After, Some(504)), (Fault::EmptyBody, Some(200))]
    {
        let before = world.marketplace.stats().reports_created;
        world.marketplace.add_fault(FaultRule::once(fault, "createReport"));
        let waiting = world.draft(&report()).await;
        let first = world.confirm(waiting).await.unwrap();
        assert_eq!(world.confirm(waiting).await.unwrap(), first);
        let call = get(&world.backend, &world.admin, first).await.unwrap();
        assert_eq!((call.summary.outcome, call.summary.status), (Outcome::Unknown, status), "{fault:?}");
        assert!(call.problem.is_some(), "{fault:?}");
        assert_eq!(world.marketplace.stats().reports_created, before + 1, "{fault:?}");
    }
    let expected = ["console.sending", "console.outcome_unknown"].repeat(3);
    assert_eq!(world.trail().await, expected);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_conflict_is_known_although_it_comes_as_a_500(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Conflict500, "createReport"));
    let call = world.change("POST", "/reports", &report().body).await;
    assert_eq!((call.summary.outcome, call.summary.status), (Outcome::Answered, Some(500)), "{}", text(&call));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_that_was_not_let_in_is_known_not_to_be_made(pool: PgPool) {
    let world = World::new(pool).await;
    world.close_the_gate();
    let call = world.change("POST", "/reports", &report().body).await;
    assert_eq!((call.summary.outcome, call.summary.status), (Outcome::NotSent, None));
    assert_eq!(world.marketplace.stats().reports_created, 0);
    assert_eq!(world.trail().await, ["console.sending", "console.not_sent"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_expired_token_is_renewed_and_the_change_made_once(pool: PgPool) {
    let world = World::new(pool).await;
    world.look("/plans").await;
    world.marketplace.expire_tokens();
    let call = world.change("POST", "/reports", &report().body).await;
    assert_eq!((call.summary.status, world.marketplace.stats().reports_created), (Some(200), 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_crash_while_sending_leaves_a_trace_that_ends_as_unknown(pool: PgPool) {
    let world = World::new(pool).await;
    let waiting = world.draft(&report()).await;
    let request = report().check().unwrap();
    let sending = crate::console::send::Sending::new(&world.backend, &world.admin, request).unwrap();
    assert!(crate::console::send::begin(&sending, waiting).await.unwrap());
    drop(sending);
    let id = world.confirm(waiting).await.unwrap();
    assert_eq!(get(&world.backend, &world.admin, id).await.unwrap().summary.outcome, Outcome::Sending);
    world.clock.advance(Duration::minutes(6));
    assert_eq!(get(&world.backend, &world.admin, id).await.unwrap().summary.outcome, Outcome::Unknown);
    assert_eq!(world.trail().await, ["console.sending"]);
    assert_eq!(world.marketplace.stats().reports_created, 0, "looking at it sends nothing");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_draft_is_its_own_persons_for_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    let other = staff(&world.backend, Role::Admin).await;
    let waiting = world.draft(&report()).await;
    assert!(matches!(draft(&world.backend, &other, waiting).await, Err(Error::NotFound("change"))));
    assert!(matches!(send(&world.backend, &other, waiting, true).await, Err(Error::Conflict(_))));
    world.clock.advance(Duration::hours(25));
    let late = world.confirm(waiting).await;
    assert!(matches!(&late, Err(Error::Conflict(text)) if text.contains("was not sent")), "{late:?}");
    assert_eq!(world.marketplace.stats().reports_created, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_copy_shows_at_once_what_was_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.first("/subscriptions?status=active&limit=1").await;
    for on in [false, true] {
        let body = Typed::new("PATCH", &format!("/subscriptions/{id}"), &json!({ "renewalStatus": on }).to_string());
        assert_eq!(world.change(&body.method, &body.path, &body.body).await.summary.status, Some(200));
        assert_eq!(subscriptions::get(&world.backend, &id).await.unwrap().auto_renew, Some(on));
    }
    let id = world.first("/customers?limit=1").await;
    world.change("PATCH", &format!("/customers/{id}"), "{\"taxRegId\": \"77\"}").await;
    assert_eq!(customers::get(&world.backend, &id).await.unwrap().tax_reg_id.as_deref(), Some("77"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn no_order_goes_past_the_second_person(pool: PgPool) {
    let world = World::new(pool).await;
    let order = Typed::new("POST", "/orders", "{}");
    let before = world.draft(&order).await;
    let rule = crate::approvals::RuleForm::default();
    crate::approvals::add(&world.backend, &world.admin, &rule, Uuid::new_v4()).await.unwrap();
    for refused in [
        ask(&world.backend, &world.admin, &order).await.map(drop),
        ask(&world.backend, &world.admin, &Typed::new("PATCH", "/Orders/1", "{}")).await.map(drop),
        world.confirm(before).await.map(drop),
    ] {
        assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == "path"), "{refused:?}");
    }
    assert_eq!(world.marketplace.stats().calls.get("createOrder"), None);
    world.draft(&Typed::new("PATCH", "/customers/1", "{}")).await;
}
