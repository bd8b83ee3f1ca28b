//! What people read of a marketplace that is away.

use super::Away;
use marketplace::Fault;
use time::OffsetDateTime;
use time::macros::format_description;

/// Since when, as a sentence without a full stop.
pub(crate) fn since(away: &Away) -> String {
    format!("the marketplace has not answered since {}", moment(away.since))
}

/// What a call met, in words without a full stop. Never what the other side wrote.
pub(super) fn fault(fault: Fault, status: Option<u16>) -> String {
    let what = match fault {
        Fault::NoConnection => "no connection to it can be made",
        Fault::BrokenOff => "it breaks the connection off",
        Fault::NoAnswer => "it does not answer in time",
        Fault::Unavailable => "its proxy says that it is not available",
        Fault::Trouble => "it answers with an error of its own",
        Fault::Unreadable => "its answers cannot be read",
    };
    status.map_or_else(|| what.to_owned(), |status| format!("{what} (HTTP {status})"))
}

/// `23 Nov 2026, 14:02 UTC`, as the pages write it.
pub(crate) fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    at.format(format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute] UTC"))
        .unwrap_or_default()
}
