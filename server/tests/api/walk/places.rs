//! Where there is something to answer, as the program itself lists it.

use super::hostile::IDS;
use app::Assets;
use backend::Backend;
use leptos::prelude::provide_context;
use leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context;
use std::path::Path;

pub(crate) fn assets() -> Assets {
    Assets { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into(), css: "/pkg/a.css".into() }
}

/// The path of every page, as the app's routes have it.
pub(crate) fn pages(backend: &Backend) -> Vec<String> {
    let backend = backend.clone();
    let provide = move || {
        provide_context(backend.clone());
        provide_context(assets());
    };
    let (routes, _) = generate_route_list_with_exclusions_and_ssg_and_context(app::shell, None, provide);
    let paths: Vec<String> = routes.iter().map(|route| route.path().to_owned()).collect();
    assert!(paths.len() > 30, "the app lists its pages: {paths:?}");
    paths
}

/// The path of every other route but the server functions', which list themselves.
pub(crate) fn others(backend: &Backend) -> Vec<String> {
    let paths = server::router::paths(backend.clone(), assets(), Path::new("no such folder"));
    assert!(paths.iter().any(|path| path == app::paths::EVENTS), "the router lists its routes: {paths:?}");
    paths.into_iter().filter(|path| !path.starts_with("/api/")).collect()
}

/// The path with each id in the place of its parameter.
pub(crate) fn fill(pattern: &str) -> Vec<String> {
    if !pattern.contains('{') {
        return vec![pattern.to_owned()];
    }
    let with = |id: &str| {
        let parts = pattern.split('/').map(|part| if part.starts_with('{') { id } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    IDS.iter().map(|id| with(id)).collect()
}
