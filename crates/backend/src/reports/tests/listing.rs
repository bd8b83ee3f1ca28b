use crate::list::ListRequest;
use crate::reports::{ReportFilter, known_names, page};
use crate::test_support::{START, backend};
use crate::{Backend, sync};
use domain::ReportId;
use marketplace::models::{Report, ReportFormat, ReportStatus, ReportType};
use sqlx::PgPool;
use time::macros::date;
use time::{Date, Duration};

async fn store(backend: &Backend, id: &str, name: &str, format: ReportFormat, days: (Date, Date), age: Duration) {
    let report = Report {
        name: Some(name.to_owned()),
        status: Some(ReportStatus::Completed),
        kind: Some(ReportType::Onetime),
        format: Some(format),
        creation_date: Some(START - age),
        start_date: Some(days.0.midnight().assume_utc()),
        end_date: Some(days.1.midnight().assume_utc()),
        ..Report::new(ReportId::from(id))
    };
    let mut db = backend.pool.acquire().await.unwrap();
    sync::store_report(&mut db, &report, None, START).await.unwrap();
}

async fn three(pool: PgPool) -> Backend {
    let backend = backend(pool);
    let january = (date!(2026 - 01 - 01), date!(2026 - 01 - 31));
    let february = (date!(2026 - 02 - 01), date!(2026 - 02 - 28));
    store(&backend, "a", "Usage", ReportFormat::Csv, january, Duration::days(30)).await;
    store(&backend, "b", "Billing", ReportFormat::Xlsx, february, Duration::days(1)).await;
    store(&backend, "c", "Usage", ReportFormat::Csv, february, Duration::days(2)).await;
    backend
}

async fn ids(backend: &Backend, filter: ReportFilter) -> Vec<String> {
    let page = page(backend, &ListRequest::default(), &filter).await.unwrap();
    page.rows.into_iter().map(|row| row.id).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_newest_report_comes_first(pool: PgPool) {
    let backend = three(pool).await;
    assert_eq!(ids(&backend, ReportFilter::default()).await, ["b", "c", "a"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn reports_are_found_by_name_format_and_the_days_they_cover(pool: PgPool) {
    let backend = three(pool).await;
    let search = ReportFilter { search: Some("usa".to_owned()), ..ReportFilter::default() };
    assert_eq!(ids(&backend, search).await, ["c", "a"]);
    let xlsx = ReportFilter { format: Some("xlsx".to_owned()), ..ReportFilter::default() };
    assert_eq!(ids(&backend, xlsx).await, ["b"]);
    let from_february = ReportFilter { from: Some(date!(2026 - 02 - 01)), ..ReportFilter::default() };
    assert_eq!(ids(&backend, from_february).await, ["b", "c"]);
    let until_january = ReportFilter { to: Some(date!(2026 - 01 - 31)), ..ReportFilter::default() };
    assert_eq!(ids(&backend, until_january).await, ["a"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_name_used_before_is_offered_once(pool: PgPool) {
    let backend = three(pool).await;
    assert_eq!(known_names(&backend).await.unwrap(), ["Billing", "Usage"]);
}
