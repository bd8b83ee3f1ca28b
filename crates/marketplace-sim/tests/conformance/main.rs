//! Holds the client and the stand-in against the published contract: every call of every operation, as it was on the
//! wire. The contract's file is not part of the project; where it is not, these tests say so and check nothing.
//!
//! `cfg(test)` tells the lints that helpers may unwrap.

#[cfg(test)]
mod check;
#[cfg(test)]
mod conformity;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod deviations;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod own_contract;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod record;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod scenario;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod table;
