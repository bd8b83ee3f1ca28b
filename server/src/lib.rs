//! The Seatboard server: configuration, router, middleware, background tasks, command line. A library, so that tests
//! drive the same router as `main`.

pub mod assets;
pub mod commands;
pub mod config;
mod downloads;
mod events;
pub mod listen;
mod middleware;
pub mod router;
mod routes;
mod session;
pub mod telemetry;
mod uploads;
