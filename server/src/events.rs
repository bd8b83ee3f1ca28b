//! `GET /events`: tells an open page what changed of what it shows, as server-sent events. An event names only what and
//! the word for its state; the page looks at the truth itself.

mod places;

use app::SignedIn;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::live::{Heard, Listener};
use backend::session_store;
use domain::Permission;
use futures::stream;
use places::{Place, Places};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::time::{Instant, Interval, Sleep, interval_at, sleep};
use tower_sessions::Session;
use tower_sessions::session::Id;

/// What a page can be told about.
const KINDS: [&str; 4] = ["intent", "subscription", "report", "orders"];

/// The most things one page is told about.
const MOST_TOPICS: usize = 50;

/// How soon a browser comes again when the stream ended.
const COME_AGAIN: Duration = Duration::from_secs(3);

/// What the route needs.
#[derive(Clone)]
pub(crate) struct Events {
    backend: Backend,
    places: Places,
}

impl Events {
    pub(crate) fn new(backend: Backend) -> Self {
        Self { backend, places: Places::default() }
    }
}

/// `?intent=ID&subscription=ID&report=ID&orders=all`, and `since`, the moment that the page is of, in milliseconds.
pub(crate) async fn stream(
    State(Events { backend, places }): State<Events>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    session: Session,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    if staff.require(Permission::Browse).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let topics = topics(&query);
    let Some(session) = session.id().filter(|_| !topics.is_empty()) else {
        return (StatusCode::NOT_FOUND, "There is nothing to be told about.").into_response();
    };
    let Some(place) = places.take(session) else {
        return nothing_to_hear();
    };
    let since = since(&query, &headers).unwrap_or_else(|| backend.clock.now());
    let listener = backend.live.listen(topics, since);
    let rhythm = backend.live.pace;
    let open = Open {
        heartbeat: interval_at(Instant::now() + rhythm.heartbeat, rhythm.heartbeat),
        end: Box::pin(sleep(rhythm.at_most)),
        greeting: Some(Event::default().event("ready").retry(COME_AGAIN).data("ready")),
        backend,
        session,
        listener,
        _place: place,
    };
    let events = stream::unfold(open, |mut open| async {
        let event = open.next().await?;
        Some((Ok::<_, Infallible>(event), open))
    });
    let mut response = Sse::new(events).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// Has a browser stop asking, without an error that it would show to the person: nobody is signed in, or as many pages as can
/// be are told already. The page then looks by itself, and finds out which.
pub(crate) fn nothing_to_hear() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// A stream that somebody holds open.
struct Open {
    backend: Backend,
    session: Id,
    listener: Listener,
    heartbeat: Interval,
    end: Pin<Box<Sleep>>,
    greeting: Option<Event>,
    _place: Place,
}

impl Open {
    /// The next event; `None` when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        tokio::select! {
            () = &mut self.end => None,
            heard = self.listener.next() => Some(self.told(&heard?)),
            _ = self.heartbeat.tick() => {
                // A database that does not answer at the moment ends nothing.
                let alive = session_store::is_alive(&self.backend, self.session).await.unwrap_or(true);
                alive.then(|| Event::default().event("beat").data("beat"))
            }
        }
    }

    /// Its id is the moment, so that a browser which comes again misses nothing.
    fn told(&self, heard: &Heard) -> Event {
        let event = Event::default().id(app::milliseconds(self.backend.clock.now()));
        match heard {
            Heard::News { topic, state } => event.data(format!("{topic} {state}")),
            Heard::Everything => event.data("*"),
        }
    }
}

fn topics(query: &[(String, String)]) -> BTreeSet<String> {
    let known = query.iter().filter(|(kind, id)| KINDS.contains(&kind.as_str()) && !id.is_empty());
    known.map(|(kind, id)| format!("{kind}:{id}")).take(MOST_TOPICS).collect()
}

fn since(query: &[(String, String)], headers: &HeaderMap) -> Option<OffsetDateTime> {
    let again = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let first = query.iter().find(|(name, _)| name == "since").map(|(_, value)| value.as_str());
    let milliseconds: i64 = again.or(first)?.parse().ok()?;
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
}
