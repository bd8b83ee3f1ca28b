//! Whether the seats can be changed now, and by this person. The page explains; the change itself checks again.

use super::reading::without_seats;
use crate::format;
use backend::order_log::LoggedOrder;
use backend::orders::IntentLine;
use backend::subscriptions::Subscription;
use domain::{Permission, Permissions};

/// Why the seats cannot be changed; `None` where they can.
pub(super) fn refusal(
    role: Permissions,
    subscription: &Subscription,
    under_way: Option<&LoggedOrder>,
) -> Option<String> {
    let Subscription { status, lines, detailed_at, .. } = subscription;
    if !role.may(Permission::ChangeSeats) {
        return Some("Your role does not let you change seats. Ask an admin.".to_owned());
    }
    if status != "active" {
        return Some(format!("Only active subscriptions can be changed; this one is {status}."));
    }
    if let Some(order) = under_way {
        let why = if order.status == "drafted" {
            "A change waits for approval. It has to be approved, rejected or withdrawn first."
        } else {
            "A change is under way. Wait until it is completed."
        };
        return Some(why.to_owned());
    }
    match (detailed_at, lines.is_empty()) {
        (None, _) => Some(without_seats(subscription).to_owned()),
        (Some(_), true) => Some("This subscription has no product lines.".to_owned()),
        (Some(_), false) => None,
    }
}

/// `12 → 15 seats under way`, for each line of a change; `asked` for one that waits for approval.
pub(super) fn in_words(kind: &str, lines: &[IntentLine], asked: bool) -> String {
    let does = if asked { "waits for approval" } else { "is under way" };
    match (kind, changed(lines)) {
        ("renewal", _) => format!("A renewal {does}"),
        ("cancellation", _) => format!("A cancellation {does}"),
        (_, lines) if lines.is_empty() => format!("A change {does}"),
        (_, lines) if asked => format!("{lines} asked for"),
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
