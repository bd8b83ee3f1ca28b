//! What a list tells of each of its rows, column by column.

use super::Cell;
use crate::staff::Staff;
use domain::Permission;

/// A column of a list: one place for what stands above it and what stands in it.
pub(crate) struct Column<T> {
    /// What stands above it. People's own spreadsheets look for it, so it stays as it is.
    pub(crate) heading: &'static str,
    /// What stands in it, of a row.
    pub(crate) cell: fn(&T) -> Cell,
    /// It tells what the reseller pays or earns.
    tells_costs: bool,
}

impl<T> Column<T> {
    /// A column for whoever may see the list.
    pub(crate) const fn new(heading: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { heading, cell, tells_costs: false }
    }

    /// A column for those of them who may see what the reseller pays and earns.
    pub(crate) const fn of_costs(heading: &'static str, cell: fn(&T) -> Cell) -> Self {
        Self { heading, cell, tells_costs: true }
    }

    /// Whether the staff member may see it, who may see the list.
    pub(super) fn is_for(&self, staff: &Staff) -> bool {
        !self.tells_costs || staff.role.may(Permission::ViewCosts)
    }
}
