//! Every rule of the stand-in marketplace, called through its router as a client would.
//!
//! `cfg(test)` tells the lints that helpers may unwrap.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod alignment;
#[cfg(test)]
mod cancellations;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod downloads;
#[cfg(test)]
mod estimates;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod network;
#[cfg(test)]
mod product_switches;
#[cfg(test)]
mod renewals;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod resellers;
#[cfg(test)]
mod sales;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod special_prices;
#[cfg(test)]
mod subscriptions;
#[cfg(test)]
mod support;
mod switches;
#[cfg(test)]
mod updates;
#[cfg(test)]
mod validation;
