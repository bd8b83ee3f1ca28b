//! Orders that wait for a second person.
//!
//! Rules ([`list`], [`add`], [`remove`]) say which orders wait; the default is none. An order that a rule asks about is
//! written like any other, as a *drafted* intent that no worker looks at. Another person decides: [`approve`] prices
//! what is stored anew and lets it go, [`reject`] and [`withdraw`] end it. What goes to the marketplace is held against
//! what was approved once more before it is sent ([`Consent`]).

mod consent;
mod decide;
mod rule_form;
mod rules;
mod sql;
mod turn_down;
mod unsent;
mod waiting;

pub use decide::{Decided, approve, price_now};
pub use rule_form::RuleForm;
pub use rules::{StoredRule, add, list, remove};
pub use turn_down::{comment, reject, withdraw};
pub use unsent::Unsent;
pub use waiting::{Approval, Comment, Count, Decision, DecisionKind, count, of_intent, waiting_for};

pub(crate) use consent::{Consent, digest};
pub(crate) use rules::reasons;
pub(crate) use unsent::tell_unsent;
