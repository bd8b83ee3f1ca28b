//! Everything that passes between the client and the stand-in, as it was on the wire.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{Router, serve};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A call and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: StatusCode,
    pub(crate) answer_headers: HeaderMap,
    pub(crate) answer: Bytes,
}

/// A server that passes every call on to `router` and remembers it.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) address: SocketAddr,
    log: Log,
    server: JoinHandle<()>,
}

type Log = Arc<Mutex<Vec<Exchange>>>;

impl Recorder {
    pub(crate) async fn before(router: Router) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Log::default();
        let router = router.layer(from_fn_with_state(log.clone(), record));
        let server = tokio::spawn(async move { serve(listener, router).await.unwrap() });
        Self { address, log, server }
    }

    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn record(State(log): State<Log>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = whole(body).await;
    let (method, uri, headers) = (head.method.clone(), head.uri.clone(), head.headers.clone());
    let (answer_head, answer) = next.run(Request::from_parts(head, Body::from(body.clone()))).await.into_parts();
    let answer = whole(answer).await;
    let (status, answer_headers) = (answer_head.status, answer_head.headers.clone());
    let exchange = Exchange { method, uri, headers, body, status, answer_headers, answer: answer.clone() };
    log.lock().unwrap().push(exchange);
    Response::from_parts(answer_head, Body::from(answer))
}

async fn whole(body: Body) -> Bytes {
    to_bytes(body, usize::MAX).await.unwrap()
}
