//! Orders placed here: estimate, place, send, look up, follow.
//!
//! An order is placed in two steps that can be told apart after any crash. A person's last click writes an *intent*
//! and its activity row in one transaction ([`place`]); a worker sends it ([`worker`]). The marketplace has no
//! idempotency key, so the worker sends an intent at most once: from the moment it is marked as being sent, only
//! looking at the marketplace tells whether the order exists ([`lookup`]).

mod act;
mod activation;
mod alignment;
mod amend;
mod amounts;
mod answered;
mod approval;
mod confirmation;
mod conflict;
mod deed;
mod draft;
mod estimate;
mod evidence;
mod first_post;
mod follow;
mod hidden;
mod intent;
mod judge;
mod last_look;
mod left;
mod limits;
mod listing;
mod lookup;
mod migration;
mod moves;
mod new_order;
mod once;
#[cfg(test)]
mod parameter_tests;
mod permission;
mod place;
mod progress;
mod repeat;
mod seen;
mod send;
mod settle;
#[cfg(test)]
mod soak;
mod sql;
mod superseded;
#[cfg(test)]
mod tests;
mod wait_out;
mod window;
mod worker;
mod worth;

pub use act::{Act, SubscriptionAct, estimate_act, place_act, switch_key, switches};
pub use activation::{
    Asked, EnteredValue, FieldKind, LineParameters, ParameterField, check_parameters, delete_expired_drafts,
    keep_parameters, order_parameters,
};
pub use alignment::{EndChoice, EndTogether, EndWith, end_together};
pub use amend::{Amendment, amend};
pub use confirmation::Confirmation;
pub use conflict::conflict_in_words;
pub use draft::{SeatChange, SeatsNow, seats_now};
pub use estimate::{PeriodAmount, Quote, QuotedLine, estimate_new_order, estimate_seat_change};
pub(crate) use evidence::forget_old_looks;
pub use evidence::{Candidate, Evidence, Look, evidence};
pub use follow::{Followed, Step, StepState, follow};
pub use intent::{Aftermath, Blocking, Intent, IntentLine, Replacement};
pub(crate) use left::left;
pub use migration::{NewMigration, estimate_migration, place_migration};
pub use moves::{MoveChoices, MoveInto, SeatMove, move_choices};
pub use new_order::{NewLine, NewOrder};
pub use place::{MARK, place_new_order, place_seat_change};
pub use repeat::PlacedBefore;
pub(crate) use seen::notice_marks;
pub use settle::{Settlement, settle};
pub(crate) use sql::look_now;
pub use window::{CancellationWindow, cancellation_window};
pub use worker::run;

pub(crate) use approval::still_stands;
pub(crate) use estimate::total;
pub(crate) use limits::{ensure_may_price, ensure_within};
pub(crate) use permission::permission_of;
pub(crate) use superseded::ensure_not_superseded;
pub(crate) use worth::worth;
