//! Usage reports.

use time::OffsetDateTime;
use uuid::Uuid;

/// A report, existing or being generated.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) id: Uuid,
    pub(crate) name: ReportName,
    pub(crate) customization: Option<String>,
    pub(crate) status: ReportStatus,
    pub(crate) kind: ReportType,
    pub(crate) format: ReportFormat,
    pub(crate) created: OffsetDateTime,
    pub(crate) from: OffsetDateTime,
    pub(crate) until: OffsetDateTime,
    /// Generating it is going to fail.
    pub(crate) fails: bool,
}

/// The reports that are set up at this marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportName {
    Billing,
    Invoices,
    Subscriptions,
    Resources,
    Orders,
}

impl ReportName {
    /// Every report.
    pub(crate) const ALL: [Self; 5] =
        [Self::Billing, Self::Invoices, Self::Subscriptions, Self::Resources, Self::Orders];

    /// As `POST /reports` expects it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Billing => "Billing details",
            Self::Invoices => "Invoice summary",
            Self::Subscriptions => "Subscriptions",
            Self::Resources => "Resource usage",
            Self::Orders => "Provisioned orders",
        }
    }
}

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportStatus {
    Submitted,
    Processing,
    Completed,
    Error,
}

/// What made a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportType {
    Periodic,
    Daily,
    Monthly,
    OneTime,
    OnInvoice,
}

/// A report's file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportFormat {
    Csv,
    Xml,
    Xlsx,
    Json,
}
