//! The PostgreSQL server programs.

use crate::commands::{find, output};
use crate::failure::{Failure, Result};
use crate::say;
use crate::setup::apt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Distributions keep the server's programs out of `PATH`, in `<folder>/<something with the version>/bin`.
const VERSIONED_FOLDERS: [&str; 5] =
    ["/usr/lib/postgresql", "/usr", "/usr/local", "/opt/homebrew/opt", "/usr/local/opt"];

/// The programs of one installed version.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    folder: PathBuf,
    /// The major version: 15 of `postgres (PostgreSQL) 15.8`.
    pub(crate) major: u32,
}

impl Programs {
    /// The full path of one of them.
    pub(crate) fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// Finds or installs the newest version, or just this major version where data of that version exists already.
pub(crate) fn ensure(wanted: Option<u32>) -> Result<Programs> {
    if let Some(found) = newest(wanted) {
        return Ok(found);
    }
    say::step("no PostgreSQL server programs found; a private server in .data/ needs them");
    let package = wanted.map_or_else(|| "postgresql".to_owned(), |major| format!("postgresql-{major}"));
    apt::install(&[&package])?;
    newest(wanted).ok_or_else(|| Failure::new("PostgreSQL was installed, but its server programs were not found"))
}

fn newest(wanted: Option<u32>) -> Option<Programs> {
    let on_path = find("postgres").and_then(|path| path.parent().map(Path::to_path_buf));
    let folders = on_path.into_iter().chain(VERSIONED_FOLDERS.iter().flat_map(|folder| versioned(Path::new(folder))));
    let complete = folders.filter_map(programs);
    complete.filter(|found| wanted.is_none_or(|major| found.major == major)).max_by_key(|found| found.major)
}

fn versioned(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_postgres = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        folder.ends_with("postgresql") || name.starts_with("pgsql-") || name.starts_with("postgresql@")
    };
    entries.filter(is_postgres).map(|path| path.join("bin")).collect()
}

fn programs(folder: PathBuf) -> Option<Programs> {
    if !["postgres", "initdb", "pg_ctl", "psql"].iter().all(|program| folder.join(program).is_file()) {
        return None;
    }
    let version = output(Command::new(folder.join("postgres")).arg("--version")).ok()?;
    Some(Programs { major: major(&version)?, folder })
}

fn major(version: &str) -> Option<u32> {
    let number = version.rsplit(") ").next()?;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("unexpected"), None);
    }
}
