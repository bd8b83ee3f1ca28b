//! Invents the reports that exist already: of every type, status and format.

use super::Dice;
use crate::state::{Event, Report, ReportFormat, ReportName, ReportStatus, ReportType, State, midnight};
use time::{Duration, OffsetDateTime};
use uuid::Builder;

const FORMATS: [ReportFormat; 4] = [ReportFormat::Csv, ReportFormat::Xlsx, ReportFormat::Json, ReportFormat::Xml];

/// Adds the reports of the last three months, oldest first.
pub(super) fn invent(state: &mut State, seed: u64, now: OffsetDateTime) {
    let mut dice = Dice::new(seed, "reports");
    let today = midnight(now.date());
    for weeks in (1..=12).rev() {
        let created = today - Duration::weeks(weeks) + Duration::hours(4);
        let name = *dice.pick(&ReportName::ALL);
        let kind = *dice.pick(&[ReportType::Periodic, ReportType::OnInvoice, ReportType::Monthly]);
        let status = if weeks == 5 { ReportStatus::Error } else { ReportStatus::Completed };
        let format = FORMATS[usize::try_from(weeks).unwrap_or(0) % FORMATS.len()];
        add(state, &mut dice, (name, kind, format, status), created, Duration::days(30));
    }
    for days in (1..=5).rev() {
        let created = today - Duration::days(days) + Duration::hours(5);
        let what = (ReportName::Subscriptions, ReportType::Daily, ReportFormat::Csv, ReportStatus::Completed);
        add(state, &mut dice, what, created, Duration::DAY);
    }
    let made = [
        (ReportName::Billing, ReportType::OneTime, ReportFormat::Xlsx, ReportStatus::Completed),
        (ReportName::Resources, ReportType::OneTime, ReportFormat::Json, ReportStatus::Processing),
        (ReportName::Orders, ReportType::OneTime, ReportFormat::Csv, ReportStatus::Submitted),
    ];
    for (what, minutes) in made.into_iter().zip([50, 4, 1]) {
        add(state, &mut dice, what, now - Duration::minutes(minutes), Duration::days(31));
    }
    // These take long, so that every status can be seen for a while.
    let last = state.reports.len() - 1;
    state.schedule(now + Duration::minutes(20), Event::StartReport(last));
    state.schedule(now + Duration::minutes(40), Event::FinishReport(last - 1));
    state.schedule(now + Duration::minutes(60), Event::FinishReport(last));
}

fn add(
    state: &mut State,
    dice: &mut Dice,
    (name, kind, format, status): (ReportName, ReportType, ReportFormat, ReportStatus),
    created: OffsetDateTime,
    covers: Duration,
) {
    let until = midnight(created.date());
    state.reports.push(Report {
        id: Builder::from_random_bytes(dice.bytes()).into_uuid(),
        name,
        customization: None,
        status,
        kind,
        format,
        created,
        from: until - covers,
        until,
        fails: false,
    });
}
