//! `server serve` as a process of its own, to be killed and started again.

use super::http::Browser;
use marketplace_sim::Simulator;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How a server is started: the same each time, so that it comes back where it was.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    name: String,
    address: SocketAddr,
    variables: Vec<(&'static str, String)>,
}

/// How long the server waits for an answer of the marketplace: longer than `slow-body` takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

impl Settings {
    /// A server of that name at a free port. `per_minute` is the marketplace's patience, 0 without end.
    pub(crate) fn new(name: &str, database_url: &str, marketplace: &Simulator, per_minute: u32) -> Self {
        let address = free_address();
        let known = marketplace.credentials().clone();
        let seconds = PATIENCE.as_secs().to_string();
        let variables = vec![
            ("DATABASE_URL", database_url.to_owned()),
            ("SECRET_KEY", "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e".to_owned()),
            ("LISTEN", address.to_string()),
            ("SITE_ROOT", site_root().display().to_string()),
            ("MARKETPLACE_URL", marketplace.url()),
            ("MARKETPLACE_CODE", known.marketplace),
            ("MARKETPLACE_USERNAME", known.username),
            ("MARKETPLACE_PASSWORD", known.password),
            ("MARKETPLACE_SUBSCRIPTION_KEY", known.subscription_key),
            ("MARKETPLACE_CALLS_PER_MINUTE", per_minute.to_string()),
            ("MARKETPLACE_CALLS_PER_DAY", "0".to_owned()),
            ("MARKETPLACE_READ_SECONDS", seconds.clone()),
            ("MARKETPLACE_WRITE_SECONDS", seconds),
            ("RUST_LOG", "warn".to_owned()),
            ("NO_COLOR", "1".to_owned()),
        ];
        Self { name: name.to_owned(), address, variables }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command.args(arguments).env_clear().envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// The same with that variable.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
        self
    }

    /// The same without a connection: it is stored in Settings.
    pub(crate) fn without_marketplace(mut self) -> Self {
        let of_connection = ["URL", "CODE", "USERNAME", "PASSWORD", "SUBSCRIPTION_KEY"];
        let named = |name: &str| name.strip_prefix("MARKETPLACE_").is_some_and(|end| of_connection.contains(&end));
        self.variables.retain(|(name, _)| !named(name));
        self
    }

    /// Runs another command of the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()
    }

    /// Where its log is.
    pub(crate) fn log(&self) -> PathBuf {
        scratch().join(format!("{}.log", self.name))
    }

    /// Creates the demo staff.
    pub(crate) fn create_staff(&self) {
        let mut command = self.command(&["staff", "demo", "--password-env", "DEMO_PASSWORD"]);
        let status = command.env("DEMO_PASSWORD", super::http::PASSWORD).status().unwrap();
        assert!(status.success(), "the demo staff is created");
    }

    /// Starts it and waits until it is ready.
    pub(crate) async fn start(&self) -> Server {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let child = self.command(&["serve"]).stderr(log).spawn().unwrap();
        let mut server = Server { child, address: self.address };
        server.wait_until_ready(&self.log()).await;
        server
    }
}

/// A server that runs. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// `kill -9`, and nothing else.
    pub(crate) fn kill(&mut self) {
        // It may be gone already.
        let _killed = self.child.kill();
        self.child.wait().unwrap();
    }

    /// SIGTERM, as service managers and container engines stop a program.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success(), "the server is told to stop");
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    async fn wait_until_ready(&mut self, log: &std::path::Path) {
        let begun = Instant::now();
        loop {
            if Browser::at(self.address).get("/readyz").await.is_ok_and(|answer| answer.status == 200) {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            let may_still_come = ended.is_none() && begun.elapsed() < Duration::from_mins(1);
            assert!(may_still_come, "the server is not ready: {}", fs::read_to_string(log).unwrap_or_default());
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn scratch() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Assets nobody asks for. Written once: other servers may be reading them.
fn site_root() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let written = FOLDER.get_or_init(|| {
        let folder = scratch();
        fs::write(folder.join("manifest.json"), r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#).unwrap();
        folder
    });
    written.clone()
}
