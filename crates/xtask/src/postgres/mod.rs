//! The private Postgres: one server per working copy, shared by every command that needs it at the same time.
//!
//! `pg_ctl` starts it detached, so that Ctrl-C in one command does not take it away from another. Each command holds a
//! shared lock while it uses the server; the last one to leave stops it. A server or a lock left by a command that was
//! killed is simply taken over: the kernel drops the lock, and `pg_ctl` knows whether the server still runs.

mod cluster;
mod owner;

use crate::commands::output;
use crate::failure::{Context, Result};
use crate::processes::check_interrupted;
use crate::{random, repo};
use cluster::Cluster;
pub(crate) use cluster::free_port;
use std::fs::{self, File};
use std::process::Command;

/// A database, by the addresses of those who use it.
#[derive(Debug)]
pub(crate) struct Database {
    /// Of who owns it, and migrates it.
    pub(crate) owner: String,
    /// The role that serves and its address; the owner serves where there is none.
    pub(crate) server: Option<(String, String)>,
}

/// A running server; dropping it stops the server unless another command still uses it.
#[derive(Debug)]
pub(crate) struct Postgres {
    cluster: Cluster,
    port: u16,
    password: String,
    lock: File,
}

impl Postgres {
    /// Starts the server, setting it up where that was not done yet, or joins the one that runs.
    pub(crate) fn open() -> Result<Self> {
        fs::create_dir_all(repo::data_dir()).context("making .data")?;
        let lock = File::create(repo::data_dir().join("postgres.lock")).context("making .data/postgres.lock")?;
        loop {
            // Alone: nobody uses the server, so it is ours to start.
            if lock.try_lock().is_ok() {
                Cluster::ensure()?.start()?;
            }
            // Not alone: wait for whoever is starting or stopping it this moment.
            lock.lock_shared().context("locking .data/postgres.lock")?;
            let cluster = Cluster::ensure()?;
            if let Some(port) = cluster.running() {
                let password = cluster.password()?;
                return Ok(Self { cluster, port, password, lock });
            }
            check_interrupted()?;
        }
    }

    /// The address of a database, with the password: for the environment of a child only.
    pub(crate) fn url(&self, database: &str) -> String {
        self.url_of(cluster::SUPERUSER, &self.password, database)
    }

    fn url_of(&self, role: &str, password: &str, database: &str) -> String {
        format!("postgres://{role}:{password}@127.0.0.1:{}/{database}", self.port)
    }

    /// The database, with a role of its own to serve from it that owns nothing. The role's password is new each time.
    pub(crate) fn with_server(&self, name: &str, owner: String) -> Result<Database> {
        let (role, password) = (format!("{name}_server"), random::hex(16)?);
        let statement = format!(
            "do $$ begin
                 if not exists (select from pg_roles where rolname = '{role}') then create role {role} login; end if;
                 execute format('alter role {role} password %L', current_setting('seatboard.password'));
             end $$"
        );
        // By a setting, because everybody on this machine may read a program's arguments.
        let setting = format!("-c seatboard.password={password}");
        self.psql_with(&setting, "postgres", &["--command", &statement])?;
        let url = self.url_of(&role, &password, name);
        Ok(Database { owner, server: Some((role, url)) })
    }

    /// Makes the database unless it exists, and returns its address.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        let exists = self.psql("postgres", &["--tuples-only", "--command", "select datname from pg_database"])?;
        if !exists.lines().any(|line| line.trim() == name) {
            self.psql("postgres", &["--command", &format!("create database {name}")])?;
        }
        Ok(self.url(name))
    }

    /// Makes the database anew and returns its address.
    pub(crate) fn fresh_database(&self, name: &str) -> Result<String> {
        self.psql("postgres", &["--command", &format!("drop database if exists {name} with (force)")])?;
        self.database(name)
    }

    /// Applies the migrations to a database with nothing of ours compiled.
    pub(crate) fn migrate(&self, database: &str) -> Result {
        let folder = repo::root().join("migrations");
        let entries = fs::read_dir(&folder).context(format!("reading {}", folder.display()))?;
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "sql"));
        files.sort();
        for file in files {
            let file = file.to_string_lossy().into_owned();
            self.psql(database, &["--single-transaction", "--file", &file])?;
        }
        Ok(())
    }

    fn psql(&self, database: &str, arguments: &[&str]) -> Result<String> {
        self.psql_with("", database, arguments)
    }

    fn psql_with(&self, settings: &str, database: &str, arguments: &[&str]) -> Result<String> {
        let mut psql = Command::new(self.cluster.program("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]).args(arguments);
        psql.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string()).env("PGDATABASE", database);
        psql.env("PGUSER", cluster::SUPERUSER).env("PGPASSWORD", &self.password);
        // So that notices such as "does not exist, skipping" stay off the screen.
        output(psql.env("PGOPTIONS", format!("--client-min-messages=warning {settings}")))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Only the last holder gets the lock for itself.
        if self.lock.try_lock().is_ok()
            && let Err(failure) = self.cluster.stop()
        {
            eprintln!("the private Postgres could not be stopped: {failure}");
        }
    }
}
