//! `cargo xtask prepare`: the checked SQL queries, as the `query!` macros write them to `.sqlx`.
//!
//! The macros describe each query while `backend` is compiled against a database with today's migrations: as its own
//! tests, because some queries are theirs, and with a configuration flag that nothing uses, so that exactly this one
//! crate is compiled again.

use crate::build::cargo;
use crate::commands::run;
use crate::failure::{Context, Result};
use crate::postgres::Postgres;
use crate::{random, repo, say};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const DATABASE: &str = "seatboard_prepare";

/// Writes `.sqlx` anew.
pub(crate) fn prepare() -> Result {
    let fresh = read_folder(&describe_queries()?)?;
    let kept = read_folder(&cache())?;
    let (folder, changed) = (cache(), differences_between(&kept, &fresh).len());
    fs::create_dir_all(&folder).context("making .sqlx")?;
    for name in kept.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(folder.join(name)).context(format!("removing {name}"))?;
    }
    for (name, content) in fresh.iter().filter(|(name, content)| kept.get(*name) != Some(content)) {
        fs::write(folder.join(name), content).context(format!("writing {name}"))?;
    }
    say::step(format!(".sqlx: {} queries, {changed} changed", fresh.len()));
    Ok(())
}

/// What is different in `.sqlx` from what [`prepare`] would write, one line each.
pub(crate) fn differences() -> Result<Vec<String>> {
    Ok(differences_between(&read_folder(&cache())?, &read_folder(&describe_queries()?)?))
}

/// Compiles the queries against a migrated database; returns the folder that describes them.
fn describe_queries() -> Result<PathBuf> {
    let postgres = Postgres::open()?;
    let database_url = postgres.fresh_database(DATABASE)?;
    postgres.migrate(DATABASE)?;
    say::step("describing the SQL queries");
    let folder = repo::target_dir().join("sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder).context(format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).context(format!("making {}", folder.display()))?;
    let mut check = cargo();
    // Each time is a first time, so that what an incremental build keeps would only pile up.
    check
        .env("CARGO_INCREMENTAL", "0")
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &folder)
        .env("DATABASE_URL", database_url);
    check.args(["rustc", "--quiet", "-p", "backend", "--lib", "--profile", "test", "--", "--cfg"]);
    run(check.arg(format!("described_{}", random::hex(4)?)))?;
    Ok(folder)
}

fn cache() -> PathBuf {
    repo::root().join(".sqlx")
}

/// The names and contents of a folder's files; none where there is no folder.
fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, fs::read_to_string(&path).context(format!("reading {}", path.display()))?))
    };
    entries.map(|entry| read(entry.path())).collect()
}

fn differences_between(kept: &BTreeMap<String, String>, fresh: &BTreeMap<String, String>) -> Vec<String> {
    let gone = kept.keys().filter(|name| !fresh.contains_key(*name)).map(|name| format!("no query makes {name}"));
    let changed = fresh.iter().filter_map(|(name, content)| match kept.get(name) {
        None => Some(format!("{name} is missing")),
        Some(kept) if kept != content => Some(format!("{name} is out of date")),
        Some(_) => None,
    });
    gone.chain(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_changed_and_left_over_files_are_told_apart() {
        let folder = |files: [(&str, &str); 3]| files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let kept = folder([("same", "1"), ("changed", "1"), ("left-over", "1")]);
        let fresh = folder([("same", "1"), ("changed", "2"), ("new", "1")]);
        let expected = ["no query makes left-over", "changed is out of date", "new is missing"];
        assert_eq!(differences_between(&kept, &fresh), expected);
    }
}
