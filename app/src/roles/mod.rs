//! Settings, Roles: what each role allows, and from which amount on orders take a proof; and exactly what one person may do.

mod server_fns;

#[cfg(feature = "ssr")]
mod abilities;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod order_proof_form;
#[cfg(feature = "ssr")]
mod role_form;
#[cfg(feature = "ssr")]
mod role_page;

pub use server_fns::{CreateRole, DeleteRole, EditRole, SetOrderProof};

#[cfg(feature = "ssr")]
pub(crate) use abilities::{Abilities, OwnAbilities};
#[cfg(feature = "ssr")]
pub(crate) use list_page::RolesPage;
#[cfg(feature = "ssr")]
pub(crate) use role_page::RolePage;
