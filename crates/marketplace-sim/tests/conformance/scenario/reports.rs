//! Reports of every format, in every status.

use crate::stage::Stage;
use marketplace::ReportFilter;
use marketplace::models::{Report, ReportFormat, ReportRequest, ReportStatus, ReportType};
use marketplace_sim::{Fault, FaultRule};
use time::Duration;

pub(super) async fn play(stage: &Stage) {
    let all = stage.client.reports(&ReportFilter::default()).await.unwrap();
    let mut made = all.clone();
    for format in ReportFormat::LISTED.iter().filter(|format| **format != ReportFormat::Unknown) {
        made.extend(grow(stage, &request(stage, &all[0], Some(format.clone()))).await);
    }
    let bare = ReportRequest { end_date: None, customization_name: None, ..request(stage, &all[0], None) };
    stage.simulator.add_fault(FaultRule::once(Fault::ProvisioningFailed, "createReport"));
    made.extend(grow(stage, &bare).await);
    for report in all {
        made.push(stage.client.report(&report.id).await.unwrap());
    }
    let seen = |status: &ReportStatus| made.iter().any(|report| report.status.as_ref() == Some(status));
    let missing: Vec<_> = ReportStatus::LISTED.iter().filter(|status| !seen(status)).collect();
    assert_eq!(missing, [&ReportStatus::Unknown]);
    for filter in filters(&made[0]) {
        assert!(!stage.client.reports(&filter).await.unwrap().is_empty(), "nothing passes {filter:?}");
    }
}

fn request(stage: &Stage, like: &Report, format: Option<ReportFormat>) -> ReportRequest {
    ReportRequest {
        name: like.name.clone(),
        customization_name: Some("Short".into()),
        format,
        start_date: Some(stage.simulator.now() - Duration::days(30)),
        end_date: Some(stage.simulator.now()),
    }
}

/// The report just asked for, while it is made, and when it is done.
async fn grow(stage: &Stage, request: &ReportRequest) -> Vec<Report> {
    let submitted = stage.client.create_report(request).await.unwrap().value;
    let id = submitted.id.clone();
    let mut seen = vec![submitted];
    for seconds in [0, 4, 8] {
        stage.simulator.advance(Duration::seconds(seconds));
        seen.push(stage.client.report(&id).await.unwrap());
    }
    seen
}

fn filters(some: &Report) -> Vec<ReportFilter> {
    let day = some.creation_date.unwrap().date();
    let mut filters = vec![
        ReportFilter { name: some.name.clone(), ..ReportFilter::default() },
        ReportFilter { from: Some(day), ..ReportFilter::default() },
        ReportFilter { to: Some(day), ..ReportFilter::default() },
    ];
    let formats = ReportFormat::LISTED.iter().filter(|format| **format != ReportFormat::Unknown);
    filters.extend(formats.map(|format| ReportFilter { format: Some(format.clone()), ..ReportFilter::default() }));
    let statuses = ReportStatus::LISTED.iter().filter(|status| **status != ReportStatus::Unknown);
    filters.extend(statuses.map(|status| ReportFilter { status: Some(status.clone()), ..ReportFilter::default() }));
    let types = ReportType::LISTED.iter().filter(|kind| **kind != ReportType::Unknown);
    filters.extend(types.map(|kind| ReportFilter { kind: Some(kind.clone()), ..ReportFilter::default() }));
    filters
}
