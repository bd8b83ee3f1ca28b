//! The overview: what needs a decision this week, what failed, what changed since yesterday.

mod changes;
mod copy;
mod data;
mod decisions;
mod failures;
mod page;
mod tiles;
mod under_way;

pub(crate) use page::OverviewPage;
