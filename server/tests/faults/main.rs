//! The fault suite: real `server` processes, a real Postgres and a stand-in marketplace over HTTP; whatever breaks and
//! whenever, each write reaches the marketplace at most once, is accounted for, and the screen says the truth.
//!
//! `matrix` plays every fault on every write path, `two_servers` runs two processes on one database, `stopping` ends a
//! server as people do, `restored` starts one on what was restored from a backup, `secrecy` looks for secrets in all that a
//! server leaves behind.
//!
//! One cell alone: `FAULT_CELL=reset-after:sales cargo test -p server --test faults the_matrix -- --nocapture`.

#![cfg(test)]

#[path = "../api/authenticator.rs"]
mod authenticator;
mod balancer;
mod cell;
mod database;
mod factor;
mod fault;
mod form;
mod http;
mod judge;
mod known;
mod matrix;
mod path;
mod process;
mod restored;
mod say;
mod secrecy;
mod stop;
mod stopping;
mod table;
mod target;
mod truth;
mod two_servers;
mod world;
