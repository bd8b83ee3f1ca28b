//! Reports.

use crate::state::{Report, ReportFormat, ReportStatus, ReportType};
use marketplace::models::{self, Confidential};

/// A report; formats are in upper case, as real answers have them.
pub(crate) fn report(report: &Report, download_url: Option<String>) -> models::Report {
    models::Report {
        name: Some(report.name.text().to_owned()),
        customization_name: report.customization.clone(),
        status: Some(status(report.status)),
        kind: Some(kind(report.kind)),
        format: Some(models::ReportFormat::Other(format(report.format).to_uppercase())),
        creation_date: report.created.replace_nanosecond(0).ok(),
        start_date: report.from.replace_nanosecond(0).ok(),
        end_date: report.until.replace_nanosecond(0).ok(),
        download_url: download_url.map(Confidential::new),
        ..models::Report::new(report.id.to_string())
    }
}

/// The format's name, which is also the file's extension.
pub(crate) fn format(format: ReportFormat) -> &'static str {
    match format {
        ReportFormat::Csv => "csv",
        ReportFormat::Xml => "xml",
        ReportFormat::Xlsx => "xlsx",
        ReportFormat::Json => "json",
    }
}

/// The status by the name filters use.
pub(crate) fn status(status: ReportStatus) -> models::ReportStatus {
    match status {
        ReportStatus::Submitted => models::ReportStatus::Submitted,
        ReportStatus::Processing => models::ReportStatus::Processing,
        ReportStatus::Completed => models::ReportStatus::Completed,
        ReportStatus::Error => models::ReportStatus::Error,
    }
}

/// The type by the name filters use.
pub(crate) fn kind(kind: ReportType) -> models::ReportType {
    match kind {
        ReportType::Periodic => models::ReportType::Periodic,
        ReportType::Daily => models::ReportType::Daily,
        ReportType::Monthly => models::ReportType::Monthly,
        ReportType::OneTime => models::ReportType::Onetime,
        ReportType::OnInvoice => models::ReportType::OnInvoice,
    }
}
