//! Child processes that never outlive this one.
//!
//! Each child leads a process group of its own, so that stopping it stops what it started too. Ctrl-C and requests to
//! terminate reach this process only; [`pass_on_signals`] hands them to every group, and the waiting code then unwinds
//! in the ordinary way. Where `setpriv` exists (Linux), long-lived children also die if this process is killed outright.

use crate::failure::{Failure, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<Vec<(Pid, Signal)>> = Mutex::new(Vec::new());

/// How long a child may take to stop by itself.
const GRACE: Duration = Duration::from_secs(10);
/// How often a child that should stop is looked at.
const POLL: Duration = Duration::from_millis(50);

/// From now on signals stop the children instead of this process. A second signal kills them.
pub(crate) fn pass_on_signals() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    spawn(move || {
        for _ in signals.forever() {
            let again = INTERRUPTED.swap(true, Ordering::SeqCst);
            for &(group, gentle) in groups().iter() {
                signal(group, if again { Signal::KILL } else { gentle });
            }
        }
    });
    Ok(())
}

/// Whether a person asked for the end.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Fails once a person asked for the end.
pub(crate) fn check_interrupted() -> Result {
    if interrupted() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// A running child; dropping it stops it and everything it started.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    group: Pid,
    gentle: Signal,
    finished: bool,
}

impl Running {
    /// Starts `command` at the head of its own process group.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        Self::start_stopped_by(command, Signal::TERM)
    }

    /// The same for a program that tidies up only after this signal.
    pub(crate) fn start_stopped_by(command: &mut Command, gentle: Signal) -> io::Result<Self> {
        // Held across the start, so that a signal cannot come between it and the registration.
        let mut groups = groups();
        if interrupted() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let child = command.process_group(0).spawn()?;
        let group = Pid::from_child(&child);
        groups.push((group, gentle));
        Ok(Self { child, group, gentle, finished: false })
    }

    /// The child's standard streams.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits until the child ends by itself.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait();
        self.finished = true;
        status
    }

    /// How the child ended, if it did.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        self.finished |= status.is_some();
        Ok(status)
    }

    /// Asks the child to stop and kills it if it does not.
    pub(crate) fn stop(&mut self) {
        if !self.finished {
            signal(self.group, self.gentle);
            let patience = Instant::now() + GRACE;
            while matches!(self.ended(), Ok(None)) && Instant::now() < patience {
                sleep(POLL);
            }
        }
        // What the child started and left behind, or the child itself.
        signal(self.group, Signal::KILL);
        if !self.finished {
            self.finished = self.child.wait().is_ok();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        groups().retain(|(group, _)| *group != self.group);
    }
}

/// A command that the kernel stops when this process dies, however it dies, where the system can do that.
pub(crate) fn tied_to_us(program: impl AsRef<std::ffi::OsStr>) -> Command {
    if crate::commands::find("setpriv").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command
}

fn groups() -> MutexGuard<'static, Vec<(Pid, Signal)>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A group that is gone already needs no signal, so the error says nothing.
fn signal(group: Pid, signal: Signal) {
    let _ = kill_process_group(group, signal);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    #[test]
    fn dropping_a_child_stops_what_it_started() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo started; wait"]).stdout(Stdio::piped());
        let mut running = Running::start(&mut command).unwrap();
        let mut output = BufReader::new(running.child().stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "started\n");
        drop(running);
        // The end of the stream: nobody holds its other side any more.
        assert_eq!(output.read_line(&mut line).unwrap(), 0);
    }

    #[test]
    fn a_child_that_ended_by_itself_reports_how() {
        let mut running = Running::start(Command::new("sh").args(["-c", "exit 3"])).unwrap();
        assert_eq!(running.wait().unwrap().code(), Some(3));
    }
}
