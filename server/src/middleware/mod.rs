//! The layers around every request.

pub(crate) mod denials;
pub(crate) mod headers;
mod lapsed;
pub(crate) mod limits;
pub(crate) mod network;
pub(crate) mod same_site;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod visitor;
