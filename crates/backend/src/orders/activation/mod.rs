//! Activation parameters of a new order: what the marketplace asks for before it lets a product be ordered
//! (`POST /validation/parameters`). Asked in rounds: an answer may bring further parameters, and names a draft request to
//! go on with.
//!
//! What is entered is kept in the table `order_draft` until the order is placed or a working day has passed. It is a
//! person's scratch paper and changes nothing for anybody else, so it leaves no activity row.

mod field;
mod kept;
mod rounds;
pub(super) mod sql;

pub use field::{FieldKind, ParameterField};
pub use kept::{EnteredValue, LineParameters};
pub use rounds::{Asked, check_parameters, delete_expired_drafts, keep_parameters, order_parameters, placed_from};

pub(super) use rounds::{confirm, kept_parameters};
