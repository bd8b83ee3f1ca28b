//! The key that the demo's server encrypts and signs with.

use crate::failure::{Context, Result};
use crate::{random, repo};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

/// The key of this working copy, made up the first time: 64 hexadecimal digits in `.data/secret-key`.
pub(super) fn ensure() -> Result<String> {
    let path = repo::data_dir().join("secret-key");
    if let Ok(key) = fs::read_to_string(&path)
        && key.len() == 64
        && key.bytes().all(|digit| digit.is_ascii_hexdigit())
    {
        return Ok(key);
    }
    let key = random::hex(32)?;
    let doing = || format!("writing {}", path.display());
    let mut file =
        OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&path).context(doing())?;
    file.write_all(key.as_bytes()).context(doing())?;
    Ok(key)
}
