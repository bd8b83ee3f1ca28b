//! The overview: what needs a decision this week, what failed, what changed since yesterday.

mod page;

pub(crate) use page::OverviewPage;
