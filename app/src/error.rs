//! The one error that faces people: small, serialisable, without internals.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong, in words for the person it happened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What sort of problem, for the page and for scripts.
    pub kind: Kind,
    /// A sentence: what happened and what to do.
    pub message: String,
    /// Messages that belong beside a field.
    pub fields: Vec<FieldMessage>,
    /// Finds the log lines of this request.
    pub reference: Option<String>,
    /// Finds the call at the marketplace.
    pub correlation_id: Option<String>,
}

/// How every page says that no order was placed.
pub(crate) const NOTHING_ORDERED: &str = "Nothing was ordered.";

/// The sorts of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nobody is signed in.
    SignInNeeded,
    /// The role does not include it.
    Forbidden,
    /// They have to prove first that it is them.
    ProofNeeded,
    /// There is no such thing.
    NotFound,
    /// The input is at fault.
    Invalid,
    /// Something else stands in the way right now.
    Conflict,
    /// The marketplace did not answer, or refused.
    Marketplace,
    /// Too many ask at once.
    Busy,
    /// Our own fault.
    Internal,
}

/// One message beside one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMessage {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl AppError {
    /// An error without fields or references.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), fields: Vec::new(), reference: None, correlation_id: None }
    }

    /// The message for a field, where there is one.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.field == name).map(|field| field.message.as_str())
    }

    /// Whether something is wrong with what was sent, rather than that it has to be sent again.
    pub fn is_refusal(&self) -> bool {
        self.kind != Kind::ProofNeeded
    }

    /// Whether the marketplace is why.
    pub fn is_of_marketplace(&self) -> bool {
        self.kind == Kind::Marketplace
    }

    /// The same, saying too that no order was placed. Only where that is certain.
    #[must_use]
    pub fn nothing_ordered(mut self) -> Self {
        self.message = format!("{} {NOTHING_ORDERED} Everything you entered is still here.", self.message);
        self
    }

    /// The HTTP status that says the same.
    pub fn status_code(&self) -> u16 {
        match self.kind {
            Kind::SignInNeeded => 401,
            Kind::Forbidden | Kind::ProofNeeded => 403,
            Kind::NotFound => 404,
            Kind::Invalid => 422,
            Kind::Conflict => 409,
            Kind::Marketplace => 502,
            Kind::Busy => 503,
            Kind::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::new(Kind::Invalid, "The request could not be read. Reload the page and try again.")
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => {
                Self::new(Kind::Internal, "Seatboard could not be reached. Check the connection and try again.")
            }
            _ => Self::new(Kind::Internal, "Something went wrong in Seatboard. Try again."),
        }
    }
}
