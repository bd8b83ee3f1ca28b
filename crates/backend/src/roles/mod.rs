//! Roles: the built-in ones, which the code knows, and those that admins make.
//!
//! A role is read anew with each request of whoever has it, so a change holds from their next request on.

mod change;
mod form;
mod list;
mod sql;
mod stored;
#[cfg(test)]
mod tests;

pub use change::{delete, save};
pub use form::RoleForm;
pub(crate) use list::every;
pub use list::{ListedRole, find, list, that_can_be_given};

pub(crate) use stored::{CHOOSE, assigned, choose};
