//! A router that knows its paths, so that a test can walk all of them.

use axum::Router;
use axum::routing::MethodRouter;

/// Routes and the paths that lead to them.
#[derive(Default)]
pub(crate) struct Routes {
    router: Router,
    paths: Vec<String>,
}

impl Routes {
    /// With one more.
    pub(crate) fn add(mut self, path: &str, route: MethodRouter) -> Self {
        self.paths.push(path.to_owned());
        Self { router: self.router.route(path, route), ..self }
    }

    /// With all of the others.
    pub(crate) fn merge(mut self, others: Self) -> Self {
        self.paths.extend(others.paths);
        Self { router: self.router.merge(others.router), ..self }
    }

    /// With layers around what is there, which add no path.
    pub(crate) fn layer(self, around: impl FnOnce(Router) -> Router) -> Self {
        Self { router: around(self.router), ..self }
    }

    pub(crate) fn into_router(self) -> Router {
        self.router
    }

    pub(crate) fn into_paths(self) -> Vec<String> {
        self.paths
    }
}
