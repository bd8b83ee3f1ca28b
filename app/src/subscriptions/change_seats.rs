//! Whether the seats can be changed now, and by this person. The page explains; the change itself checks again.

use crate::format;
use backend::order_log::LoggedOrder;
use backend::orders::IntentLine;
use backend::subscriptions::Subscription;
use domain::{Permission, Role};

/// Why the seats cannot be changed; `None` where they can.
pub(super) fn refusal(role: Role, subscription: &Subscription, under_way: Option<&LoggedOrder>) -> Option<String> {
    let Subscription { status, lines, detailed_at, .. } = subscription;
    if !role.may(Permission::ChangeSeats) {
        return Some("Your role does not let you change seats. Ask an admin.".to_owned());
    }
    if status != "active" {
        return Some(format!("Only active subscriptions can be changed; this one is {status}."));
    }
    if under_way.is_some() {
        return Some("A change is under way. Wait until it is completed.".to_owned());
    }
    match (detailed_at, lines.is_empty()) {
        (None, _) => Some("Seats have not been read from the marketplace yet.".to_owned()),
        (Some(_), true) => Some("This subscription has no product lines.".to_owned()),
        (Some(_), false) => None,
    }
}

/// `12 → 15 seats under way`, for each line of a change.
pub(super) fn in_words(kind: &str, lines: &[IntentLine]) -> String {
    match (kind, changed(lines)) {
        ("renewal", _) => "A renewal is under way".to_owned(),
        ("cancellation", _) => "A cancellation is under way".to_owned(),
        (_, lines) if lines.is_empty() => "A change is under way".to_owned(),
        (_, lines) => format!("{lines} under way"),
    }
}

/// `12 → 8 seats with the renewal`, for each line of a change.
pub(super) fn with_the_renewal(lines: &[IntentLine]) -> String {
    match changed(lines) {
        lines if lines.is_empty() => "A change waits for the renewal".to_owned(),
        lines => format!("{lines} with the renewal"),
    }
}

fn changed(lines: &[IntentLine]) -> String {
    let changed = lines.iter().filter(|line| line.before != line.after);
    let words = changed.map(|line| format!("{} → {}", line.before, format::seats(line.after.get().into())));
    words.collect::<Vec<_>>().join(", ")
}
