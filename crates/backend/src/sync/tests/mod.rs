//! Tests on a real Postgres.

mod storing;
