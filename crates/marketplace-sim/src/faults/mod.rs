//! Everything that goes wrong with the real service, on demand.

mod hold;
mod kind;
mod outage;
mod pages;
mod plan;
mod play;
mod sentinel;

pub use kind::{Fault, UnknownFault};
pub use outage::Outage;
pub use plan::FaultRule;

pub(crate) use hold::Holds;
pub(crate) use outage::outage;
pub(crate) use plan::Plan;
pub(crate) use play::{ProvisioningFails, conflict_text, operation};
