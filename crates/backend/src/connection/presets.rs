//! What is offered in the form. Both are free text for the marketplace: regions and countries come and go.

/// Addresses by region, as integrators report them.
pub const URLS: [(&str, &str); 4] = [
    ("https://api.cloud.im/marketplace/eu", "Europe"),
    ("https://api.cloud.im/marketplace/na", "North America"),
    ("https://api.cloud.im/marketplace/us", "United States"),
    ("https://api-lab.cloud.im/marketplace/dev", "Lab"),
];

/// Codes of marketplaces in use, with their country.
pub const CODES: [(&str, &str); 10] = [
    ("us", "United States"),
    ("ca", "Canada"),
    ("br", "Brazil"),
    ("au", "Australia"),
    ("eu", "Europe"),
    ("de", "Germany"),
    ("nl", "Netherlands"),
    ("se", "Sweden"),
    ("uk", "United Kingdom"),
    ("stg", "Lab"),
];

/// Whether the code is among those known to be in use.
pub(super) fn is_known_code(code: &str) -> bool {
    CODES.iter().any(|(known, _)| known.eq_ignore_ascii_case(code))
}
