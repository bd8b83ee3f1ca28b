use super::NewReport;
use super::new_report::Checked;
use crate::staff::Staff;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Result};
use domain::Permission;
use serde_json::{Value, json};

/// Has the marketplace make the report once (`POST /reports`) and answers with its id.
///
/// Posting the same form again answers with the same report. A call whose outcome is unknown is never repeated: it fails
/// with [`Error::Unknown`](crate::Error::Unknown), and the report is looked for.
pub async fn schedule(backend: &Backend, staff: &Staff, new: NewReport) -> Result<String> {
    staff.require(Permission::ScheduleReports)?;
    let now = backend.clock.now();
    let checked = new.check(now.date())?;
    let wish = Wish {
        form_token: new.form_token,
        kind: Kind::ReportSchedule,
        subject_id: None,
        customer_id: None,
        request: Request::ScheduleReport { report: checked.request(now) },
        before: None,
        after: Some(checked.facts()),
    };
    writes::carry_out(backend, staff, wish).await
}

impl Checked {
    fn facts(&self) -> Value {
        json!({
            "name": self.name,
            "format": self.format,
            "from": self.from.to_string(),
            "to": self.to.to_string(),
        })
    }
}
