//! Until when a seat change can be undone. The marketplace does not say; vendors' own rules do, and they are data.

use std::collections::BTreeMap;
use std::str::FromStr;
use time::{Duration, OffsetDateTime};

/// Days after an order during which a vendor takes seats back, by vendor name (compared without regard to case).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoWindows(BTreeMap<String, u16>);

impl UndoWindows {
    /// Until when seats added at `ordered_at` can be given back; `None` when nothing is known of the vendor.
    pub fn until(&self, vendor: &str, ordered_at: OffsetDateTime) -> Option<OffsetDateTime> {
        self.days(vendor).map(|days| ordered_at + Duration::days(i64::from(days)))
    }

    /// The vendor's window in days; `None` when nothing is known of the vendor.
    pub fn days(&self, vendor: &str) -> Option<u16> {
        self.0.get(&vendor.trim().to_lowercase()).copied()
    }
}

impl Default for UndoWindows {
    /// Microsoft's seat-based subscriptions: seven days.
    fn default() -> Self {
        Self(BTreeMap::from([("microsoft".to_owned(), 7)]))
    }
}

/// Reads `Vendor=days` pairs separated by commas: `Microsoft=7, Other Vendor=30`.
impl FromStr for UndoWindows {
    type Err = InvalidUndoWindows;

    fn from_str(text: &str) -> Result<Self, InvalidUndoWindows> {
        text.split(',')
            .map(str::trim)
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let invalid = || InvalidUndoWindows(pair.to_owned());
                let (vendor, days) = pair.split_once('=').ok_or_else(invalid)?;
                let vendor =
                    Some(vendor.trim().to_lowercase()).filter(|vendor| !vendor.is_empty()).ok_or_else(invalid)?;
                Ok((vendor, days.trim().parse().map_err(|_| invalid())?))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Not a `Vendor=days` pair.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not of the form Vendor=days")]
pub struct InvalidUndoWindows(String);

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_window_counts_from_the_order() {
        let windows: UndoWindows = "Microsoft=7, Acme Cloud = 30".parse().unwrap();
        let ordered = datetime!(2026-11-23 20:40 UTC);
        assert_eq!(windows.until("MICROSOFT", ordered), Some(datetime!(2026-11-30 20:40 UTC)));
        assert_eq!(windows.days("acme cloud"), Some(30));
        assert_eq!(windows.until("Somebody", ordered), None);
    }

    #[test]
    fn a_pair_that_is_not_one_is_named() {
        assert_eq!("Microsoft".parse::<UndoWindows>(), Err(InvalidUndoWindows("Microsoft".to_owned())));
        assert!("Microsoft=soon".parse::<UndoWindows>().is_err());
    }
}
