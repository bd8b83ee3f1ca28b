//! The site in a test's database, and a browser that keeps its cookie.

use app::Assets;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use backend::connection::Setup;
use backend::{Backend, ManualClock};
use domain::Role;
use sqlx::PgPool;
use std::path::Path;
use std::sync::Arc;
use time::OffsetDateTime;
use time::macros::datetime;
use tower::ServiceExt;

/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "a password for tests only";

/// What stored secrets are sealed with in these tests.
pub(crate) const SECRET_KEY: &str = "0bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e";

/// Where every test's clock stands at first.
pub(crate) const START: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

/// The whole site, with the four demo staff members and a clock to move.
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) backend: Backend,
    pub(crate) clock: Arc<ManualClock>,
}

impl Site {
    /// Without a marketplace, and with nothing in the copy.
    pub(crate) async fn new(pool: PgPool) -> Self {
        Self::with(pool, None).await
    }

    pub(crate) async fn with(pool: PgPool, marketplace: Option<marketplace::Client>) -> Self {
        let clock = Arc::new(ManualClock::at(START));
        let mut backend = Backend::new(pool, clock.clone());
        let sealing_key = Some(SECRET_KEY.parse().unwrap());
        backend.connecting = Arc::new(Setup { sealing_key, ..Setup::default() });
        backend.link.replace(marketplace);
        backend::staff::upsert_demo(&backend, &PASSWORD.into()).await.unwrap();
        let router = router(&backend, Path::new("no such folder"));
        Self { router, backend, clock }
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn nobody(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None }
    }

    /// A browser in which a person of that role is signed in.
    pub(crate) async fn signed_in(&self, role: Role) -> Browser {
        let mut browser = self.nobody();
        let answer = browser.sign_in(email(role), PASSWORD).await;
        assert_eq!(answer.location.as_deref(), Some("/"), "{role} is let in");
        browser
    }
}

/// The roles of the demo's people, each of which may do all that those before it may.
pub(crate) const ROLES: [Role; 4] = [Role::Viewer, Role::Technician, Role::AccountManager, Role::Admin];

/// Whether the role is that one, or one after it.
pub(crate) fn reaches(role: Role, least: Role) -> bool {
    let position = |role| ROLES.iter().position(|one| *one == role);
    position(role) >= position(least)
}

/// The site with the files of that folder.
pub(crate) fn router(backend: &Backend, site_root: &Path) -> Router {
    let assets = Assets { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into(), css: "/pkg/a.css".into() };
    server::router::build(backend.clone(), assets, site_root, false)
}

pub(crate) fn email(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer@seatboard.example",
        Role::Technician => "technician@seatboard.example",
        Role::ReportsManager => "reports@seatboard.example",
        Role::AccountManager => "manager@seatboard.example",
        Role::Approver => "approver@seatboard.example",
        Role::Admin => "admin@seatboard.example",
    }
}

/// The value of the field of that name in a page.
pub(crate) fn field(page: &str, name: &str) -> Option<String> {
    let tag = page.split('<').find(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")))?;
    let value = tag.split(" value=\"").nth(1)?.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
}

/// Sends requests and keeps its cookies.
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
    }

    /// Posts a form as a browser without wasm does.
    pub(crate) async fn post(&mut self, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header(header::ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        self.send(request, form).await
    }

    /// Calls a server function as wasm does.
    pub(crate) async fn call(&mut self, method: Method, path: &str, arguments: &str) -> Answer {
        let (path, body) =
            if method == Method::GET { (format!("{path}?{arguments}"), "") } else { (path.to_owned(), arguments) };
        let request = Request::builder().method(method).uri(path).header(header::ACCEPT, "application/json");
        self.send(request.header("sec-fetch-site", "same-origin"), body).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/api/sign_in", &format!("email={email}&password={}", password.replace(' ', "+"))).await
    }

    /// Keeps the cookie, in place of the one of that name.
    fn keep(&mut self, cookie: &str) {
        let name = cookie.split('=').next();
        let kept = self.cookie.as_deref().unwrap_or_default().split("; ");
        let others = kept.filter(|other| !other.is_empty() && other.split('=').next() != name);
        self.cookie = Some(others.chain([cookie]).collect::<Vec<_>>().join("; "));
    }

    pub(crate) async fn send(&mut self, mut request: axum::http::request::Builder, body: &str) -> Answer {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        for set in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(set.to_str().unwrap().split(';').next().unwrap());
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            location: text(header::LOCATION),
            body: String::from_utf8_lossy(&body).into_owned(),
            headers: parts.headers,
        }
    }
}
