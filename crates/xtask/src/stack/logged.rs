//! A long-lived program whose output goes to `.data/logs/`.

use crate::commands::last_lines;
use crate::failure::{Context, Result};
use crate::processes::Running;
use crate::repo;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// A running program; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Logged {
    running: Running,
    name: &'static str,
    log_path: PathBuf,
    /// How much of the log was shown on the terminal, in bytes; nothing if it should not be.
    shown: Option<usize>,
}

impl Logged {
    /// Starts a program that writes to `.data/logs/<name>.log`, and with `verbose` to the terminal.
    pub(crate) fn start(name: &'static str, command: &mut Command, verbose: bool) -> Result<Self> {
        let folder = repo::data_dir().join("logs");
        fs::create_dir_all(&folder).context("making .data/logs")?;
        let log_path = folder.join(format!("{name}.log"));
        // The program writes to the file itself, so that nothing is lost if this process dies. Only the person who
        // started it may read it: the stand-in marketplace prints its credentials.
        let log = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&log_path);
        let log = log.context(format!("making {}", log_path.display()))?;
        let errors = log.try_clone().context("sharing the log")?;
        let running = Running::start(command.stdin(Stdio::null()).stdout(log).stderr(errors));
        let running = running.context(format!("starting the {name}"))?;
        Ok(Self { running, name, log_path, shown: verbose.then_some(0) })
    }

    /// What this program is called in messages.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Where its output is.
    pub(crate) fn log_path(&self) -> &Path {
        &self.log_path
    }

    /// All it wrote so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log_path).unwrap_or_default()
    }

    /// The end of what it wrote.
    pub(crate) fn last_words(&self) -> String {
        last_lines(&self.log())
    }

    /// How the program ended, if it did. Shows what it wrote meanwhile.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let ended = self.running.ended().context(format!("looking at the {}", self.name))?;
        if let Some(shown) = self.shown {
            let log = self.log();
            eprint!("{}", log.get(shown..).unwrap_or_default());
            self.shown = Some(log.len());
        }
        Ok(ended)
    }
}
