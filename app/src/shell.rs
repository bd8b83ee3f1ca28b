//! The HTML document around every page.

use crate::context::{self, Assets};
use crate::routes::App;
use axum::http::{HeaderName, HeaderValue};
use backend::session_store::WARNING;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, provide_meta_context};

/// The whole document. Islands hydrate; everything else is plain HTML.
pub fn shell() -> impl IntoView {
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    provide_meta_context();
    let assets = expect_context::<Assets>();
    let nonce = use_nonce();
    set_content_security_policy(nonce.as_ref().map(|nonce| nonce.as_inner().as_ref()));
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <script src="/theme.js" nonce=nonce.clone()></script>
                <link rel="stylesheet" href=assets.css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <script defer src="/islands.js" data-js=assets.js data-wasm=assets.wasm nonce=nonce.clone()></script>
                <script defer src="/refresh.js" nonce=nonce.clone()></script>
                <script defer src="/copy.js" nonce=nonce.clone()></script>
                {context::session_left().map(|left| view! {
                    <script defer src="/palette.js" nonce=nonce.clone()></script>
                    <script defer src="/session.js" data-left=left data-warning=WARNING.whole_seconds() nonce=nonce></script>
                })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

fn set_content_security_policy(nonce: Option<&str>) {
    let nonce = nonce.map(|nonce| format!("'nonce-{nonce}' ")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src {nonce}'strict-dynamic' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    );
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
        response.insert_header(HeaderName::from_static("content-security-policy"), value);
    }
}
