//! A client, a mock marketplace, and a socket that misbehaves.

use marketplace::models::{OrderDetailed, OrderLineRequest, OrderRequest};
use marketplace::{Answered, Client, Connection, Error, Options, RetryPolicy, Timeouts};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::{basic_auth, body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const BASE: &str = "/marketplace/eu";

/// A client of the marketplace at `origin`, quick to repeat and to give up.
pub(crate) fn client(origin: &str) -> Client {
    let connection = Connection {
        base_url: format!("{origin}{BASE}/"),
        marketplace: "us".into(),
        username: "someone.API".into(),
        password: "password".into(),
        subscription_key: "key".into(),
    };
    let retry = RetryPolicy { attempts: 3, first_wait: Duration::from_millis(1), ..RetryPolicy::default() };
    Client::new(connection, Options { timeouts: Timeouts::default(), retry }).unwrap()
}

/// The same, which waits for an answer for a moment only.
pub(crate) fn impatient_client(origin: &str) -> Client {
    let connection = Connection {
        base_url: format!("{origin}{BASE}"),
        marketplace: "us".into(),
        username: "someone.API".into(),
        password: "password".into(),
        subscription_key: "key".into(),
    };
    let timeouts = Timeouts {
        read: Duration::from_secs(5),
        write: Duration::from_millis(50),
        download: Duration::from_millis(50),
        ..Timeouts::default()
    };
    Client::new(connection, Options { timeouts, retry: RetryPolicy::never() }).unwrap()
}

/// A marketplace that issues `token-1`, `token-2` and so on, and knows nothing else.
pub(crate) async fn marketplace() -> MockServer {
    let server = MockServer::start().await;
    let issued = AtomicUsize::new(0);
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/token")))
        .and(basic_auth("someone.API", "password"))
        .and(header("x-subscription-key", "key"))
        .and(body_json(json!({"marketplace": "us"})))
        .respond_with(move |_: &wiremock::Request| {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            ResponseTemplate::new(200)
                .set_body_json(json!({"token": format!("token-{number}"), "expiresInSeconds": 1500}))
        })
        .mount(&server)
        .await;
    server
}

/// Answers `verb place` with `response`, always.
pub(crate) async fn answer(server: &MockServer, verb: &str, place: &str, response: ResponseTemplate) {
    Mock::given(method(verb)).and(path(format!("{BASE}{place}"))).respond_with(response).mount(server).await;
}

/// How often `place` was called.
pub(crate) async fn calls(server: &MockServer, place: &str) -> usize {
    let place = format!("{BASE}{place}");
    server.received_requests().await.unwrap().iter().filter(|request| request.url.path() == place).count()
}

/// Places an order for five of something.
pub(crate) async fn place_order(client: &Client) -> Result<Answered<OrderDetailed>, Error> {
    client.create_order(&OrderRequest::sales("1000027", vec![OrderLineRequest::of_mpn("A:1", 5)])).await
}

/// What the socket does once it has the whole request.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// Closes the connection without a word.
    HangUp,
    /// Writes this and closes.
    Say(&'static str),
    /// Keeps the connection and says nothing.
    Silence,
}

/// A marketplace on a bare socket, which issues tokens and answers everything else with a fault.
pub(crate) struct Socket {
    pub(crate) origin: String,
    received: Arc<AtomicUsize>,
}

impl Socket {
    pub(crate) async fn start(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(AtomicUsize::new(0));
        let counter = received.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, fault, counter.clone()));
            }
        });
        Self { origin, received }
    }

    /// Requests other than for tokens.
    pub(crate) fn received(&self) -> usize {
        self.received.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, fault: Fault, received: Arc<AtomicUsize>) {
    let request = whole_request(&mut stream).await;
    let said = if request.starts_with(&format!("POST {BASE}/token ")) {
        let token = json!({"token": "token-1", "expiresInSeconds": 1500}).to_string();
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{token}", token.len())
    } else {
        received.fetch_add(1, Ordering::SeqCst);
        match fault {
            Fault::HangUp => String::new(),
            Fault::Say(text) => text.to_owned(),
            Fault::Silence => std::future::pending().await,
        }
    };
    stream.write_all(said.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

async fn whole_request(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await.unwrap_or_default();
        request.push_str(&String::from_utf8_lossy(&buffer[..length]));
        let Some((head, body)) = request.split_once("\r\n\r\n") else {
            if length == 0 {
                return request;
            }
            continue;
        };
        let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if length == 0 || body.len() >= announced.map_or(0, |length| length.parse().unwrap()) {
            return request;
        }
    }
}
