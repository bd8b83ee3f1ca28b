//! The router, in process, on a real Postgres: as nobody and as each role.

mod browser;
mod functions;
mod pages;
mod sessions;
