//! What is kept of the activation parameters while an order is put together.

use super::field::{ParameterField, after_round, values};
use marketplace::models::{ParameterValue, ValidatedProduct};
use serde::{Deserialize, Serialize};

/// The activation parameters of one line of a new order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineParameters {
    /// The catalogue's key of the product. Lines are told apart by it, so that one taken out of the order, or put in,
    /// leaves the values of the others where they are.
    pub product_key: String,
    /// What is asked for; empty where nothing is.
    pub fields: Vec<ParameterField>,
    /// To go on with in the next round.
    draft_request_id: Option<String>,
}

/// A value as it was entered.
#[derive(Clone, Debug)]
pub struct EnteredValue {
    /// The line's product.
    pub product_key: String,
    /// The parameter.
    pub name: String,
    /// The member of its structured value.
    pub member: Option<String>,
    /// The value; empty for a box that is not checked.
    pub value: String,
}

impl LineParameters {
    /// Nothing is asked of it, or everything was entered and accepted.
    pub fn is_settled(&self) -> bool {
        self.fields.iter().all(|field| field.accepted)
    }

    pub(super) fn of(product_key: &str) -> Self {
        Self { product_key: product_key.to_owned(), ..Self::default() }
    }

    pub(super) fn draft_request_id(&self) -> Option<String> {
        self.draft_request_id.clone()
    }

    /// What is sent; empty until something was entered.
    pub(in crate::orders) fn values(&self) -> Vec<ParameterValue> {
        values(&self.fields)
    }

    /// Takes what was entered for this line; it is no longer settled.
    pub(super) fn enter(&mut self, entered: &[EnteredValue]) {
        for field in &mut self.fields {
            let mine = |one: &&EnteredValue| {
                (&one.product_key, &one.name, &one.member) == (&self.product_key, &field.name, &field.member)
            };
            if let Some(entered) = entered.iter().find(mine) {
                field.enter(&entered.value);
                field.accepted = false;
            }
        }
    }

    /// Takes the marketplace's answer.
    pub(super) fn take(&mut self, answer: Option<&ValidatedProduct>) {
        let Some(answer) = answer else { return };
        self.fields = after_round(std::mem::take(&mut self.fields), &answer.parameters);
        self.draft_request_id = answer.draft_request_id.clone().or(self.draft_request_id.take());
    }
}
