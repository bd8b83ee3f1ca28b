//! Usage reports: the list, scheduling one, and one report's page with what is in it.

mod server_fns;

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod detail_page;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod new_page;
#[cfg(feature = "ssr")]
mod period;
#[cfg(feature = "ssr")]
mod preview_table;
#[cfg(feature = "ssr")]
mod progress;
#[cfg(feature = "ssr")]
mod timeline;

pub use server_fns::ScheduleReport;

#[cfg(feature = "ssr")]
pub(crate) use detail_page::ReportPage;
#[cfg(feature = "ssr")]
pub(crate) use list_page::ReportsPage;
#[cfg(feature = "ssr")]
pub(crate) use new_page::NewReportPage;
