//! The activity: who did what, when, with which marketplace correlation id.

mod changes;
mod data;
mod filter;
mod page;
mod subject;
mod words;

pub use filter::filter;
pub(crate) use page::ActivityPage;
pub(crate) use words::action as action_in_words;
