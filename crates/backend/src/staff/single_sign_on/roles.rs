//! Which groups at the provider give which role here.

use domain::{Permission, Role};
use oidc::Identity;

/// A claim of which each value can give a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMapping {
    claim: String,
    roles: Vec<(String, Role)>,
}

/// What is wrong with a mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRoles {
    /// A part is no pair.
    #[error("`{0}` is no pair such as seatboard-admins=admin")]
    Pair(String),
    /// There is no such role.
    #[error("`{0}` is no role; there are viewer, technician, reports_manager, account_manager, approver and admin")]
    Role(String),
    /// It says twice what a group gives.
    #[error("`{0}` is there twice")]
    Twice(String),
}

impl RoleMapping {
    /// Of pairs `group=role`, separated by commas.
    pub fn new(claim: &str, pairs: &str) -> Result<Self, InvalidRoles> {
        let mut roles: Vec<(String, Role)> = Vec::new();
        for pair in pairs.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            // Names of groups can hold an equals sign, those of roles cannot.
            let parts = pair.rsplit_once('=').map(|(group, role)| (group.trim(), role.trim()));
            let Some((group, role)) = parts.filter(|(group, _)| !group.is_empty()) else {
                return Err(InvalidRoles::Pair(pair.to_owned()));
            };
            if roles.iter().any(|(known, _)| known == group) {
                return Err(InvalidRoles::Twice(group.to_owned()));
            }
            roles.push((group.to_owned(), role.parse().map_err(|_| InvalidRoles::Role(role.to_owned()))?));
        }
        Ok(Self { claim: claim.to_owned(), roles })
    }

    /// The claim that names the groups.
    pub fn claim(&self) -> &str {
        &self.claim
    }

    /// The role that one of their groups gives; of several the one that allows most.
    pub(super) fn role_of(&self, identity: &Identity) -> Option<Role> {
        let groups = identity.texts(&self.claim);
        self.roles
            .iter()
            .filter(|(group, _)| groups.contains(&group.as_str()))
            .map(|(_, role)| *role)
            .max_by_key(|role| power(*role))
    }
}

fn power(role: Role) -> usize {
    Permission::ALL.into_iter().filter(|permission| role.may(*permission)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn role(groups: Value) -> Option<Role> {
        let mapping = RoleMapping::new("groups", "cn=admins,ou=it=admin, sales = account_manager").unwrap_err();
        assert_eq!(mapping, InvalidRoles::Role("admins".to_owned()), "a comma separates, also within a group's name");
        let mapping =
            RoleMapping::new("groups", "cn=admins=admin, sales = account_manager,help desk=technician,").unwrap();
        let claims = [("groups".to_owned(), groups)].into_iter().collect();
        mapping.role_of(&Identity { subject: "ana-1".to_owned(), claims })
    }

    #[test]
    fn of_several_groups_the_one_with_the_most_power_counts() {
        assert_eq!(role(json!(["help desk", "sales", "others"])), Some(Role::AccountManager));
        assert_eq!(role(json!("cn=admins")), Some(Role::Admin));
    }

    #[test]
    fn a_group_counts_only_by_its_whole_name() {
        for none in
            [json!([]), json!(["Sales", "sale", "sales "]), json!({ "sales": true }), json!(null), json!([["sales"]])]
        {
            assert_eq!(role(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_mapping_is_named() {
        for (pairs, problem) in [
            ("sales", InvalidRoles::Pair("sales".to_owned())),
            ("=admin", InvalidRoles::Pair("=admin".to_owned())),
            ("sales=boss", InvalidRoles::Role("boss".to_owned())),
            ("sales=admin,sales=viewer", InvalidRoles::Twice("sales".to_owned())),
        ] {
            assert_eq!(RoleMapping::new("groups", pairs), Err(problem), "{pairs}");
        }
    }
}
