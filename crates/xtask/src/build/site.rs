//! The folder that the server serves to browsers.
//!
//! Scripts, wasm and styles carry a hash of their content in their names, so that browsers may keep them for good;
//! `manifest.json` tells the server the names. Files whose content did not change are left alone.

use super::programs::Programs;
use super::{Optimised, css, wasm};
use crate::commands::run;
use crate::failure::{Context, Result};
use crate::{repo, say};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compresses what is worth it. Node's zlib is native code; a crate would be compiled on every machine first.
const PRECOMPRESS: &str = include_str!("precompress.mjs");

/// Builds the folder and returns its path.
pub(crate) fn build(programs: &Programs, optimised: Optimised) -> Result<PathBuf> {
    let bundle = wasm::build(programs, optimised)?;
    let mut site = Site::default();
    let js = site.add_hashed("frontend", "js", read(&bundle.script)?);
    let wasm = site.add_hashed("frontend_bg", "wasm", read(&bundle.module)?);
    let css = site.add_hashed("main", "css", css::join(&repo::root().join("style"))?.into_bytes());
    site.add_folder(&repo::root().join("public"), Path::new(""))?;
    let manifest = json!({ "js": js, "wasm": wasm, "css": css });
    site.files.insert("manifest.json".into(), format!("{manifest:#}\n").into_bytes());
    let folder = repo::target_dir().join(if optimised == Optimised::Yes { "site-release" } else { "site" });
    site.write(&folder)?;
    if optimised == Optimised::Yes {
        say::step("compressing the site");
        run(Command::new("node").args(["--input-type=module", "--eval", PRECOMPRESS]).arg(&folder))?;
    }
    Ok(folder)
}

/// Paths below the folder and what is in the files.
#[derive(Default)]
struct Site {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Site {
    fn add_hashed(&mut self, name: &str, extension: &str, content: Vec<u8>) -> String {
        let mut hasher = DefaultHasher::new();
        hasher.write(&content);
        let name = format!("{name}.{:016x}.{extension}", hasher.finish());
        self.files.insert(Path::new("pkg").join(&name), content);
        name
    }

    fn add_folder(&mut self, source: &Path, below: &Path) -> Result {
        for entry in fs::read_dir(source).context(format!("reading {}", source.display()))? {
            let entry = entry.context(format!("reading {}", source.display()))?;
            let (path, name) = (entry.path(), below.join(entry.file_name()));
            if path.is_dir() {
                self.add_folder(&path, &name)?;
            } else {
                self.files.insert(name, read(&path)?);
            }
        }
        Ok(())
    }

    /// Makes the folder hold these files, their compressed copies and nothing else.
    fn write(&self, folder: &Path) -> Result {
        for (name, content) in &self.files {
            let path = folder.join(name);
            let doing = || format!("writing {}", path.display());
            if fs::read(&path).is_ok_and(|present| present == *content) {
                continue;
            }
            fs::create_dir_all(path.parent().unwrap_or(folder)).context(doing())?;
            fs::write(&path, content).context(doing())?;
        }
        self.remove_others(folder, Path::new(""))
    }

    fn remove_others(&self, folder: &Path, below: &Path) -> Result {
        let here = folder.join(below);
        for entry in fs::read_dir(&here).context(format!("reading {}", here.display()))?.flatten() {
            let name = below.join(entry.file_name());
            let original = match name.extension() {
                Some(end) if end == "br" || end == "gz" => name.with_extension(""),
                _ => name.clone(),
            };
            if entry.path().is_dir() {
                self.remove_others(folder, &name)?;
            } else if !self.files.contains_key(&original) {
                fs::remove_file(entry.path()).context(format!("removing {}", entry.path().display()))?;
            }
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).context(format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(css: &str) -> (Site, String) {
        let mut site = Site::default();
        let name = site.add_hashed("main", "css", css.into());
        (site, name)
    }

    #[test]
    fn the_name_changes_with_the_content_and_only_with_it() {
        assert_eq!(site("a").1, site("a").1);
        assert_ne!(site("a").1, site("b").1);
        assert!(site("a").1.starts_with("main."));
    }

    #[test]
    fn files_of_an_earlier_build_go_with_their_compressed_copies() {
        let folder = std::env::temp_dir().join(format!("site-{}", std::process::id()));
        let (old, old_name) = site("old");
        old.write(&folder).unwrap();
        fs::write(folder.join("pkg").join(format!("{old_name}.br")), "compressed").unwrap();
        let (new, new_name) = site("new");
        new.write(&folder).unwrap();
        fs::write(folder.join("pkg").join(format!("{new_name}.br")), "compressed").unwrap();
        new.write(&folder).unwrap();
        let mut left: Vec<_> =
            fs::read_dir(folder.join("pkg")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(left, [new_name.clone().into(), std::ffi::OsString::from(format!("{new_name}.br"))]);
    }
}
