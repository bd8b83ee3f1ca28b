//! The published contract: where it is, and what it says.

mod json_schema;
mod operation;
mod shape;

pub(crate) use operation::{Body, Operation, Parameter, Place};
pub(crate) use shape::{Kind, Looks, Member, Shape, Side};

use axum::http::Method;
use serde_json::Value;
use std::env::var_os;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Names another place of the file.
const PLACE: &str = "SEATBOARD_CONTRACT";
/// Beside the project, never in it: the file is not ours.
const USUAL_PLACE: &str = "shared/marketplace/simpleapi-1.15.yaml";

/// Every operation of the contract, in its order.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) operations: Vec<Operation>,
}

impl Contract {
    pub(crate) fn from_yaml(text: &str) -> Result<Self, String> {
        let document: Value = serde_saphyr::from_str(text).map_err(|error| error.to_string())?;
        let mut operations = Vec::new();
        for (template, methods) in document["paths"].as_object().ok_or("there are no paths")? {
            for (method, operation) in methods.as_object().ok_or("a path without methods")? {
                let read = Operation::read(&document, method, template, operation);
                operations.push(read.map_err(|error| format!("{method} {template}: {error}"))?);
            }
        }
        Ok(Self { operations })
    }

    /// The operation of a call. A path that is spelled out goes before one with an open part.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let candidates = self.operations.iter().filter(|operation| operation.method == *method);
        let fitting = candidates.filter_map(|operation| Some((operation.values_in(path)?.len(), operation)));
        fitting.min_by_key(|(open, _)| *open).map(|(_, operation)| operation)
    }
}

/// The contract; `None` where its file is not, which is said aloud.
pub(crate) fn published(what: &str) -> Option<&'static Contract> {
    static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
    let path = var_os(PLACE).map_or_else(usual_place, PathBuf::from);
    let contract = CONTRACT.get_or_init(|| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some(Contract::from_yaml(&text).unwrap_or_else(|error| panic!("{} is not understood: {error}", path.display())))
    });
    if contract.is_none() {
        say(&format!("{what} was NOT checked: {} is not there. {PLACE} names another place.", path.display()));
    }
    contract.as_ref()
}

fn usual_place() -> PathBuf {
    // The crate, the folder of crates, the project, and what holds the project.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().join(USUAL_PLACE)
}

/// Writes past the test harness, which shows nothing of what a passing test prints.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "\n{text}");
}
