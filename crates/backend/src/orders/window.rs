//! Until when a vendor takes a whole subscription back.

use crate::Backend;
use crate::subscriptions::Subscription;
use time::Date;

/// What is known of it. Vendors' rules are data ([`domain::UndoWindows`]), the start of the term comes from the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancellationWindow {
    /// Nothing is known of the vendor, or of the term.
    NotKnown,
    /// It is open up to this day.
    Open(Date),
    /// It closed on this day.
    Closed(Date),
}

/// The window of the term that runs now.
pub fn cancellation_window(backend: &Backend, subscription: &Subscription) -> CancellationWindow {
    let days = subscription.vendor.as_deref().and_then(|vendor| backend.undo_windows.days(vendor));
    let until = term_start(subscription).zip(days).map(|(start, days)| start + time::Duration::days(days.into()));
    match until {
        None => CancellationWindow::NotKnown,
        Some(day) if day < backend.clock.now().date() => CancellationWindow::Closed(day),
        Some(day) => CancellationWindow::Open(day),
    }
}

/// One term before the renewal; a subscription without a renewal is in its first term.
fn term_start(subscription: &Subscription) -> Option<Date> {
    let before_renewal = subscription.renews_on.zip(subscription.term.as_ref());
    match before_renewal {
        Some((day, term)) => term.before(day),
        None => subscription.created_on,
    }
}
