//! The built assets and their hashed names.

use app::Assets;
use serde::Deserialize;
use std::path::Path;

/// `manifest.json`, as the build writes it.
#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
}

/// Reads the names of the assets built into `site_root`.
pub fn load(site_root: &Path) -> Result<Assets, AssetsError> {
    let path = site_root.join("manifest.json");
    let missing = |reason: String| AssetsError { path: path.display().to_string(), reason };
    let text = std::fs::read_to_string(&path).map_err(|error| missing(error.to_string()))?;
    let Manifest { js, wasm, css } = serde_json::from_str(&text).map_err(|error| missing(error.to_string()))?;
    Ok(Assets { js: format!("/pkg/{js}"), wasm: format!("/pkg/{wasm}"), css: format!("/pkg/{css}") })
}

/// The assets are not there.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot read {path}: {reason}. Build the assets with `cargo xtask run`, or set SITE_ROOT to the folder that has them"
)]
pub struct AssetsError {
    path: String,
    reason: String,
}
