//! Who may do what. Every server function asks for one [`Permission`]; a [`Role`] is a set of them.

use crate::Permissions;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One thing a person can be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// See customers, subscriptions, orders, the catalogue with its prices, and the list of reports.
    Browse,
    /// See what the reseller pays: costs and margins, and the reports that contain them.
    ViewCosts,
    /// Change the seats of an existing subscription.
    ChangeSeats,
    /// Place orders for new subscriptions.
    PlaceOrders,
    /// Schedule usage reports.
    ScheduleReports,
    /// See who did what.
    ViewActivity,
    /// Change how a subscription goes on: renewal, plan, prices, attributes, and its end.
    ManageSubscriptions,
    /// Create and change customers, hold and release them, say whose they are.
    EditCustomers,
    /// Create and change the resellers below this account.
    EditResellers,
    /// Ask the marketplace anything in the API console, without changing anything. Its answers show costs, so nobody may
    /// who may not see those.
    UseConsole,
    /// Make any change at the marketplace in the API console.
    WriteInConsole,
    /// Say how the marketplace is reached and who signs in there.
    ManageConnection,
    /// Approve what somebody else asked for, together with the permission that the order itself takes.
    ApproveOrders,
    /// Say which orders need a second person.
    ManageApprovals,
    /// Invite staff members, give them roles, disable them and let them set a new password.
    ManageStaff,
    /// See who is signed in where, and sign anybody out.
    ManageSessions,
    /// Make roles, say what each allows, and from which amount on orders take a proof.
    ManageRoles,
}

impl Permission {
    /// Every permission, in the order people are shown them.
    pub const ALL: [Self; 17] = [
        Self::Browse,
        Self::ViewCosts,
        Self::ChangeSeats,
        Self::PlaceOrders,
        Self::ScheduleReports,
        Self::ViewActivity,
        Self::ManageSubscriptions,
        Self::EditCustomers,
        Self::EditResellers,
        Self::UseConsole,
        Self::WriteInConsole,
        Self::ManageConnection,
        Self::ApproveOrders,
        Self::ManageApprovals,
        Self::ManageStaff,
        Self::ManageSessions,
        Self::ManageRoles,
    ];

    /// What orders take: each of them one of these.
    pub const OF_ORDERS: [Self; 3] = [Self::ChangeSeats, Self::PlaceOrders, Self::ManageSubscriptions];

    /// What it allows, completing "You may …".
    pub fn description(self) -> &'static str {
        match self {
            Self::Browse => "see customers, subscriptions, orders and the catalogue",
            Self::ViewCosts => "see costs and margins, and look at and download usage reports",
            Self::ChangeSeats => "change the seats of a subscription",
            Self::PlaceOrders => "place orders for new subscriptions",
            Self::ScheduleReports => "schedule usage reports",
            Self::ViewActivity => "see who did what",
            Self::ManageSubscriptions => "renew, switch, price and cancel subscriptions",
            Self::EditCustomers => "create and edit customers, hold and release them",
            Self::EditResellers => "create and edit resellers",
            Self::UseConsole => "ask the marketplace anything in the API console",
            Self::WriteInConsole => "change anything at the marketplace in the API console",
            Self::ManageConnection => "set up the connection to the marketplace",
            Self::ApproveOrders => "approve the orders of others",
            Self::ManageApprovals => "say which orders need approval",
            Self::ManageStaff => "invite staff members and change their roles",
            Self::ManageSessions => "see who is signed in and sign them out",
            Self::ManageRoles => "make roles, and say what they allow and which orders take a proof",
        }
    }
}

/// A role that is always there and never changes. Admins make others ([`crate::CustomRole`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks, touches nothing, sees no costs.
    Viewer,
    /// Also changes seats.
    Technician,
    /// Looks, sees costs, and schedules and reads reports.
    ReportsManager,
    /// Orders, approves, edits customers, manages subscriptions, schedules reports and sees costs.
    AccountManager,
    /// Orders and approves, and sees costs and who did what.
    Approver,
    /// Everything, the connection and the resellers included.
    Admin,
}

