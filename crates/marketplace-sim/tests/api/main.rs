//! Every rule of the stand-in marketplace, called through its router as a client would.

mod cancellations;
mod catalogue;
mod changes;
mod downloads;
mod estimates;
mod faults;
mod gateway;
mod lists;
mod network;
mod renewals;
mod reports;
mod sales;
mod seed;
mod subscriptions;
mod support;
