//! Asking a server whether it serves yet.

use crate::failure::{Failure, Result};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Past this, something is wrong that waiting does not mend.
const PATIENCE: Duration = Duration::from_mins(2);
/// For one answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Repeated questions to one server.
#[derive(Debug)]
pub(super) struct Attempts {
    port: u16,
    until: Instant,
}

impl Attempts {
    /// For the server on this port of the loopback address.
    pub(super) fn new(port: u16) -> Self {
        Self { port, until: Instant::now() + PATIENCE }
    }

    /// Whether the server says that it is ready; fails when it had long enough.
    pub(super) fn succeed(&mut self) -> Result<bool> {
        let answer = ask(self.port).unwrap_or_else(|error| error.to_string());
        if answer.starts_with("HTTP/1.1 200 ") {
            return Ok(true);
        }
        if Instant::now() < self.until {
            return Ok(false);
        }
        let seconds = PATIENCE.as_secs();
        Err(Failure::new(format!("the server is not ready after {seconds} s; /readyz says:\n{answer}"))
            .remedy("look into .data/logs"))
    }
}

/// The whole answer to `GET /readyz`, head included.
fn ask(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::net::TcpListener;
    use std::thread::spawn;

    /// A server that answers one question with this status line, and its port.
    fn answering(status: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(std::result::Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            assert_eq!(head[0], "GET /readyz HTTP/1.1");
            write!(stream, "HTTP/1.1 {status}\r\n\r\n").unwrap();
        });
        port
    }

    #[test]
    fn only_an_ok_means_ready() {
        assert!(Attempts::new(answering("200 OK")).succeed().unwrap());
        assert!(!Attempts::new(answering("503 Service Unavailable")).succeed().unwrap());
    }

    #[test]
    fn a_server_that_never_answers_is_given_up_on() {
        let mut attempts = Attempts { port: 1, until: Instant::now() };
        assert!(attempts.succeed().unwrap_err().to_string().contains("not ready"));
    }
}
