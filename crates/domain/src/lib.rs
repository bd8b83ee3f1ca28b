//! The vocabulary and the rules of Seatboard: money, seats, identifiers, roles, intents, undo windows.
//!
//! Pure: no I/O, no clock, no randomness. Everything here compiles to wasm.

mod ids;
mod intent;
mod margin;
mod money;
mod role;
mod seats;
mod undo;

pub use ids::{CustomerId, OrderId, PlanId, ProductId, ReportId, ResellerId, SubscriptionId};
pub use intent::{IntentState, UnknownIntentState};
pub use margin::Margin;
pub use money::{Currency, InvalidCurrency, Money, Totals};
pub use role::{Permission, Role, UnknownRole};
pub use seats::{InvalidSeats, SeatLimits, Seats};
pub use undo::{InvalidUndoWindows, UndoWindows};
