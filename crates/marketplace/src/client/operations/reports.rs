//! Reports. Their files are fetched by [`Client::download_report`].

use crate::client::call::Call;
use crate::client::{Answered, Client, Error, ReportFilter};
use crate::models::{Page, Report, ReportRequest};
use domain::ReportId;

impl Client {
    /// All reports that pass the filter (`GET /reports`); this list has no pages.
    pub async fn reports(&self, filter: &ReportFilter) -> Result<Vec<Report>, Error> {
        let call = Call::get("list reports", &["reports"]).with_query(filter.query());
        Ok(self.request::<Page<_>>(call).await?.value.data)
    }

    /// A report, with the address of its file when it is completed (`GET /reports/{id}`).
    pub async fn report(&self, id: &ReportId) -> Result<Report, Error> {
        Ok(self.request(Call::get("get report", &["reports", id.as_str()])).await?.value)
    }

    /// Has a report made once (`POST /reports`).
    pub async fn create_report(&self, report: &ReportRequest) -> Result<Answered<Report>, Error> {
        self.request(Call::create("create report", &["reports"], report)?).await
    }
}
