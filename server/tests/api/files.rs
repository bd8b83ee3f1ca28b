//! Built and static files, addresses that lead nowhere, and posts that are too large.

use super::browser::{Browser, Site, router};
use axum::http::{Method, Request, StatusCode, header};
use domain::Role;
use sqlx::PgPool;
use std::path::PathBuf;
use uuid::Uuid;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn files_say_how_long_they_may_be_kept(pool: PgPool) {
    let site = Site::new(pool).await;
    let folder = Folder::new();
    let mut nobody = Browser { router: router(&site.backend, &folder.0), cookie: None };
    for (path, policy) in
        [("/pkg/a.js", "public, max-age=31536000, immutable"), ("/favicon.svg", "public, max-age=3600")]
    {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} needs nobody to be signed in");
        assert_eq!(answer.headers[header::CACHE_CONTROL], policy, "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_built_file_that_is_not_there_is_not_remembered_as_missing(pool: PgPool) {
    let site = Site::new(pool).await;
    let folder = Folder::new();
    let mut nobody = Browser { router: router(&site.backend, &folder.0), cookie: None };
    let answer = nobody.get("/pkg/of-the-next-release.js").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let policy = answer.headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(!policy.contains("immutable"), "kept for a year: {policy}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn only_the_files_meant_for_browsers_are_served(pool: PgPool) {
    let site = Site::new(pool).await;
    let folder = Folder::new();
    let mut nobody = Browser { router: router(&site.backend, &folder.0), cookie: None };
    for path in ["/manifest.json", "/pkg/../manifest.json", "/pkg/%2e%2e/manifest.json", "/pkg/..%2fmanifest.json"] {
        let answer = nobody.get(path).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("in the manifest"), "{path}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_unknown_or_misused_function_is_the_callers_mistake(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    for (method, path, arguments) in [
        (Method::POST, "/api/nothing", ""),
        (Method::GET, "/api/place_order", ""),
        (Method::DELETE, "/api/estimate_seats", ""),
        (Method::POST, "/api/place_order", "nonsense"),
        (Method::POST, "/api/estimate_seats", "subscription=1&line=many&seats=2"),
        (Method::POST, "/api/place_seat_change", "subscription=1&line=1&seats=2&form_token=nonsense"),
    ] {
        let answer = browser.call(method.clone(), path, arguments).await;
        assert!(answer.status.is_client_error(), "{method} {path}: {} {}", answer.status, answer.body);
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_post_larger_than_any_form_is_refused_before_it_is_read(pool: PgPool) {
    let site = Site::new(pool).await;
    let form = format!("email=a&password={}", "x".repeat(1 << 20));
    let request = Request::post("/api/sign_in").header(header::CONTENT_LENGTH, form.len());
    let answer = site.nobody().send(request, &form).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A folder of built files, deleted when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("seatboard-{}", Uuid::new_v4()));
        std::fs::create_dir_all(folder.join("pkg")).unwrap();
        for (name, text) in [("pkg/a.js", "//"), ("favicon.svg", "<svg/>"), ("manifest.json", "in the manifest")] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
