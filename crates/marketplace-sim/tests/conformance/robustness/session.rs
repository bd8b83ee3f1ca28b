//! A stand-in with nobody in between.

use crate::generate::Call;
use crate::stage::base;
use axum::Router;
use axum::body::to_bytes;
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use marketplace_sim::{Config, Simulator};
use serde_json::{Value, json};
use tower::ServiceExt;

/// So few customers are soon invented: every call meets a marketplace of its own, so that a failure can be repeated.
const CUSTOMERS: u32 = 4;

/// Refusals by the billing platform and by vendors, which arrive as 500 and are meant.
const MEANT: [&str; 2] = ["there is already an", "the vendor accepts"];

pub(super) struct Session {
    pub(super) simulator: Simulator,
    router: Router,
    token: String,
}

impl Session {
    pub(super) async fn begin() -> Self {
        let simulator = Simulator::detached(Config { customers: CUSTOMERS, ..Config::for_tests() });
        let mut session = Self { router: simulator.router(), simulator, token: String::new() };
        session.sign_in().await;
        session
    }

    pub(super) async fn sign_in(&mut self) {
        let body = Some(json!({ "marketplace": self.simulator.credentials().marketplace }).to_string());
        let answer = self.answer(&Call { method: "POST".into(), path: "/token".into(), body }).await.unwrap();
        answer["token"].as_str().unwrap().clone_into(&mut self.token);
    }

    /// The answer, unless it is a failure.
    pub(super) async fn answer(&self, call: &Call) -> Result<Value, String> {
        let (status, answer) = self.send(call).await;
        let message = answer["message"].as_str().unwrap_or_default();
        let is_meant = MEANT.iter().any(|meant| message.contains(meant));
        if status.is_server_error() && !is_meant { Err(format!("{status} to {call:?}: {answer}")) } else { Ok(answer) }
    }

    async fn send(&self, call: &Call) -> (StatusCode, Value) {
        let known = self.simulator.credentials();
        let authorization = if call.path == "/token" {
            format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{}", known.username, known.password)))
        } else {
            format!("Bearer {}", self.token)
        };
        let request = call.request(&base()).header("authorization", authorization);
        let request = request.header("x-subscription-key", &known.subscription_key).body(call.body()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    pub(super) async fn get(&self, path: String) -> Result<Value, String> {
        self.answer(&Call { method: "GET".into(), path, body: None }).await
    }

    pub(super) async fn rows(&self, list: &str) -> Vec<Value> {
        let page = self.get(format!("{list}?limit=500")).await.unwrap();
        page["data"].as_array().unwrap().clone()
    }

    /// The whole list, and each of the things it begins with.
    pub(super) async fn look_at(&self, list: &str) -> Result<(), String> {
        let page = self.get(format!("{list}?limit=500")).await?;
        for row in page["data"].as_array().into_iter().flatten().take(12) {
            self.get(format!("{list}/{}", row["id"].as_str().unwrap_or_default())).await?;
        }
        Ok(())
    }
}
