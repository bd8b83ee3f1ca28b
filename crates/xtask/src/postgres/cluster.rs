//! The server's data and its life: `initdb`, `pg_ctl start`, `pg_ctl stop`.

use super::owner::Home;
use crate::commands::{last_lines, name, output, succeeds};
use crate::failure::{Context, Failure, Result};
use crate::setup::postgres::{self, Programs};
use crate::{random, say};
use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Owns every database of the private server.
pub(super) const SUPERUSER: &str = "seatboard";

/// Collation by code point and Unicode letter case, the same on every machine.
const LOCALE: &str = if cfg!(target_os = "linux") { "C.UTF-8" } else { "en_US.UTF-8" };

/// The data can be made again, so speed is worth more than surviving a power cut; tests make hundreds of databases.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// The data folder and the programs of the version that made it.
#[derive(Debug)]
pub(super) struct Cluster {
    home: Home,
    programs: Programs,
}

impl Cluster {
    /// Makes the data folder unless it is there.
    pub(super) fn ensure() -> Result<Self> {
        // Found first: where they must be installed, that brings the user they run as.
        let programs = postgres::ensure(None)?;
        let home = Home::ensure()?;
        let version = fs::read_to_string(home.folder.join("data/PG_VERSION")).ok();
        let Some(version) = version else {
            let cluster = Self { home, programs };
            cluster.initialise()?;
            return Ok(cluster);
        };
        let programs = postgres::ensure(version.trim().parse().ok()).map_err(|failure| {
            failure.remedy(format!(
                "the data in {} is of PostgreSQL {}: install that version, or delete the folder to begin anew",
                home.folder.display(),
                version.trim()
            ))
        })?;
        Ok(Self { home, programs })
    }

    /// The full path of one of the server's programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.programs.path(name)
    }

    /// The superuser's password.
    pub(super) fn password(&self) -> Result<String> {
        fs::read_to_string(self.password_file()).context("reading the private Postgres's password")
    }

    /// The port of the server, if it runs: the fourth line of its process file.
    pub(super) fn running(&self) -> Option<u16> {
        if !succeeds(&mut self.pg_ctl("status")) {
            return None;
        }
        fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().nth(3)?.trim().parse().ok()
    }

    /// Starts the server unless it runs.
    pub(super) fn start(&self) -> Result {
        if self.running().is_some() {
            return Ok(());
        }
        let port = free_port()?;
        let log = self.home.folder.join("server.log");
        let mut start = self.pg_ctl("start");
        start.args(["--wait", "--timeout", "60", "--options", &format!("-p {port}"), "--log"]).arg(&log);
        to_the_end(&mut start).map_err(|_| {
            let said = last_lines(&fs::read_to_string(&log).unwrap_or_default());
            let folder = self.home.folder.display();
            Failure::new(format!("the private Postgres does not start:\n{said}"))
                .remedy(format!("delete {folder} to begin with an empty one"))
        })
    }

    /// Stops the server and waits for it.
    pub(super) fn stop(&self) -> Result {
        to_the_end(self.pg_ctl("stop").args(["--mode", "fast", "--wait"]))
    }

    fn initialise(&self) -> Result {
        say::step("setting up a private Postgres for this working copy");
        self.home.write_private(&self.password_file(), &random::hex(16)?)?;
        // Beside the final place, so that an initdb that is cut off does not leave half of a data folder there.
        let unfinished = self.home.folder.join("unfinished");
        let doing = || format!("preparing {}", self.home.folder.display());
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).context(doing())?;
        }
        let mut initdb = self.home.command(&self.program("initdb"));
        initdb.args(["--auth", "scram-sha-256", "--username", SUPERUSER, "--encoding", "UTF8", "--locale", LOCALE]);
        initdb.arg("--no-sync").arg("--pwfile").arg(self.password_file()).arg("--pgdata").arg(&unfinished);
        output(&mut initdb)?;
        let configuration = unfinished.join("postgresql.conf");
        let defaults = fs::read_to_string(&configuration).context(doing())?;
        fs::write(&configuration, defaults + SETTINGS).context(doing())?;
        fs::rename(&unfinished, self.data()).context(doing())
    }

    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = self.home.command(&self.program("pg_ctl"));
        command.args([action, "--silent", "--pgdata"]).arg(self.data());
        command
    }

    fn data(&self) -> PathBuf {
        self.home.folder.join("data")
    }

    fn password_file(&self) -> PathBuf {
        self.home.folder.join("password")
    }
}

/// Runs a program that Ctrl-C must not cut short: it would leave a server behind that nobody knows of.
fn to_the_end(command: &mut Command) -> Result {
    let command = command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().context(name(command))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed ({status})", name(command)))) }
}

/// A port of the loopback address that nothing listens on.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("finding a free port")?;
    Ok(listener.local_addr().context("finding a free port")?.port())
}
