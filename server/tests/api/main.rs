//! The router, in process, on a real Postgres: as nobody and as each role, with and without a marketplace.

#![cfg(test)]

mod activity;
mod approvals;
mod authenticator;
mod browser;
mod connected;
mod connection;
mod console;
mod cost_leaks;
mod costs;
mod customers;
mod degraded;
mod downloads;
mod exports;
mod files;
mod functions;
mod fuzz;
mod guessing;
mod links;
mod live;
mod matching;
mod mine;
mod order_kinds;
mod outage;
mod pages;
mod password;
mod placed_here;
mod reading;
mod resellers;
mod returning;
mod roles;
mod search;
mod second_factor;
mod secrets;
mod sessions;
mod settling;
mod single_sign_on;
mod staff;
mod step_up;
mod walk;
mod walkers;
mod writes;
