//! Faults asked for inside a request: `fault:NAME`, or `estimate-fault:NAME` for the estimate of what is asked for,
//! optionally followed by a space and anything.

use super::Fault;
use crate::world::World;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use bytes::Bytes;
use serde_json::Value;

/// Larger bodies are not looked into; the operation refuses them itself.
const LARGEST_BODY: usize = 1 << 20;

/// The free-text fields of orders, reports and customers a person can fill in.
const FIELDS: [&str; 3] = ["poNumber", "customizationName", "externalId"];

/// The fault a request asks for, what it carries, and the request again with its body unread.
pub(super) async fn find(world: &World, operation: &str, request: Request) -> (Option<Fault>, Bytes, Request) {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    // An order's estimate goes through although the order will not.
    let prefix = if operation == "estimateOrder" { "estimate-fault:" } else { "fault:" };
    let fault = text(&bytes, prefix).and_then(|text| {
        let fault = parse(&text, prefix)?;
        world.faults().may_play(fault, &text).then_some(fault)
    });
    (fault, bytes.clone(), Request::from_parts(parts, Body::from(bytes)))
}

fn text(bytes: &Bytes, prefix: &str) -> Option<String> {
    let body: Value = serde_json::from_slice(bytes).ok()?;
    FIELDS.iter().find_map(|field| body.get(field)?.as_str().filter(|text| text.starts_with(prefix)).map(str::to_owned))
}

fn parse(text: &str, prefix: &str) -> Option<Fault> {
    text.strip_prefix(prefix)?.split_whitespace().next()?.parse().ok()
}
