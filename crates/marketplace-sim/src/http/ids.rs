//! Identifiers of accounts, subscriptions, plans and orders: digits.

use crate::error::ApiError;

/// The number in an identifier; anything but digits is malformed.
pub(crate) fn number(field: &str, id: &str) -> Result<u32, ApiError> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    id.parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| ApiError::invalid(field, format_args!("`{id}` is not an identifier")))
}
