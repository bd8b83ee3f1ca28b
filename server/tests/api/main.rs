//! The router, in process, on a real Postgres: as nobody and as each role, with and without a marketplace.

#![cfg(test)]

mod browser;
mod connected;
mod costs;
mod downloads;
mod files;
mod functions;
mod order_kinds;
mod outage;
mod pages;
mod secrets;
mod sessions;
