//! The layers around every request.

pub(crate) mod denials;
pub(crate) mod headers;
pub(crate) mod network;
pub(crate) mod sign_in;
pub(crate) mod visitor;
