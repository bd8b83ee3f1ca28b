//! Runs the server's program on the database of a test.

use sqlx::PgPool;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use uuid::Uuid;

/// Of the role, and of the demo staff.
const PASSWORD: &str = "for this test only";

/// A database role of its own for one test.
pub(crate) struct Role {
    pub(crate) name: String,
}

impl Role {
    pub(crate) async fn new(pool: &PgPool) -> Self {
        let name = format!("seatboard_test_{}", Uuid::new_v4().simple());
        super::execute(pool, &format!("create role {name} login password '{PASSWORD}'")).await;
        Self { name }
    }

    /// Roles outlive the database of a test.
    pub(crate) async fn drop(self, pool: &PgPool) {
        super::execute(pool, &format!("drop owned by {0}; drop role {0}", self.name)).await;
    }
}

/// Runs a command to its end; `role` or the tests' own uses the database.
pub(crate) fn run(pool: &PgPool, role: Option<&Role>, arguments: &[&str]) -> Output {
    command(pool, role, arguments).output().unwrap()
}

/// The same with more variables in its environment.
pub(crate) fn run_with(pool: &PgPool, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    command(pool, None, arguments).envs(variables.iter().copied()).output().unwrap()
}

/// What the command printed.
pub(crate) fn succeeded(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What the command said on its error stream.
pub(crate) fn failed(output: Output, code: i32) -> String {
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn command(pool: &PgPool, role: Option<&Role>, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command
        .args(arguments)
        .env("DATABASE_URL", address(pool, role))
        .env("NO_COLOR", "1")
        .env("DEMO_PASSWORD", PASSWORD);
    command.env("RUST_LOG", "info").env_remove("MARKETPLACE_URL").env_remove("PUBLIC_URL").stdin(Stdio::null());
    command
}

/// The tests' own database server, this test's database.
fn address(pool: &PgPool, role: Option<&Role>) -> String {
    let tests = std::env::var_os("DATABASE_URL").unwrap().into_string().unwrap();
    let (server, _) = tests.rsplit_once('/').unwrap();
    let (scheme, host) = server.rsplit_once('@').unwrap();
    let user = match role {
        Some(role) => format!("postgres://{}:{}", role.name, PASSWORD.replace(' ', "%20")),
        None => scheme.to_owned(),
    };
    format!("{user}@{host}/{}", pool.connect_options().get_database().unwrap())
}

/// A server that serves; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Serving {
    child: Child,
    address: String,
    folder: PathBuf,
}

impl Serving {
    /// Starts it and waits until it says where it serves, or returns all it said before it ended.
    pub(crate) fn start(pool: &PgPool, role: &Role) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("seatboard-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("manifest.json"), r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#).unwrap();
        let mut command = command(pool, Some(role), &["serve"]);
        command.env("SITE_ROOT", &folder).env("LISTEN", "127.0.0.1:0").env("PUBLIC_URL", "http://127.0.0.1");
        command
            .env("SECRET_KEY", "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e")
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let address = lines.find_map(|line| {
            let address = line.split_once("serving address=").map(|(_, address)| address.trim().to_owned());
            said.push(line);
            address
        });
        // Read to the end: a server whose log nobody reads would stand still.
        std::thread::spawn(move || lines.for_each(drop));
        let ended = address.is_none();
        let serving = Self { child, address: address.unwrap_or_default(), folder };
        if ended { Err(said.join("\n")) } else { Ok(serving) }
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn post(&self, path: &str, form: &str) -> String {
        let kind = "application/x-www-form-urlencoded";
        let length = form.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{form}"
        ))
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
