//! The whole marketplace being away.

use super::{pages, play::reset};
use crate::connection::Cut;
use crate::world::Shared;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};

/// What callers see while the marketplace is down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outage {
    /// Every call answers 503 with an HTML page.
    #[default]
    Maintenance,
    /// Every connection is reset.
    Reset,
}

/// Answers in the marketplace's place while it is down.
pub(crate) async fn outage(State(world): State<Shared>, request: Request, next: Next) -> Response {
    let outage = *world.outage();
    match outage {
        None => next.run(request).await,
        Some(Outage::Maintenance) => pages::maintenance(),
        Some(Outage::Reset) => {
            reset(request.extensions().get::<ConnectInfo<Cut>>().map(|ConnectInfo(cut)| cut.clone()))
        }
    }
}
