//! What happened lately, as panels of pages about something else: orders and the activity.

mod activity;
mod orders;

pub(crate) use activity::ActivityPanel;
pub(crate) use orders::{OrderItem, OrdersPanel, kind_in_words, order_in_words};
