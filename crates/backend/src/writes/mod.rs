//! Every write that is no order, sent at most once and accounted for: recorded before the call, made in a task of its own
//! that outlives the request, settled with its answer, and where no answer came looked for until the marketplace shows what
//! came of it ([`run`]). Nothing is ever sent again by itself.

mod came;
mod carry_out;
mod kind;
mod look;
mod open;
mod outcome;
mod request;
mod sql;
#[cfg(test)]
mod tests;
mod thing;
mod words;
mod worker;

pub(crate) use carry_out::{Wish, carry_out, made_by_form};
pub use kind::Kind;
pub use open::{OpenWrite, of_kind, of_subject, open};
pub(crate) use request::Request;
pub use worker::run;
