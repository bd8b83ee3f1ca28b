//! The migration as far as it is put together: read from the query and written back into it.

use crate::paths;
use crate::url::Query;
use ::backend::orders::NewMigration;

/// A migration, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Whose it is, once chosen.
    pub(super) customer: Option<String>,
    /// The catalogue's key of what it is here, once chosen.
    pub(super) product: Option<String>,
    pub(super) seats: Option<String>,
    pub(super) started_on: Option<String>,
    pub(super) expires_on: Option<String>,
    /// `no` where it ends with its term.
    pub(super) renews: Option<String>,
    pub(super) po_number: Option<String>,
    /// The order that this one takes the place of.
    pub(super) again: Option<String>,
}

impl State {
    /// From the query.
    pub(super) fn read(query: &Query) -> Self {
        let text = |name: &str| query.get(name).map(ToOwned::to_owned);
        Self {
            customer: text("customer"),
            product: text("product"),
            seats: text("seats"),
            started_on: text("started_on"),
            expires_on: text("expires_on"),
            renews: text("renews"),
            po_number: text("po_number"),
            again: text("again"),
        }
    }

    /// As a query.
    pub(super) fn query(&self) -> Query {
        let fields = [
            ("customer", &self.customer),
            ("product", &self.product),
            ("seats", &self.seats),
            ("started_on", &self.started_on),
            ("expires_on", &self.expires_on),
            ("renews", &self.renews),
            ("po_number", &self.po_number),
            ("again", &self.again),
        ];
        let fields = fields.into_iter();
        fields.fold(Query::default(), |query, (name, value)| query.with(name, value.as_deref().unwrap_or_default()))
    }

    /// The address of the step that this leads to.
    pub(super) fn link(&self) -> String {
        self.query().link(paths::MIGRATE)
    }

    /// The address of the review.
    pub(super) fn review_link(&self) -> String {
        self.query().with("step", "review").link(paths::MIGRATE)
    }

    /// The same, to choose another customer for.
    pub(super) fn without_customer(&self) -> Self {
        Self { customer: None, ..self.clone() }
    }

    /// The same, to choose another product for.
    pub(super) fn without_product(&self) -> Self {
        Self { product: None, ..self.clone() }
    }

    /// What the backend is asked to order.
    pub(super) fn migration(&self) -> NewMigration {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        NewMigration {
            customer_id: text(&self.customer),
            po_number: self.po_number.clone(),
            product_key: text(&self.product),
            seats: text(&self.seats),
            started_on: text(&self.started_on),
            expires_on: text(&self.expires_on),
            renews: self.renews.as_deref() != Some("no"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_survives_the_address_bar() {
        let query = Query::parse(
            "customer=1000201&product=a&seats=8&started_on=2026-03-10&expires_on=2027-03-10&renews=no&po_number=PO+7%268",
        );
        let state = State::read(&query);
        assert!(!state.migration().renews && state.migration().po_number.as_deref() == Some("PO 7&8"));
        assert_eq!(State::read(&state.query()), state);
        assert!(State::default().migration().renews, "it renews unless it is said");
    }
}
