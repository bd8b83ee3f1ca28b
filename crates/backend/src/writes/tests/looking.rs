//! What is claimed after looking, and what is not.

use super::{Fault, FaultRule, Way, Wish, World, ask, open, step};
use crate::test_support::staff;
use crate::writes::{of_kind, of_subject};
use crate::{Error, activity, subscriptions};
use domain::{Role, WriteState};
use marketplace::models::CustomerRequest;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

/// Asks for the wish and loses the answer; the look right after it fails too.
async fn lost(world: &World, wish: &Wish, way: Way, fault: Fault, look: &str) -> Uuid {
    let token = Uuid::new_v4();
    world.marketplace.add_fault(FaultRule::once(fault, way.operation()));
    if way.creates() && way != Way::Report {
        world.marketplace.add_fault(FaultRule::once(Fault::SlowBody, look));
    }
    world.marketplace.add_fault(FaultRule { times: 1, ..FaultRule::once(Fault::Maintenance503, look) });
    let told = world.ask(wish, token).await;
    assert!(matches!(told, Err(Error::Unknown(_))), "{told:?}");
    token
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_that_could_not_be_looked_for_at_once_is_found_by_the_worker_and_in_the_list(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = Wish::Report(7);
    let token = lost(&world, &wish, Way::Report, Fault::ResetAfter, "getReports").await;
    assert_eq!(of_kind(&world.backend, "report").await.unwrap().len(), 1);
    world.advance(Duration::seconds(5));
    assert!(step(&world.backend).await.unwrap());
    assert_eq!((world.state(token).await, world.truth(&wish).await), (WriteState::Done, 1));
    assert!(of_kind(&world.backend, "report").await.unwrap().is_empty());
    let row = activity::page(&world.backend, None, 1).await.unwrap().remove(0);
    assert_eq!((row.action.as_str(), row.actor == world.admin.name), ("report.scheduled", true));
    assert!(crate::reports::get(&world.backend, &row.subject_id).await.unwrap().requested_by.is_some());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_of_before_is_not_taken_for_the_lost_one(pool: PgPool) {
    let world = World::new(pool).await;
    world.ask(&Wish::Report(7), Uuid::new_v4()).await.unwrap();
    world.advance(Duration::seconds(30));
    world.marketplace.add_fault(FaultRule::once(Fault::ResetBefore, "createReport"));
    let token = Uuid::new_v4();
    assert!(matches!(world.ask(&Wish::Report(7), token).await, Err(Error::Unknown(_))));
    world.settle().await;
    assert_eq!((world.state(token).await, world.truth(&Wish::Report(7)).await), (WriteState::Absent, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_two_wishes_for_the_same_customer_one_is_found_when_one_arrived(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = Wish::Customer("Twin Dental".to_owned());
    let never = lost(&world, &wish, Way::CreateCustomer, Fault::ResetBefore, "getCustomers").await;
    let came = lost(&world, &wish, Way::CreateCustomer, Fault::ResetAfter, "getCustomers").await;
    world.settle().await;
    let states = [world.state(never).await, world.state(came).await];
    assert_eq!(states.iter().filter(|state| **state == WriteState::Done).count(), 1, "{states:?}");
    assert_eq!(states.iter().filter(|state| **state == WriteState::Absent).count(), 1, "{states:?}");
    assert_eq!(world.truth(&wish).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn which_of_several_is_the_lost_one_is_not_claimed(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = Wish::Customer("Twin Dental".to_owned());
    let token = lost(&world, &wish, Way::CreateCustomer, Fault::ResetAfter, "getCustomers").await;
    let twin = world.eye();
    let filter = marketplace::CustomerFilter { name: Some("Twin Dental".to_owned()), ..Default::default() };
    let made = twin.page(&filter, 0, 10).await.unwrap().data.remove(0);
    let elsewhere = CustomerRequest {
        name: made.name,
        address: made.address,
        contact_persons: made.contact_persons,
        language: made.language,
        ..CustomerRequest::default()
    };
    twin.create_customer(&elsewhere).await.unwrap();
    world.settle().await;
    assert_eq!(world.state(token).await, WriteState::Unknown, "it stays what it is");
    assert_eq!(world.open().await.len(), 1, "and is shown");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_outage_is_waited_out_and_proves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = world.wish(Way::Renewal, 1).await;
    let token = lost(&world, &wish, Way::Renewal, Fault::ResetAfter, "getSubscription").await;
    world.marketplace.set_outage(Some(marketplace_sim::Outage::Maintenance));
    for _ in 0..10 {
        world.advance(Duration::minutes(30));
        assert!(step(&world.backend).await.is_err());
    }
    assert_eq!(world.state(token).await, WriteState::Unknown);
    world.marketplace.set_outage(None);
    world.settle().await;
    assert_eq!((world.state(token).await, world.truth(&wish).await), (WriteState::Done, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_somebody_else_set_shows_and_is_said_to_show(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = world.wish(Way::Renewal, 1).await;
    let Wish::Renewal(id, on) = &wish else { unreachable!() };
    let token = lost(&world, &wish, Way::Renewal, Fault::ResetBefore, "getSubscription").await;
    let update = marketplace::models::SubscriptionUpdate::renewal(*on);
    world.eye().update_subscription(&id.as_str().into(), &update).await.unwrap();
    world.settle().await;
    assert_eq!(world.state(token).await, WriteState::Done);
    assert_eq!(subscriptions::get(&world.backend, id).await.unwrap().auto_renew, Some(*on), "the copy was told");
    let row = activity::of_subject(&world.backend, "subscription", id, 1).await.unwrap().remove(0);
    assert!(row.note.is_some_and(|note| note.contains("shows in the subscription")));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_open_is_shown_to_those_it_concerns_until_it_is_made_again(pool: PgPool) {
    let world = World::new(pool).await;
    let second = staff(&world.backend, Role::AccountManager).await;
    let wish = world.wish(Way::Hold, 1).await;
    let Wish::Hold(id, _) = &wish else { unreachable!() };
    lost(&world, &wish, Way::Hold, Fault::ResetBefore, "getCustomerById").await;
    let shown = of_subject(&world.backend, "customer", id).await.unwrap();
    assert_eq!((shown[0].state, shown[0].asked_by.as_str()), (WriteState::Unknown, world.admin.name.as_str()));
    assert!(shown[0].customer.is_some() && shown[0].subject_name.is_some());
    let of = async |staff: &crate::staff::Staff| open(&world.backend, Some(staff.id)).await.unwrap().len();
    assert_eq!((of(&world.admin).await, of(&second).await), (1, 0));
    sqlx::query!(
        "insert into customer_manager (customer_id, staff_id, assigned_at, assigned_by) values ($1, $2, now(), $2)",
        id,
        second.id,
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
    assert_eq!(of(&second).await, 1, "they look after the customer");
    world.settle().await;
    let shown = of_subject(&world.backend, "customer", id).await.unwrap();
    assert_eq!(shown[0].state, WriteState::Absent);
    assert!(shown[0].problem.as_deref().unwrap().contains("can safely be made again"));
    ask(&world.backend, &second, &wish, Uuid::new_v4()).await.unwrap();
    assert!(of_subject(&world.backend, "customer", id).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_marketplace_is_not_asked_about_the_old_one(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = world.wish(Way::Renewal, 1).await;
    let token = lost(&world, &wish, Way::Renewal, Fault::ResetAfter, "getSubscription").await;
    world.advance(Duration::minutes(1));
    sqlx::query!("update marketplace_copy set begun_at = $1", world.backend.clock.now())
        .execute(&world.backend.pool)
        .await
        .unwrap();
    let looks = world.calls("getSubscription");
    assert!(step(&world.backend).await.unwrap());
    assert!(!step(&world.backend).await.unwrap(), "nobody looks any more");
    assert_eq!((world.state(token).await, world.calls("getSubscription")), (WriteState::Unknown, looks));
    let row = activity::page(&world.backend, None, 1).await.unwrap().remove(0);
    assert!(row.action.ends_with("_unknown"), "{}", row.action);
    assert!(row.note.is_some_and(|note| note.contains("old marketplace")));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_marketplace_does_not_show_any_more_stands_in_nobodys_way(pool: PgPool) {
    let world = World::new(pool).await;
    let wish = world.wish(Way::Renewal, 1).await;
    let token = lost(&world, &wish, Way::Renewal, Fault::ResetAfter, "getSubscription").await;
    world.marketplace.add_fault(FaultRule { times: 1_000, ..FaultRule::once(Fault::NotFound, "getSubscription") });
    for _ in 0..3 {
        world.advance(Duration::minutes(1));
        assert!(step(&world.backend).await.is_err(), "it may be shown in a moment");
    }
    assert!(!world.open().await[0].settled);
    world.advance(Duration::minutes(5));
    assert!(step(&world.backend).await.unwrap());
    assert_eq!(world.state(token).await, WriteState::Unknown, "nothing is claimed");
    let shown = world.open().await;
    assert!(
        shown[0].settled && shown[0].problem.as_deref().unwrap().contains("does not show it any more"),
        "{shown:?}"
    );
    let row = activity::page(&world.backend, None, 1).await.unwrap().remove(0);
    assert!(row.note.is_some_and(|note| note.contains("does not show it any more")));
    world.marketplace.clear_faults();
    world.ask(&wish, Uuid::new_v4()).await.unwrap();
    assert!(world.open().await.is_empty(), "it was made again");
}
