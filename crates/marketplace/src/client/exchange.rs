//! One call over HTTP: through the gate, with its time-out, recorded.

use super::Client;
use super::answer::{Answered, RawAnswer, Reply, Unread};
use super::call::Call;
use super::error::{self, Error, ErrorKind};
use super::gate::{CallInfo, CallKind, CallOutcome, Fault, Priority, Verdict};
use super::token::Token;
use super::transport::failure;
use crate::models::{TokenInfo, TokenRequest};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder, Url};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use std::time::{Duration, Instant};
use tracing::Instrument;

/// Who makes a call.
#[derive(Clone, Copy)]
enum Caller<'a> {
    /// The API user, with the password.
    User,
    /// Whoever holds the token.
    Bearer(&'a Token),
}

impl Client {
    /// Makes the call and reads its answer. Every operation comes through here.
    pub(super) async fn request<T: DeserializeOwned>(&self, call: Call) -> Result<Answered<T>, Error> {
        let answer = self.authorized(&call).await?;
        decoded(&call, answer)
    }

    async fn authorized(&self, call: &Call) -> Result<RawAnswer, Error> {
        self.reply(call).await?.success()
    }

    /// The answer, of any status. A 401 says that the call was not carried out, so a new token and a second try are safe,
    /// for writes too.
    pub(super) async fn reply(&self, call: &Call) -> Result<Reply, Error> {
        let token = self.token().await?;
        let reply = self.repeated(call, Caller::Bearer(&token)).await?;
        if !reply.is_unauthorized() {
            return Ok(reply);
        }
        self.shared.tokens.discard(&token).await;
        let token = self.token().await?;
        self.repeated(call, Caller::Bearer(&token)).await
    }

    async fn token(&self) -> Result<Token, Error> {
        self.shared.tokens.get(|| self.issue_token()).await
    }

    async fn issue_token(&self) -> Result<TokenInfo, Error> {
        let marketplace = Some(self.shared.endpoint.marketplace.clone());
        let call = Call::new("token", CallKind::Token, Method::POST, &["token"]);
        let call = call.with_body(&TokenRequest { marketplace })?;
        let answer = self.repeated(&call, Caller::User).await?.success()?;
        decoded(&call, answer).map(|answered| answered.value)
    }

    /// Makes the call, and makes it again after a passing failure if it may be repeated.
    async fn repeated(&self, call: &Call, caller: Caller<'_>) -> Result<Reply, Error> {
        let mut made = 0;
        loop {
            let result = self.recorded(call, caller).await;
            made += 1;
            let repeats = call.repeats && !self.probing;
            let passing = failure_of(&result).filter(|error| repeats && error.is_transient());
            let wait = passing
                .and_then(|error| self.shared.options.retry.wait_after(made, error.retry_after(), rand::random()));
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return result,
            }
        }
    }

    async fn recorded(&self, call: &Call, caller: Caller<'_>) -> Result<Reply, Error> {
        let span = tracing::info_span!("marketplace_call", operation = call.operation, kind = ?call.kind);
        self.through_gate(call, caller).instrument(span).await
    }

    async fn through_gate(&self, call: &Call, caller: Caller<'_>) -> Result<Reply, Error> {
        let segments: Vec<_> = call.segments.iter().map(String::as_str).collect();
        let url = self.shared.endpoint.url(&segments, &call.query);
        let url = url.ok_or_else(|| call.error(ErrorKind::Invalid, "an identifier is empty or no identifier"))?;
        let info = CallInfo {
            operation: call.operation,
            kind: call.kind,
            priority: self.priority_of(call),
            probe: self.probing,
        };
        let admitted = self.gate.admit(&info).await;
        admitted.map_err(|refusal| Error::refused(call.operation, call.kind, refusal))?;
        let start = Instant::now();
        let answer = self.over_http(call, caller, url).await;
        let elapsed = start.elapsed();
        let result = answer.map(|answer| {
            let refusal = (!answer.status.is_success()).then(|| error::refusal(call, &answer));
            Reply { answer: RawAnswer { elapsed, ..answer }, refusal }
        });
        record(&result, elapsed.as_millis());
        self.gate.observe(&info, &outcome(&result, elapsed)).await;
        result
    }

    /// Everybody waits for the token, whoever happens to ask for it.
    fn priority_of(&self, call: &Call) -> Priority {
        if call.kind == CallKind::Token { Priority::People } else { self.priority }
    }

    async fn over_http(&self, call: &Call, caller: Caller<'_>, url: Url) -> Result<RawAnswer, Error> {
        let failed = |error| failure(call.operation, call.kind, error);
        let response = self.prepared(call, caller, url).send().await.map_err(failed)?;
        let status = response.status();
        match RawAnswer::read(response).await {
            Ok(answer) => Ok(answer),
            // The status was received: a refusal stays one even if its explanation got lost.
            Err(_) if !status.is_success() => Ok(RawAnswer::unexplained(status)),
            Err(Unread::Broken(error)) => Err(failed(error)),
            Err(Unread::TooLarge) => Err(call.error(ErrorKind::Decode, "the answer is too large")),
        }
    }

    fn prepared(&self, call: &Call, caller: Caller<'_>, url: Url) -> RequestBuilder {
        let endpoint = &self.shared.endpoint;
        let timeouts = self.shared.options.timeouts;
        let request = self
            .shared
            .transport
            .api
            .request(call.method.clone(), url)
            .header("X-Subscription-Key", endpoint.subscription_key.clone())
            .timeout(if call.kind == CallKind::Write { timeouts.write } else { timeouts.read });
        let request = match caller {
            Caller::User => request.basic_auth(&endpoint.username, Some(endpoint.password.expose_secret())),
            Caller::Bearer(token) => request.bearer_auth(token.expose()),
        };
        match &call.body {
            Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.clone()),
            None => request,
        }
    }
}

