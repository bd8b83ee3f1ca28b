use crate::typed_amount::typed_amount;
use crate::{Error, FieldError, Result};
use domain::{CustomRole, Limits, Permission, Permissions};

const MAX_NAME_CHARS: usize = 60;

/// A role as it was typed; an empty limit is none.
#[derive(Clone, Debug, Default)]
pub struct RoleForm {
    /// The name people read.
    pub name: String,
    /// The name of each permission that was ticked.
    pub permissions: Vec<String>,
    /// The greatest value of one order.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// The most seats that one change adds.
    pub seats: String,
}

impl RoleForm {
    /// The role, or every field at fault at once. A permission's field is called `permission-` and its name.
    pub(super) fn check(&self, id: String) -> Result<CustomRole> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, message: String| faults.push(FieldError { field: field.to_owned(), message });
        let name = self.name.trim();
        if let Some(problem) = name_problem(name) {
            fault("name", problem);
        }
        let permissions: Permissions = self.permissions.iter().filter_map(|name| Permission::named(name)).collect();
        if permissions == Permissions::default() {
            let first = field_of(Permission::Browse);
            fault(&first, "Tick what the role allows; without anything it is of no use".to_owned());
        }
        for (permission, problem) in permissions.problems() {
            fault(&field_of(permission), problem);
        }
        let order_value = typed_amount(&self.amount, &self.currency, |field, message| fault(field, message.to_owned()));
        let seats = self.seats.trim();
        let seats_added: Option<u32> = seats.parse().ok();
        if !seats.is_empty() && seats_added.is_none() {
            fault("seats", "Enter a whole number of seats, such as 20, or leave it empty".to_owned());
        }
        let limits = Limits { order_value, seats_added };
        if faults.is_empty() {
            Ok(CustomRole { id, name: name.to_owned(), permissions, limits })
        } else {
            Err(Error::Invalid(faults))
        }
    }
}

fn field_of(permission: Permission) -> String {
    format!("permission-{}", permission.name())
}

fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("Enter a name, such as Licence desk".to_owned());
    }
    if name.chars().count() > MAX_NAME_CHARS || name.contains(char::is_control) {
        return Some(format!("Enter a name of at most {MAX_NAME_CHARS} characters on one line"));
    }
    let is_taken =
        |role: domain::Role| [role.label(), role.as_str()].iter().any(|taken| taken.eq_ignore_ascii_case(name));
    domain::Role::ALL
        .into_iter()
        .any(is_taken)
        .then(|| "A role that is always there has this name; use another name".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(form: &RoleForm) -> Vec<String> {
        match form.check("1".to_owned()) {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_role_is_read_as_it_is_typed() {
        let form = RoleForm {
            name: " Licence desk ".to_owned(),
            permissions: vec!["Browse".to_owned(), "ChangeSeats".to_owned()],
            amount: "5000".to_owned(),
            currency: "usd".to_owned(),
            seats: "20".to_owned(),
        };
        let role = form.check("1".to_owned()).unwrap();
        assert_eq!(role.name, "Licence desk");
        assert_eq!(role.permissions, [Permission::Browse, Permission::ChangeSeats].into_iter().collect());
        assert_eq!(role.limits.in_words(), ["Orders up to 5,000.00 USD", "At most 20 seats added in one change"]);
    }

    #[test]
    fn every_field_at_fault_is_told_at_once() {
        let form = RoleForm {
            name: "Admin".to_owned(),
            permissions: vec!["PlaceOrders".to_owned()],
            amount: "-1".to_owned(),
            currency: "dollars".to_owned(),
            seats: "many".to_owned(),
        };
        assert_eq!(faults(&form), ["name", "permission-PlaceOrders", "amount", "currency", "seats"]);
    }

    #[test]
    fn what_only_an_admin_may_is_refused_and_so_is_a_role_that_allows_nothing() {
        let name = "Licence desk".to_owned();
        let permissions = vec!["Browse".to_owned(), "ManageRoles".to_owned()];
        assert_eq!(
            faults(&RoleForm { name: name.clone(), permissions, ..RoleForm::default() }),
            ["permission-ManageRoles"]
        );
        assert_eq!(faults(&RoleForm { name, ..RoleForm::default() }), ["permission-Browse"]);
    }
}
