//! Settings, Staff: who may sign in and as what.

mod server_fns;

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod invite_form;
#[cfg(feature = "ssr")]
mod link_notice;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod member_page;
#[cfg(feature = "ssr")]
mod member_words;
#[cfg(feature = "ssr")]
mod policy_form;
#[cfg(feature = "ssr")]
mod role_field;

pub use server_fns::{
    ChangeRole, DisableStaff, EnableStaff, InviteStaff, MakeLink, ReleaseIdentityOf, RemoveFactorOf, SetFactorPolicy,
};

#[cfg(feature = "ssr")]
pub(crate) use list_page::StaffPage;
#[cfg(feature = "ssr")]
pub(crate) use member_page::StaffMemberPage;
