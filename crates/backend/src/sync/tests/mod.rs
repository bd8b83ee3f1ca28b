//! Tests on a real Postgres, and where calls are made on a real marketplace stand-in.

mod budgeting;
mod digesting;
mod failing;
mod in_turn;
mod late;
mod leading;
mod on_demand;
mod resellers;
mod storing;
mod sweeping;
mod wanted;
mod world;
