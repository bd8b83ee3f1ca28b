//! The client against recorded wire behaviour: of a mock server, and of a socket for what no proper server does.
#![cfg(test)]
#![cfg(feature = "http")]

mod authorization;
mod broken_connections;
mod downloads;
mod gate;
mod pages;
mod raw_calls;
mod refusals;
mod repetition;
mod support;
