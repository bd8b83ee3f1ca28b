//! The connection to the marketplace: which one holds, whether it works and why not, and exchanging it while servers run.
//!
//! A connection stored in Settings beats the one of the environment: when the marketplace resets a key, an admin must be
//! able to act. Its password and key are sealed (`seal`). Each server process looks every two seconds whether another
//! one changed it ([`watch`]), and no call leaves with a connection that no longer holds, whatever a process has
//! noticed: the gate before each call asks once more ([`fence`]).
//!
//! The copy belongs to one marketplace. With another one it is forgotten and begun anew ([`copy`]).

mod change;
mod copy;
mod current;
mod fence;
mod form;
mod link;
mod outcome;
mod presets;
mod sql;
mod stored;
mod take_up;
#[cfg(test)]
mod tests;
mod trial;

pub use change::{Forgotten, Saved, Wishes, forget, save};
pub use copy::OpenIntent;
pub(crate) use copy::{ensure_same_copy, note_account, unless_moved};
pub use current::{Current, InUse, Source, current};
pub use form::{Form, field_of};
pub(crate) use link::Exchanges;
pub use link::Link;
pub use outcome::{Outcome, TestReport};
pub use presets::{CODES, URLS};
pub use take_up::{open, watch};
pub use trial::test;

use crate::seal::SealingKey;
use marketplace::Timeouts;
use std::time::Duration;

/// What this process brings along for the connection.
pub struct Setup {
    /// Seals password and key of a stored connection; without it none can be stored or used.
    pub sealing_key: Option<SealingKey>,
    /// The connection of the environment, which holds while none is stored.
    pub environment: Option<marketplace::Connection>,
    /// How long a test waits for each answer.
    pub patience: Duration,
    /// How long every other call waits.
    pub timeouts: Timeouts,
}

impl Default for Setup {
    fn default() -> Self {
        Self { sealing_key: None, environment: None, patience: Duration::from_secs(10), timeouts: Timeouts::default() }
    }
}
