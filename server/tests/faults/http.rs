//! A browser without JavaScript, over a connection of its own for each request.

use app::paths::segment;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "a password for tests only";

/// Sends requests to one address and keeps the session's cookie.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    address: SocketAddr,
    cookie: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// Longer than any answer may take here, so that a test ends whatever happens.
const LONGEST: Duration = Duration::from_secs(30);

impl Browser {
    /// A browser in which nobody is signed in.
    pub(crate) fn at(address: SocketAddr) -> Self {
        Self { address, cookie: None }
    }

    /// The same person at another address.
    pub(crate) fn moved_to(&self, address: SocketAddr) -> Self {
        Self { address, cookie: self.cookie.clone() }
    }

    /// The session's cookie.
    pub(crate) fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap_or_default()
    }

    /// Signs in; the cookie is kept.
    pub(crate) async fn sign_in(&mut self, email: &str) {
        let form = format!("email={}&password={}", segment(email), segment(PASSWORD));
        let answer = self.post("/api/sign_in", &form).await.unwrap();
        assert_eq!(answer.location.as_deref(), Some("/"), "{email} is let in: {answer:?}");
    }

    pub(crate) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, "").await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &str) -> io::Result<Answer> {
        self.send("POST", path, form).await
    }

    async fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        // HTTP/1.0: the answer ends with the connection.
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n{cookie}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let exchange = async {
            let mut stream = TcpStream::connect(self.address).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).await?;
            Ok::<_, io::Error>(bytes)
        };
        let bytes = tokio::time::timeout(LONGEST, exchange).await??;
        self.read(&String::from_utf8_lossy(&bytes)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn read(&mut self, answer: &str) -> Option<Answer> {
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let header = |name: &str| {
            let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
            lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
        };
        if let Some(set) = header("set-cookie") {
            self.cookie = set.split(';').next().map(ToOwned::to_owned);
        }
        Some(Answer { status, location: header("location"), body: body.to_owned() })
    }
}
