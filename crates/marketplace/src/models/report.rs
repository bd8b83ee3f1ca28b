//! Usage reports.

use super::Confidential;
use super::model::{model, wire_enum};
use domain::ReportId;
use time::OffsetDateTime;

wire_enum! {
    /// How far a report is.
    pub enum ReportStatus {
        /// Waiting.
        Submitted = "submitted",
        /// Being made.
        Processing = "processing",
        /// Failed.
        Error = "error",
        /// Ready to download.
        Completed = "completed",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// What made a report.
    pub enum ReportType {
        /// A schedule.
        Periodic = "periodic",
        /// A daily schedule.
        Daily = "daily",
        /// A monthly schedule.
        Monthly = "monthly",
        /// A request.
        Onetime = "onetime",
        /// An invoice.
        OnInvoice = "on_invoice",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// The file format of a report. Answers write it in upper case at times; requests are in lower case.
    pub enum ReportFormat {
        /// Comma-separated values.
        Csv = "csv",
        /// XML.
        Xml = "xml",
        /// A spreadsheet.
        Xlsx = "xlsx",
        /// JSON.
        Json = "json",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

model! {
    /// A report (`GET /reports`, `GET /reports/{id}`).
    pub struct Report {
        required {
            /// Given by the marketplace.
            pub id: ReportId,
        }
        /// The name it is configured under at the marketplace.
        pub name: Option<String>,
        /// The variant of it.
        pub customization_name: Option<String>,
        /// How far it is.
        pub status: Option<ReportStatus>,
        /// What made it.
        #[serde(rename = "type")]
        pub kind: Option<ReportType>,
        /// The file's format.
        pub format: Option<ReportFormat>,
        /// When it was asked for.
        pub creation_date: Option<OffsetDateTime>,
        /// The beginning of what it covers.
        pub start_date: Option<OffsetDateTime>,
        /// The end of what it covers.
        pub end_date: Option<OffsetDateTime>,
        /// Where the file is; signed, so whoever has it can read the file. Only when completed, and not in every list.
        pub download_url: Option<Confidential>,
    }
}

model! {
    /// A report to make once (`POST /reports`).
    pub struct ReportRequest {
        /// The name it is configured under at the marketplace; demanded.
        pub name: Option<String>,
        /// The variant of it.
        pub customization_name: Option<String>,
        /// The file's format.
        pub format: Option<ReportFormat>,
        /// The beginning of what it covers; demanded.
        pub start_date: Option<OffsetDateTime>,
        /// The end of what it covers; now, when absent (assumed).
        pub end_date: Option<OffsetDateTime>,
    }
}
