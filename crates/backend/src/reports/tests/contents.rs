use super::{World, client, october};
use crate::Error;
use crate::reports::track::look_at_next;
use crate::reports::{download, get, preview, schedule};
use crate::staff::Staff;
use crate::test_support::staff;
use domain::{Permission, ReportId, Role};
use futures::TryStreamExt;
use sqlx::PgPool;
use time::Duration;

/// A completed report and the person who asked for it.
async fn completed(world: &World, format: &str) -> (String, Staff) {
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october(format)).await.unwrap();
    world.advance(Duration::minutes(1));
    assert!(look_at_next(&world.backend).await.unwrap());
    (id, manager)
}

/// The file as the marketplace's host gives it, fetched without Seatboard.
async fn at_the_marketplace(world: &World, id: &str) -> Vec<u8> {
    let client = client(&world.marketplace);
    let address = client.report(&ReportId::from(id)).await.unwrap().download_url.unwrap();
    let file = client.download_report(&address, None).await.unwrap();
    file.content.try_collect::<Vec<_>>().await.unwrap().concat()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_download_is_byte_for_byte_what_the_marketplace_has(pool: PgPool) {
    let world = World::new(pool).await;
    for (format, content_type) in [("csv", "text/csv; charset=utf-8"), ("json", "application/json")] {
        let (id, manager) = completed(&world, format).await;
        let file = download(&world.backend, &manager, &id).await.unwrap();
        assert_eq!(file.name, format!("Billing-details-2026-10-01-2026-10-31.{format}"));
        assert_eq!(file.content_type, content_type);
        let bytes = file.content.try_collect::<Vec<_>>().await.unwrap().concat();
        assert!(!bytes.is_empty());
        assert_eq!(bytes, at_the_marketplace(&world, &id).await);
    }
    assert_eq!(world.trail().await.iter().filter(|action| *action == "report.downloaded").count(), 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_preview_shows_the_rows_and_is_recorded_once_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, manager) = completed(&world, "csv").await;
    let shown = preview(&world.backend, &manager, &id, 0).await.unwrap().unwrap();
    let text = String::from_utf8(at_the_marketplace(&world, &id).await).unwrap();
    let first_line = text.lines().next().unwrap();
    let names: Vec<_> = shown.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names.join(","), first_line);
    assert_eq!(shown.rows.len(), (text.lines().count() - 1).min(200));
    preview(&world.backend, &manager, &id, 0).await.unwrap();
    let previews = async |world: &World| world.trail().await.iter().filter(|a| *a == "report.previewed").count();
    assert_eq!(previews(&world).await, 1);
    world.advance(Duration::DAY);
    preview(&world.backend, &manager, &id, 0).await.unwrap();
    assert_eq!(previews(&world).await, 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_comma_separated_reports_are_previewed(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, manager) = completed(&world, "xlsx").await;
    assert_eq!(preview(&world.backend, &manager, &id, 0).await.unwrap(), None);
    assert!(!world.trail().await.contains(&"report.previewed".to_owned()));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_sees_the_report_but_not_what_is_in_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = completed(&world, "csv").await;
    let technician = staff(&world.backend, Role::Technician).await;
    get(&world.backend, &id).await.unwrap();
    let (looked, fetched) =
        (preview(&world.backend, &technician, &id, 0).await, download(&world.backend, &technician, &id).await);
    assert!(matches!(looked, Err(Error::Forbidden(Permission::ViewCosts))), "{looked:?}");
    assert!(matches!(fetched, Err(Error::Forbidden(Permission::ViewCosts))), "{fetched:?}");
    assert_eq!(world.marketplace.stats().calls.get("downloadReport"), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_report_has_no_file_before_it_is_completed_nor_after_ninety_days(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = schedule(&world.backend, &manager, october("csv")).await.unwrap();
    let early = download(&world.backend, &manager, &id).await;
    assert!(matches!(&early, Err(Error::Conflict(text)) if text.contains("not completed")), "{early:?}");
    world.advance(Duration::days(90));
    let late = download(&world.backend, &manager, &id).await;
    assert!(matches!(&late, Err(Error::Conflict(text)) if text.contains("90 days")), "{late:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_address_of_a_file_is_kept_nowhere(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, manager) = completed(&world, "csv").await;
    preview(&world.backend, &manager, &id, 0).await.unwrap();
    download(&world.backend, &manager, &id).await.unwrap();
    let kept = format!(
        "{:?} {:?}",
        get(&world.backend, &id).await.unwrap(),
        crate::activity::page(&world.backend, None, 100).await.unwrap()
    );
    assert!(!kept.contains("sig=") && !kept.contains("http"), "{kept}");
}