/// Why the call did not succeed.
fn failure_of(result: &Result<Reply, Error>) -> Option<&Error> {
    match result {
        Ok(reply) => reply.refusal.as_ref(),
        Err(error) => Some(error),
    }
}

fn outcome(result: &Result<Reply, Error>, elapsed: Duration) -> CallOutcome {
    let failure = failure_of(result);
    let answer = result.as_ref().ok().map(|reply| &reply.answer);
    CallOutcome {
        verdict: verdict(failure, answer),
        status: answer.map(|answer| answer.status.as_u16()).or_else(|| failure?.status()),
        limit: failure.and_then(error::limit),
        retry_after: failure.map_or_else(|| answer?.retry_after, Error::retry_after),
        elapsed,
    }
}

fn verdict(failure: Option<&Error>, answer: Option<&RawAnswer>) -> Verdict {
    match failure {
        Some(error) => error.fault().map_or(Verdict::Refusal, Verdict::Fault),
        // A proxy's page about maintenance can come with any status.
        None if answer.is_some_and(RawAnswer::is_web_page) => Verdict::Fault(Fault::Unreadable),
        None => Verdict::Success,
    }
}

fn record(result: &Result<Reply, Error>, elapsed_ms: u128) {
    match (failure_of(result), result) {
        (Some(error), _) => tracing::warn!(
            status = error.status(),
            correlation_id = error.correlation_id(),
            elapsed_ms,
            error = error.message(),
            "the marketplace call failed"
        ),
        (None, Ok(Reply { answer, .. })) => tracing::debug!(
            status = answer.status.as_u16(),
            correlation_id = answer.correlation_id,
            elapsed_ms,
            "the marketplace answered"
        ),
        (None, Err(_)) => {}
    }
}

fn decoded<T: DeserializeOwned>(call: &Call, answer: RawAnswer) -> Result<Answered<T>, Error> {
    let value = serde_json::from_slice(&answer.body).map_err(|error| unreadable(call, &answer, &error))?;
    Ok(Answered { value, correlation_id: answer.correlation_id })
}

/// What a success means whose body is not what it should be.
pub(super) fn unreadable(call: &Call, answer: &RawAnswer, error: &serde_json::Error) -> Error {
    let why = match call.kind {
        _ if answer.is_web_page() => "it is a web page".to_owned(),
        _ if answer.body.is_empty() => "it is empty".to_owned(),
        // The reason may quote what was read, which here is a token.
        CallKind::Token => "it holds no token".to_owned(),
        _ => error.to_string(),
    };
    Error::unreadable(call, answer, &why)
}
