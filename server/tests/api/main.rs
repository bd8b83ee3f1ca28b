//! The router, in process, on a real Postgres: as nobody and as each role, with and without a marketplace.

#![cfg(test)]

mod browser;
mod connected;
mod connection;
mod console;
mod costs;
mod customers;
mod downloads;
mod files;
mod functions;
mod matching;
mod mine;
mod order_kinds;
mod outage;
mod pages;
mod resellers;
mod secrets;
mod sessions;
mod writes;
