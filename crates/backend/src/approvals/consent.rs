use crate::Result;
use marketplace::models::OrderRequest;
use sha2::{Digest, Sha256};

/// What two people agreed to, as far as it takes two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Consent {
    /// It takes a second person.
    pub(crate) needed: bool,
    /// The digest of what that person approved.
    pub(crate) digest: Option<Vec<u8>>,
}

impl Consent {
    /// Whether this very order may be sent.
    pub(crate) fn covers(&self, request: &OrderRequest) -> Result<bool> {
        if !self.needed && self.digest.is_none() {
            return Ok(true);
        }
        Ok(self.digest.as_deref() == Some(digest(request)?.as_slice()))
    }
}

/// SHA-256 of the order as it is sent, with its members in the order of their names: the database keeps another order
/// than the request has.
pub(crate) fn digest(request: &OrderRequest) -> Result<Vec<u8>> {
    let canonical = serde_json::to_vec(&serde_json::to_value(request)?)?;
    Ok(Sha256::digest(canonical).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use marketplace::models::OrderLineRequest;

    fn order(seats: u32) -> OrderRequest {
        let mut order = OrderRequest::change("1", "7", vec![OrderLineRequest::of_mpn("A", seats)]);
        order.attributes.insert("seatboardIntent".to_owned(), "b".to_owned());
        order.attributes.insert("costCentre".to_owned(), "a".to_owned());
        order
    }

    #[test]
    fn consent_covers_what_was_approved_and_nothing_else() {
        let consent = Consent { needed: true, digest: Some(digest(&order(15)).unwrap()) };
        assert!(consent.covers(&order(15)).unwrap());
        assert!(!consent.covers(&order(16)).unwrap());
        let nobody_approved = Consent { needed: true, digest: None };
        assert!(!nobody_approved.covers(&order(15)).unwrap());
        assert!(Consent::default().covers(&order(15)).unwrap(), "where it takes nobody");
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
        let text = serde_json::to_string(&order(15)).unwrap();
        let mut members: Vec<_> =
            serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).unwrap().into_iter().collect();
        members.reverse();
        let turned: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let turned: OrderRequest = serde_json::from_str(&format!("{{{}}}", turned.join(","))).unwrap();
        assert_eq!(digest(&turned).unwrap(), digest(&order(15)).unwrap());
    }
}
