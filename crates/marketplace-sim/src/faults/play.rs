//! How each fault plays around an operation.

use super::{Fault, pages, sentinel};
use crate::connection::Cut;
use crate::error::ApiError;
use crate::gateway::{GatewayRefusal, WRONG_KEY, bearer};
use crate::stats::Effect;
use crate::world::{Shared, World};
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use bytes::Bytes;
use futures::{StreamExt, stream};
use std::fmt::Display;
use std::io;
use std::time::Duration as StdDuration;
use time::Duration;

/// Tells a handler that what it accepts must fail later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProvisioningFails;

/// Names an operation, so that its calls are counted and its faults are played.
pub(crate) fn operation(world: &Shared, name: &'static str, handler: MethodRouter<Shared>) -> MethodRouter<Shared> {
    let play = move |State(world): State<Shared>, request: Request, next: Next| async move {
        *world.stats().calls.entry(name).or_default() += 1;
        let path = request.uri().to_string();
        let may_carry_sentinel = request.method() != Method::GET;
        let (asked, body, request) = if may_carry_sentinel {
            sentinel::find(&world, name, request).await
        } else {
            (None, Bytes::new(), request)
        };
        let call = Call { world: &world, name, text: format!("{path} {}", String::from_utf8_lossy(&body)) };
        let planned = || world.faults().take(name, &call.text);
        match asked.or_else(planned) {
            Some(fault) => {
                *world.stats().faults.entry(fault.name()).or_default() += 1;
                tracing::info!("fault: {} on {name}", fault.name());
                play(fault, &call, request, next).await
            }
            None => call.carry_out(request, next).await,
        }
    };
    handler.route_layer(from_fn_with_state(world.clone(), play))
}

/// A call on its way to its operation.
struct Call<'a> {
    world: &'a World,
    name: &'static str,
    /// Its path and body.
    text: String,
}

impl Call<'_> {
    /// Lets the operation do its work; what it changed is noted.
    async fn carry_out(&self, request: Request, next: Next) -> Response {
        let reads = request.method() == Method::GET || CHANGE_NOTHING.contains(&self.name);
        let response = next.run(request).await;
        if !reads && response.status().is_success() {
            self.world.effects().push(Effect { operation: self.name, about: self.text.clone() });
        }
        response
    }
}

/// They are posted, and yet change nothing.
const CHANGE_NOTHING: [&str; 3] = ["generateAuthToken", "estimateOrder", "validateParameters"];

async fn play(fault: Fault, call: &Call<'_>, mut request: Request, next: Next) -> Response {
    let cut = request.extensions().get::<ConnectInfo<Cut>>().map(|ConnectInfo(cut)| cut.clone());
    match fault {
        Fault::ResetBefore => reset(cut),
        Fault::ResetAfter => {
            call.carry_out(request, next).await;
            reset(cut)
        }
        Fault::TimeoutBefore => std::future::pending().await,
        Fault::TimeoutAfter => {
            call.carry_out(request, next).await;
            std::future::pending().await
        }
        Fault::HoldBefore => {
            call.world.holds.hold(call.name).await;
            call.carry_out(request, next).await
        }
        Fault::HoldAfter => {
            let response = call.carry_out(request, next).await;
            call.world.holds.hold(call.name).await;
            response
        }
        Fault::Html504Before => pages::gateway_timeout(),
        Fault::Html504After => {
            call.carry_out(request, next).await;
            pages::gateway_timeout()
        }
        Fault::Conflict500 => {
            ApiError::refused(conflict_text("1000201", "CH000042", "Provisioning is in progress(LO)")).into_response()
        }
        Fault::RateLimited => GatewayRefusal::too_fast(Duration::SECOND).into_response(),
        Fault::OutOfQuota => GatewayRefusal::out_of_quota(Duration::SECOND).into_response(),
        Fault::KeyRefused => WRONG_KEY.into_response(),
        Fault::NotFound => ApiError::not_found("Subscription", "1000201").into_response(),
        Fault::InternalError => ApiError::refused("Internal error while pricing the order".to_owned()).into_response(),
        Fault::ExpiredToken => expire(call.world, &request),
        Fault::TruncatedBody => truncate(call.carry_out(request, next).await).await,
        Fault::SlowBody => slow(call.carry_out(request, next).await).await,
        Fault::EmptyBody => {
            call.carry_out(request, next).await;
            StatusCode::OK.into_response()
        }
        Fault::Maintenance503 => pages::maintenance(),
        Fault::ProvisioningFailed => {
            request.extensions_mut().insert(ProvisioningFails);
            call.carry_out(request, next).await
        }
        Fault::ErrorOtherSpelling => ApiError::spelled_otherwise(StatusCode::BAD_REQUEST).into_response(),
        Fault::Forbidden => ApiError::forbidden().into_response(),
        Fault::Html200 => pages::captive_portal(),
    }
}

/// The billing platform's refusal of a second order on a subscription; clients match `there is already an`.
pub(crate) fn conflict_text(subscription: impl Display, order_number: impl Display, status: &str) -> String {
    format!(
        "Cannot Upgrade/Downgrade Resources for Subscription #{subscription}: there is already an \
         Upgrade/Downgrade Order #{order_number} in status {status}. This order prohibits \
         placing an order of the same order type (per subscription). Please either cancel conflicting order or \
         wait until it is processed by the system."
    )
}

/// Cuts the connection; where there is none (a router called in a test), the body breaks instead.
pub(super) fn reset(cut: Option<Cut>) -> Response {
    match cut {
        Some(cut) => {
            cut.now();
            // Writing this is what fails.
            StatusCode::OK.into_response()
        }
        None => Response::new(Body::from_stream(stream::iter([Err::<Bytes, _>(broken())]))),
    }
}

fn expire(world: &World, request: &Request) -> Response {
    if let Some(token) = bearer(request.headers()) {
        world.tokens().expire(token);
    }
    ApiError::unauthorized("The access token is missing, invalid or expired").into_response()
}

/// Announces the whole length and sends half of it.
async fn truncate(response: Response) -> Response {
    let (mut parts, bytes) = read(response).await;
    parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = bytes.slice(..bytes.len() / 2);
    let pieces = stream::once(async move { Ok(half) }).chain(stream::once(async {
        // Gives the server the chance to send the half before it hears of the end.
        tokio::task::yield_now().await;
        Err(broken())
    }));
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// Eight pieces, a quarter of a second apart.
async fn slow(response: Response) -> Response {
    let (parts, bytes) = read(response).await;
    let size = bytes.len().div_ceil(8).max(1);
    let pieces: Vec<Bytes> = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    let paced = stream::iter(pieces).then(|piece| async move {
        tokio::time::sleep(StdDuration::from_millis(250)).await;
        Ok::<_, io::Error>(piece)
    });
    Response::from_parts(parts, Body::from_stream(paced))
}

async fn read(response: Response) -> (axum::http::response::Parts, Bytes) {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, to_bytes(body, usize::MAX).await.unwrap_or_default())
}

fn broken() -> io::Error {
    io::ErrorKind::ConnectionReset.into()
}
