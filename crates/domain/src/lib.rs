//! The vocabulary and the rules of Seatboard: money, seats, margins, identifiers, roles and their limits, intents, writes,
//! rules of approval, undo windows, countries and telephone numbers.
//!
//! Pure: no I/O, no clock, no randomness. Everything here compiles to wasm.

mod approval;
mod assigned_role;
mod country;
#[cfg(test)]
mod fuzzing;
mod ids;
mod intent;
mod limits;
mod margin;
mod money;
mod permissions;
mod phone;
mod role;
mod seats;
mod undo;
mod write;

pub use approval::{ApprovalRule, OrderFacts, OrderKind, UnknownOrderKind, reaches_amount};
pub use assigned_role::{AssignedRole, CustomRole};
pub use country::Country;
pub use ids::{CustomerId, OrderId, PlanId, ProductId, ReportId, ResellerId, SubscriptionId};
pub use intent::{IntentState, UnknownIntentState};
pub use limits::{Beyond, Limits};
pub use margin::Margin;
pub use money::{Currency, InvalidCurrency, Money, Totals};
pub use permissions::Permissions;
pub use phone::{InvalidPhone, Phone, dialled};
pub use role::{Permission, Role, UnknownRole};
pub use seats::{InvalidSeats, SeatLimits, Seats};
pub use undo::{InvalidUndoWindows, UndoWindows};
pub use write::{UnknownWriteState, WriteState};
