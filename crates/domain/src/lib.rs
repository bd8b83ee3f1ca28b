//! The vocabulary and the rules of Seatboard: money, seats, identifiers, roles, renewal and undo windows.
//!
//! Pure: no I/O, no clock, no randomness. Everything here compiles to wasm and is tested by property.

mod ids;
mod money;
mod seats;

pub use ids::{CustomerId, OrderId, PlanId, ProductId, ReportId, ResellerId, SubscriptionId};
pub use money::{Currency, InvalidCurrency, Money, Totals};
pub use seats::{InvalidSeats, SeatLimits, Seats};
