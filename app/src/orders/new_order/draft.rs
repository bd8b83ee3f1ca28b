//! The order as far as it is put together: read from the query and written back into it.
//!
//! `customer`, `po_number`, `end_with`, `draft`, `again`, and for each line `product-N`, `seats-N` and `price-N`. `product`
//! (with `seats`) adds a line, `remove` takes line N away: a button or a link needs to know nothing of the other lines.

use crate::error::{AppError, FieldMessage, Kind};
use crate::paths;
use crate::url::Query;
use ::backend::orders::{EndWith, NewLine, NewOrder};
use domain::Seats;
use uuid::Uuid;

/// Lines of one order; more are left out.
pub(crate) const MOST_LINES: usize = 50;

/// A new order, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// For whom, once chosen.
    pub(super) customer: Option<String>,
    /// The customer's purchase order number.
    pub(super) po_number: Option<String>,
    /// What is ordered.
    pub(super) lines: Vec<DraftLine>,
    /// Where its activation parameters are kept: they can be personal, so only this is in the query.
    pub(super) parameters: Option<Uuid>,
    /// What its terms end together with, as the form has it.
    pub(super) end_with: Option<String>,
    /// The order that this one takes the place of.
    pub(super) again: Option<Uuid>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftLine {
    /// The catalogue's key of the product.
    pub(super) product: String,
    /// The seats as typed; `None` for a line just added, whose field nobody has seen yet.
    pub(super) seats: Option<String>,
    /// What a seat costs instead of the catalogue's price, as typed.
    pub(super) special_price: Option<String>,
}

impl Draft {
    /// From the query.
    pub(super) fn read(query: &Query) -> Self {
        let text = |name: &str| query.get(name).map(ToOwned::to_owned);
        let line = |index: usize| {
            let seats = text(&format!("seats-{index}")).unwrap_or_default();
            let special_price = text(&format!("price-{index}"));
            Some(DraftLine { product: text(&format!("product-{index}"))?, seats: Some(seats), special_price })
        };
        let mut lines: Vec<DraftLine> = (0..MOST_LINES).map_while(line).collect();
        if let Some(index) = query.get("remove").and_then(|index| index.parse().ok())
            && index < lines.len()
        {
            lines.remove(index);
        }
        if let Some(product) = text("product")
            && lines.len() < MOST_LINES
            && lines.iter().all(|line| line.product != product)
        {
            lines.push(DraftLine { product, seats: text("seats"), special_price: None });
        }
        let id = |name: &str| query.get(name).and_then(|id| id.parse().ok());
        Self {
            customer: text("customer"),
            po_number: text("po_number"),
            lines,
            parameters: id("draft"),
            end_with: text("end_with"),
            again: id("again"),
        }
    }

    /// As a query.
    pub(super) fn query(&self) -> Query {
        let query = Query::default()
            .with("customer", self.customer.as_deref().unwrap_or_default())
            .with("po_number", self.po_number.as_deref().unwrap_or_default())
            .with("end_with", self.end_with.as_deref().unwrap_or_default())
            .with("draft", &self.parameters.map(|id| id.to_string()).unwrap_or_default())
            .with("again", &self.again.map(|id| id.to_string()).unwrap_or_default());
        self.lines.iter().enumerate().fold(query, |query, (index, line)| {
            query
                .with(&format!("product-{index}"), &line.product)
                .with(&format!("seats-{index}"), line.seats.as_deref().unwrap_or_default())
                .with(&format!("price-{index}"), line.special_price.as_deref().unwrap_or_default())
        })
    }

    /// The address of the products step.
    pub(super) fn link(&self) -> String {
        self.query().link(paths::NEW_ORDER)
    }

    /// The address of the step with the activation parameters.
    pub(super) fn parameters_link(&self) -> String {
        self.query().with("step", "parameters").link(paths::NEW_ORDER)
    }

    /// The address of the review.
    pub(super) fn review_link(&self) -> String {
        self.query().with("step", "review").link(paths::NEW_ORDER)
    }

    /// The same, to choose another customer for.
    pub(super) fn without_customer(&self) -> Self {
        Self { customer: None, ..self.clone() }
    }

    /// What the backend is asked to order; the messages of seats that are no number stand beside their fields.
    pub(super) fn order(&self) -> Result<NewOrder, AppError> {
        let mut fields = Vec::new();
        let mut lines = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            match Seats::parse(line.seats.as_deref().unwrap_or_default()) {
                Ok(seats) => lines.push(NewLine {
                    product_key: line.product.clone(),
                    seats,
                    special_price: line.special_price.clone(),
                }),
                Err(error) => {
                    fields.push(FieldMessage { field: format!("seats-{index}"), message: error.to_string() });
                }
            }
        }
        let end_with = self.end_with.as_deref().map(str::parse::<EndWith>).transpose();
        let end_with = end_with.unwrap_or_else(|_| {
            let message = "Choose one of what is offered".to_owned();
            fields.push(FieldMessage { field: "end_with".to_owned(), message });
            None
        });
        if !fields.is_empty() {
            return Err(AppError {
                fields,
                ..AppError::new(Kind::Invalid, "Some of what was entered cannot be used.")
            });
        }
        let customer_id = self.customer.clone().unwrap_or_default();
        Ok(NewOrder { customer_id, po_number: self.po_number.clone(), lines, parameters: self.parameters, end_with })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(fields: &[(&str, &str)]) -> Query {
        fields.iter().fold(Query::default(), |query, (name, value)| query.with(name, value))
    }

    fn seats_of(draft: &Draft) -> Vec<Option<&str>> {
        draft.lines.iter().map(|line| line.seats.as_deref()).collect()
    }

    #[test]
    fn a_draft_survives_the_address_bar() {
        let draft = Draft::read(&query(&[
            ("customer", "1000201"),
            ("po_number", "PO 7&8"),
            ("draft", "6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11"),
            ("end_with", "month"),
            ("again", "01a20a70-d36a-7308-9ddb-59f14170dfc2"),
            ("product-0", "a"),
            ("seats-0", "15"),
            ("product-1", "b"),
            ("seats-1", "twelve"),
            ("price-1", "4.25"),
        ]));
        assert!(draft.lines.len() == 2 && draft.parameters.is_some() && draft.again.is_some());
        assert_eq!(Draft::read(&draft.query()), draft);
    }

    #[test]
    fn a_product_is_added_once_and_a_line_taken_away_by_its_number() {
        let two = [("product-0", "a"), ("seats-0", "1"), ("product-1", "b"), ("seats-1", "2")];
        let added = Draft::read(&query(&two).with("product", "c"));
        assert_eq!(seats_of(&added), [Some("1"), Some("2"), None]);
        assert_eq!(Draft::read(&query(&two).with("product", "b")).lines.len(), 2);
        assert_eq!(seats_of(&Draft::read(&query(&two).with("remove", "0"))), [Some("2")]);
        assert_eq!(Draft::read(&query(&two).with("remove", "9")).lines.len(), 2);
    }

    #[test]
    fn seats_that_are_no_number_are_told_beside_their_own_field() {
        let draft = Draft::read(&query(&[("product-0", "a"), ("seats-0", "5"), ("product-1", "b")]));
        let refused = draft.order().unwrap_err();
        assert_eq!(refused.field("seats-0"), None);
        assert_eq!(refused.field("seats-1"), Some("Enter the number of seats"));
    }
}