impl Role {
    /// Every role, in the order people are shown them.
    pub const ALL: [Self; 6] =
        [Self::Viewer, Self::Technician, Self::ReportsManager, Self::AccountManager, Self::Approver, Self::Admin];

    /// Whether the role includes the permission.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().may(permission)
    }

    /// What the role allows.
    pub fn permissions(self) -> Permissions {
        allowed(self).iter().copied().collect()
    }

    /// The stable name used in storage and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Technician => "technician",
            Self::ReportsManager => "reports_manager",
            Self::AccountManager => "account_manager",
            Self::Approver => "approver",
            Self::Admin => "admin",
        }
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::ReportsManager => "reports manager",
            Self::AccountManager => "account manager",
            other => other.as_str(),
        }
    }
}

/// What each role allows.
fn allowed(role: Role) -> &'static [Permission] {
    match role {
        Role::Viewer => &[Permission::Browse],
        Role::Technician => &[Permission::Browse, Permission::ChangeSeats],
        Role::ReportsManager => &[Permission::Browse, Permission::ViewCosts, Permission::ScheduleReports],
        Role::AccountManager => &[
            Permission::Browse,
            Permission::ViewCosts,
            Permission::ChangeSeats,
            Permission::PlaceOrders,
            Permission::ScheduleReports,
            Permission::ViewActivity,
            Permission::ManageSubscriptions,
            Permission::EditCustomers,
            Permission::UseConsole,
            Permission::ApproveOrders,
        ],
        Role::Approver => &[
            Permission::Browse,
            Permission::ViewCosts,
            Permission::ChangeSeats,
            Permission::PlaceOrders,
            Permission::ViewActivity,
            Permission::ManageSubscriptions,
            Permission::ApproveOrders,
        ],
        Role::Admin => &Permission::ALL,
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// No role has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role; use viewer, technician, reports_manager, account_manager, approver or admin")]
pub struct UnknownRole(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_roles_may_do_all_that_the_one_before_may() {
        for pair in [Role::Viewer, Role::Technician, Role::AccountManager, Role::Admin].windows(2) {
            for permission in Permission::ALL {
                assert!(!pair[0].may(permission) || pair[1].may(permission), "{} lost {permission:?}", pair[1]);
            }
        }
    }

    #[test]
    fn a_technician_changes_seats_but_neither_orders_nor_sees_costs() {
        assert!(Role::Technician.may(Permission::ChangeSeats));
        assert!(!Role::Technician.may(Permission::PlaceOrders));
        assert!(!Role::Technician.may(Permission::ViewCosts));
        assert!(!Role::Viewer.may(Permission::ChangeSeats));
    }

    #[test]
    fn a_reports_manager_sees_costs_and_touches_nothing_but_reports() {
        assert!(Role::ReportsManager.may(Permission::ViewCosts));
        for act in
            [Permission::ChangeSeats, Permission::PlaceOrders, Permission::ApproveOrders, Permission::EditCustomers]
        {
            assert!(!Role::ReportsManager.may(act), "{act:?}");
        }
    }

    #[test]
    fn an_approver_approves_without_editing_customers_or_managing_anything_here() {
        assert!(Role::Approver.may(Permission::ApproveOrders));
        for act in [Permission::EditCustomers, Permission::UseConsole, Permission::ManageStaff, Permission::ManageRoles]
        {
            assert!(!Role::Approver.may(act), "{act:?}");
        }
    }

    #[test]
    fn whoever_uses_the_console_may_see_the_costs_in_its_answers() {
        for role in Role::ALL {
            assert!(!role.may(Permission::UseConsole) || role.may(Permission::ViewCosts), "{role}");
            assert!(!role.may(Permission::WriteInConsole) || role.may(Permission::UseConsole), "{role}");
        }
    }

    #[test]
    fn whoever_approves_may_do_what_is_approved() {
        for role in Role::ALL.into_iter().filter(|role| role.may(Permission::ApproveOrders)) {
            assert!(Permission::OF_ORDERS.into_iter().all(|act| role.may(act)), "{role}");
        }
    }

    #[test]
    fn a_role_is_read_from_its_own_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("owner".parse::<Role>().is_err());
    }
}
