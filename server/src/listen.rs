//! Takes connections and serves them, and lets go of those that hold one open and send nothing.

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// How long a request's headers are waited for, also on a connection at rest. A proxy in front should let go of a
/// connection at rest sooner.
const HEADERS: Duration = Duration::from_secs(75);

/// The most bytes of a request's line and headers.
const LARGEST_HEAD: usize = 64 * 1024;

/// How long to wait when no connection could be taken, because the machine ran out of something.
const BREATHER: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then lets the requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    serve_with(listener, router, shutdown, HEADERS).await;
}

async fn serve_with(listener: TcpListener, router: Router, shutdown: CancellationToken, headers: Duration) {
    let connections = TaskTracker::new();
    while let Some(taken) = shutdown.run_until_cancelled(listener.accept()).await {
        match taken {
            Ok((stream, peer)) => {
                connections.spawn(connection(stream, peer, router.clone(), shutdown.clone(), headers));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(BREATHER).await;
            }
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    shutdown: CancellationToken,
    headers: Duration,
) {
    let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(headers)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    tokio::pin!(served);
    let result = tokio::select! {
        result = served.as_mut() => result,
        () = shutdown.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::timeout;

    /// Longer than any of this takes.
    const PATIENCE: Duration = Duration::from_secs(30);

    async fn serving() -> (SocketAddr, CancellationToken, TaskTracker) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (shutdown, tasks) = (CancellationToken::new(), TaskTracker::new());
        let here = get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| format!("here, {}", peer.ip()));
        let router = Router::new().route("/", here);
        tasks.spawn(serve_with(listener, router, shutdown.clone(), Duration::from_millis(100)));
        tasks.close();
        (address, shutdown, tasks)
    }

    /// All that comes back until the connection ends.
    async fn answer(address: SocketAddr, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // A refused request may be answered before all of it was written.
        let _broken_off = stream.write_all(request).await;
        let mut answer = Vec::new();
        let _broken_off = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("the connection ends");
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn a_request_is_answered_and_told_whom_it_comes_from() {
        let (address, ..) = serving().await;
        let answer = answer(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here, 127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn who_never_ends_their_headers_or_never_begins_is_let_go() {
        let (address, ..) = serving().await;
        for begun in [&b"GET / HTTP/1.1\r\nhost: a\r\nx-slow: "[..], b"G", b""] {
            let answer = answer(address, begun).await;
            assert!(!answer.contains("200"), "{answer}");
        }
    }

    #[tokio::test]
    async fn headers_that_are_too_large_are_refused() {
        let (address, ..) = serving().await;
        let request = format!("GET / HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\n", "x".repeat(2 * LARGEST_HEAD));
        let answer = answer(address, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }

    #[tokio::test]
    async fn it_ends_when_told_to_although_a_connection_is_at_rest() {
        let (address, shutdown, tasks) = serving().await;
        let _at_rest = TcpStream::connect(address).await.unwrap();
        shutdown.cancel();
        timeout(PATIENCE, tasks.wait()).await.expect("it ends");
    }
}
