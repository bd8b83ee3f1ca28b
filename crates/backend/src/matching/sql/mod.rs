//! All the SQL of matching.

pub(super) mod batch;
pub(super) mod export;
pub(super) mod facts;
pub(super) mod managers;
pub(super) mod send;
