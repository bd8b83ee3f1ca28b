//! Sets of permissions, and which of them make sense together.

use crate::Permission;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u32);

impl Permissions {
    /// Whether the permission is one of them.
    pub fn may(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// All of it in one number, to see whether it is what it was.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Those in the set, in the order people are shown them.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.may(*permission))
    }

    /// Whether it includes what an order takes, of one kind or another.
    pub fn may_order(self) -> bool {
        Permission::OF_ORDERS.into_iter().any(|permission| self.may(permission))
    }

    /// Whether every one of the others is in it.
    pub fn covers(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Why a role that an admin makes cannot have just these: each permission that does not go, with the remedy.
    pub fn problems(self) -> Vec<(Permission, String)> {
        self.iter().filter_map(|permission| self.problem(permission).map(|why| (permission, why))).collect()
    }

    fn problem(self, permission: Permission) -> Option<String> {
        if permission.is_for_admins_only() {
            return Some(format!("Only an admin may {}: leave it out", permission.description()));
        }
        if let Some(missing) = needs(permission).iter().find(|needed| !self.may(**needed)) {
            let (this, that) = (permission.description(), missing.description());
            return Some(format!("Whoever may {this} has to be able to {that}: tick that too, or leave this out"));
        }
        (permission == Permission::ApproveOrders && !self.may_order()).then(|| {
            "Nobody approves what they may not do themselves: tick changing seats, placing orders or managing subscriptions \
             too, or leave this out"
                .to_owned()
        })
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<T: IntoIterator<Item = Permission>>(permissions: T) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | bit(permission)))
    }
}

impl Permission {
    /// The stable name used in storage and in forms.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// The permission of that name.
    pub fn named(name: &str) -> Option<Self> {
        let name: StrDeserializer<'_, Error> = name.into_deserializer();
        Self::deserialize(name).ok()
    }

    /// Whether no role but the admin's may have it.
    pub fn is_for_admins_only(self) -> bool {
        self == Self::ManageRoles
    }

    /// Whether whoever changes something by it must have proved just before that it is them: a session that somebody left
    /// open is not enough.
    pub fn needs_fresh_proof(self) -> bool {
        match self {
            Self::WriteInConsole
            | Self::ManageConnection
            | Self::ManageApprovals
            | Self::ManageStaff
            | Self::ManageSessions
            | Self::ManageRoles => true,
            Self::Browse
            | Self::ViewCosts
            | Self::ChangeSeats
            | Self::PlaceOrders
            | Self::ScheduleReports
            | Self::ViewActivity
            | Self::ManageSubscriptions
            | Self::EditCustomers
            | Self::EditResellers
            | Self::UseConsole
            | Self::ApproveOrders => false,
        }
    }
}

/// What makes no sense, or gives away more than it says, without the others.
fn needs(permission: Permission) -> &'static [Permission] {
    match permission {
        Permission::Browse => &[],
        Permission::UseConsole | Permission::ScheduleReports => &[Permission::Browse, Permission::ViewCosts],
        Permission::WriteInConsole => &[Permission::Browse, Permission::UseConsole],
        _ => &[Permission::Browse],
    }
}

fn bit(permission: Permission) -> u32 {
    1 << (permission as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;
    use proptest::prelude::*;

    fn any_permissions() -> impl Strategy<Value = Permissions> {
        proptest::collection::vec(proptest::sample::select(Permission::ALL.to_vec()), 0..20)
            .prop_map(|permissions| permissions.into_iter().collect())
    }

    #[test]
    fn a_permission_is_read_from_its_own_name() {
        for permission in Permission::ALL {
            assert_eq!(Permission::named(&permission.name()), Some(permission));
        }
        assert_eq!(Permission::named("DoAnything"), None);
    }

    #[test]
    fn every_built_in_role_but_the_admins_could_be_made() {
        for role in Role::ALL {
            assert_eq!(role.permissions().problems().is_empty(), role != Role::Admin, "{role}");
        }
    }

    #[test]
    fn what_only_admins_may_needs_a_fresh_proof_but_for_the_resellers() {
        let sensitive: Vec<Permission> = Permission::ALL.into_iter().filter(|one| one.needs_fresh_proof()).collect();
        let of_admins = Permission::ALL.into_iter().filter(|one| !Role::AccountManager.may(*one));
        let expected: Vec<Permission> = of_admins.filter(|one| *one != Permission::EditResellers).collect();
        assert_eq!(sensitive, expected);
    }

    #[test]
    fn nobody_orders_who_does_not_see_customers() {
        let alone: Permissions = [Permission::PlaceOrders].into_iter().collect();
        let problems = alone.problems();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].1.contains("see customers"), "{}", problems[0].1);
    }

    #[test]
    fn each_permission_of_orders_is_enough_to_order_and_no_other_is() {
        for permission in Permission::ALL {
            let alone: Permissions = [permission].into_iter().collect();
            assert_eq!(alone.may_order(), Permission::OF_ORDERS.contains(&permission), "{permission:?}");
        }
    }

    #[test]
    fn whoever_approves_may_do_something_that_is_approved() {
        let some: Permissions = [Permission::Browse, Permission::ApproveOrders].into_iter().collect();
        assert_eq!(some.problems().first().map(|(permission, _)| *permission), Some(Permission::ApproveOrders));
        let more: Permissions = some.iter().chain([Permission::ChangeSeats]).collect();
        assert_eq!(more.problems(), []);
    }

    proptest! {
        #[test]
        fn a_set_has_what_was_put_into_it_and_nothing_else(permissions in any_permissions()) {
            let again: Permissions = permissions.iter().collect();
            prop_assert_eq!(again, permissions);
            for permission in Permission::ALL {
                prop_assert_eq!(permissions.iter().any(|one| one == permission), permissions.may(permission));
            }
        }

        #[test]
        fn a_role_without_problems_never_uses_the_console_without_seeing_costs(permissions in any_permissions()) {
            if permissions.problems().is_empty() {
                prop_assert!(!permissions.may(Permission::UseConsole) || permissions.may(Permission::ViewCosts));
                prop_assert!(!permissions.may(Permission::WriteInConsole) || permissions.may(Permission::UseConsole));
                prop_assert!(permissions == Permissions::default() || permissions.may(Permission::Browse));
                prop_assert!(!permissions.may(Permission::ManageRoles));
            }
        }

        #[test]
        fn a_set_covers_what_it_has_all_of(one in any_permissions(), other in any_permissions()) {
            prop_assert_eq!(one.covers(other), other.iter().all(|permission| one.may(permission)));
        }
    }
}
