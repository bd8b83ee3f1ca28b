//! Periods.

use crate::state::{Period, Unit};
use marketplace::models;

/// As the models write it.
pub(crate) fn period(period: Period) -> models::Period {
    match period.unit {
        Unit::Month => models::Period::months(period.count.into()),
        Unit::Year => models::Period::years(period.count.into()),
    }
}

/// Whether a request means this period: the unit counts, twelve months are not one year.
pub(crate) fn same_period(asked: &models::Period, held: Period) -> bool {
    *asked == period(held)
}
