//! A report's file is for those who may see costs, and is saved, never shown.

use super::connected::{COMPLETED_REPORT, Connected};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, StatusCode};
use domain::{Permission, Role};
use marketplace_sim::Outage;
use sqlx::PgPool;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn those_who_may_see_costs_download_a_report_and_nobody_else_does(pool: PgPool) {
    let world = Connected::new(pool).await;
    let path = format!("/reports/{}/download", world.find(COMPLETED_REPORT).await);
    assert_eq!(world.site.nobody().get(&path).await.status, StatusCode::SEE_OTHER);
    for role in super::browser::ROLES {
        let answer = world.site.signed_in(role).await.get(&path).await;
        let allowed = role.may(Permission::ViewCosts);
        assert_eq!(answer.status, if allowed { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{role}");
        if allowed {
            let headers = &answer.headers;
            assert!(text(headers, header::CONTENT_DISPOSITION).starts_with("attachment;"));
            assert!(text(headers, header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"));
            assert_eq!(text(headers, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
            assert_eq!(text(headers, header::CACHE_CONTROL), "no-store");
            assert!(!answer.body.is_empty(), "the file itself");
        }
    }
    let trail = world.find("select count(*)::text from activity where action = 'report.downloaded'").await;
    assert_eq!(trail, "2", "one entry for each download");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_download_during_an_outage_is_refused_in_a_sentence(pool: PgPool) {
    let world = Connected::new(pool).await;
    let path = format!("/reports/{}/download", world.find(COMPLETED_REPORT).await);
    world.marketplace.set_outage(Some(Outage::Maintenance));
    let answer = world.site.signed_in(Role::Admin).await.get(&path).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.body.starts_with("The report could not be fetched"), "{}", answer.body);
    assert!(!answer.headers.contains_key(header::CONTENT_DISPOSITION), "a refusal is not saved as a report");
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
