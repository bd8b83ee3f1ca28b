use super::{World, october};
use crate::list::ListRequest;
use crate::reports::{NewReport, ReportFilter, get, page, schedule};
use crate::test_support::{backend, staff};
use crate::{Error, activity};
use domain::{Permission, Role};
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_scheduled_report_is_in_the_list_with_who_asked_for_it(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october("csv")).await.unwrap();
    let report = get(&world.backend, &id).await.unwrap();
    assert_eq!((report.name.as_str(), report.status.as_str()), ("Billing details", "submitted"));
    assert_eq!(report.requested_by, Some(manager.name));
    assert_eq!(world.trail().await, ["report.requested", "report.scheduled"]);
    let rows = activity::of_subject(&world.backend, "report", &id, 10).await.unwrap();
    assert!(rows[0].correlation_id.is_some());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn neither_viewer_nor_technician_can_schedule_a_report(pool: PgPool) {
    let world = World::new(pool).await;
    for role in [Role::Viewer, Role::Technician] {
        let person = staff(&world.backend, role).await;
        let refused = schedule(&world.backend, &person, october("csv")).await;
        assert!(matches!(refused, Err(Error::Forbidden(Permission::ScheduleReports))), "{refused:?}");
    }
    assert_eq!(world.marketplace.stats().reports_created, 0);
    assert_eq!(world.trail().await, [""; 0]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn posting_the_same_form_twice_schedules_one_report(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let form = october("csv");
    let first = schedule(&world.backend, &manager, form.clone()).await.unwrap();
    let second = schedule(&world.backend, &manager, form).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(world.marketplace.stats().reports_created, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_posts_of_one_form_at_the_same_time_schedule_one_report(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let form = october("csv");
    let (one, other) = tokio::join!(
        schedule(&world.backend, &manager, form.clone()),
        schedule(&world.backend, &manager, form.clone())
    );
    assert!(one.is_ok() || other.is_ok());
    assert_eq!(world.marketplace.stats().reports_created, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_whose_outcome_is_unknown_is_recorded_and_never_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Html504After, "createReport"));
    world.marketplace.add_fault(FaultRule { times: 2, ..FaultRule::once(Fault::Maintenance503, "getReports") });
    let form = october("csv");
    for _ in 0..2 {
        let answer = schedule(&world.backend, &manager, form.clone()).await;
        assert!(matches!(&answer, Err(Error::Unknown(text)) if text.contains("may or may not")), "{answer:?}");
    }
    assert_eq!(world.marketplace.stats().reports_created, 1);
    assert_eq!(world.trail().await, ["report.requested", "report.outcome_unknown"]);
    let listed = page(&world.backend, &ListRequest::default(), &ReportFilter::default()).await.unwrap();
    assert_eq!(listed.rows.len(), 0);
    let found = schedule(&world.backend, &manager, form.clone()).await.unwrap();
    assert_eq!(get(&world.backend, &found).await.unwrap().requested_by, Some(manager.name));
    assert_eq!(world.marketplace.stats().reports_created, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_that_the_marketplace_refused_can_be_corrected_and_posted_again(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let form = october("csv");
    let misnamed = NewReport { name: "Biling details".to_owned(), ..form.clone() };
    let refused = schedule(&world.backend, &manager, misnamed).await;
    assert!(matches!(&refused, Err(Error::Marketplace(_))), "{refused:?}");
    schedule(&world.backend, &manager, form).await.unwrap();
    assert_eq!(world.trail().await, ["report.requested", "report.refused", "report.requested", "report.scheduled"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_is_recorded_while_no_marketplace_is_connected(pool: PgPool) {
    let backend = backend(pool);
    let manager = staff(&backend, Role::AccountManager).await;
    let form = NewReport { from: "2026-02-01".into(), to: "2026-02-28".into(), ..october("csv") };
    assert!(matches!(schedule(&backend, &manager, form).await, Err(Error::NotConnected)));
    assert!(activity::page(&backend, None, 10).await.unwrap().is_empty());
}
