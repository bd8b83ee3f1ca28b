//! Running other programs.

use crate::failure::{Failure, Result};
use crate::processes::{Running, check_interrupted};
use std::env::{split_paths, var_os};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// How many lines of a failed program's output are shown.
const SHOWN_LINES: usize = 20;

/// Runs a program to its end with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result {
    let mut running = Running::start(command.stdin(Stdio::null())).map_err(|error| not_started(command, &error))?;
    let status = running.wait().map_err(|error| not_started(command, &error))?;
    check_interrupted()?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed ({status})", name(command)))) }
}

/// Runs a program to its end and returns what it printed, without the last line break.
/// What it says on its error stream is shown only if it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::start(command).map_err(|error| not_started(command, &error))?;
    let (stdout, stderr) = (running.child().stdout.take(), running.child().stderr.take());
    let errors = thread::spawn(move || read(stderr));
    let printed = read(stdout);
    let errors = errors.join().unwrap_or_default();
    let status = running.wait().map_err(|error| not_started(command, &error))?;
    check_interrupted()?;
    if status.success() {
        return Ok(printed.trim_end().to_owned());
    }
    let said = last_lines(&format!("{printed}\n{errors}"));
    Err(Failure::new(format!("{} failed ({status}):\n{said}", name(command))))
}

/// Whether a program runs and reports success; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_ok()
}

/// The full path of a program on `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    split_paths(&var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// A command's program and arguments, for messages. Secrets are passed in the environment, so none is shown.
pub(crate) fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = [program].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The end of a program's output, indented.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
    shown.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::Interrupted {
        return Failure::Interrupted;
    }
    Failure::new(format!("{} could not be run: {error}", name(command)))
}

fn read(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    // A stream that breaks off has said what it had to say.
    let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_returned_without_its_line_break() {
        assert_eq!(output(Command::new("sh").args(["-c", "echo two words"])).unwrap(), "two words");
    }

    #[test]
    fn a_failed_program_is_quoted_in_the_failure() {
        let failure = output(Command::new("sh").args(["-c", "echo the reason >&2; exit 1"])).unwrap_err();
        assert!(failure.to_string().contains("    the reason"), "{failure}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let failure = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(failure.to_string().contains("no-such-program"), "{failure}");
    }

    #[test]
    fn only_the_end_of_a_long_output_is_shown() {
        let lines: Vec<String> = (0..100).map(|number| format!("line {number}")).collect();
        let shown = last_lines(&lines.join("\n"));
        assert!(shown.starts_with("    line 80\n") && shown.ends_with("line 99"), "{shown}");
    }
}
