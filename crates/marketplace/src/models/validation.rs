//! Checking the parameters a product asks for before it is ordered.

use super::model::{model, wire_enum};
use super::{OrderType, ParameterValue, Period};
use domain::{CustomerId, ProductId};
use rust_decimal::Decimal;
use serde_json::Value;

wire_enum! {
    /// What became of the check of a parameter.
    pub enum ValidationResult {
        /// Good.
        Success = "success",
        /// Missing or not accepted.
        Error = "error",
    }
}

model! {
    /// Parameters to check (`POST /validation/parameters`). Without parameters the products' own are listed (assumed).
    pub struct ValidationRequest {
        required {
            /// Who would order.
            pub customer_id: CustomerId,
        }
        /// The kind of order; `sales` when absent.
        #[serde(rename = "type")]
        pub kind: Option<OrderType>,
        /// The products with their parameters.
        pub products: Vec<ProductParameters>,
    }
}

model! {
    /// A product and the parameters given for it.
    pub struct ProductParameters {
        always {
            /// The values. The contract demands the list, empty or not.
            pub parameters: Vec<ParameterValue>,
        }
        /// The product.
        pub id: Option<ProductId>,
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
        /// Seats.
        pub quantity: Option<Decimal>,
        /// From an earlier check, to go on with it.
        pub draft_request_id: Option<String>,
    }
}

model! {
    /// What was found about the parameters of one product.
    pub struct ValidatedProduct {
        /// The product.
        pub id: Option<ProductId>,
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
        /// To send with the next check.
        pub draft_request_id: Option<String>,
        /// One entry for each parameter.
        pub parameters: Vec<Parameter>,
    }
}

model! {
    /// What was found about one parameter. A refused value is not an HTTP error.
    pub struct Parameter {
        /// What it is called.
        pub name: Option<String>,
        /// What became of the check.
        pub result: Option<ValidationResult>,
        /// For people.
        pub message: Option<String>,
        /// The value it has now.
        pub value: Option<String>,
        /// What is wrong with the value.
        pub value_error: Option<String>,
        /// The values to choose from.
        pub value_choices: Vec<Choice>,
        /// When it is asked for: `ordering` or `fulfillment`.
        pub phase: Option<String>,
        /// It finds an account that the vendor has already.
        pub reconciliation: Option<bool>,
        /// How it is entered, such as `text` or `domain`.
        #[serde(rename = "type")]
        pub kind: Option<String>,
        /// The value of a parameter that is an object.
        #[serde(rename = "structured_value")]
        pub structured_value: Option<Value>,
    }
}

model! {
    /// A value to choose.
    pub struct Choice {
        /// For people.
        pub label: Option<String>,
        /// To send.
        pub value: Option<String>,
        /// Chosen unless another is.
        pub default: Option<bool>,
    }
}
