//! How many streams a session holds open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tower_sessions::session::Id;

/// Browsers have six connections for a server without HTTP/2, and need some of them for pages.
const MOST: usize = 3;

/// The streams that each session holds open at this process. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<Id, usize>>>);

/// One of them, until it is dropped.
pub(super) struct Place {
    places: Places,
    session: Id,
}

impl Places {
    /// A place for one more stream, if the session has one left.
    pub(super) fn take(&self, session: Id) -> Option<Place> {
        let mut taken = self.lock();
        let of_session = taken.entry(session).or_default();
        if *of_session >= MOST {
            return None;
        }
        *of_session += 1;
        Some(Place { places: self.clone(), session })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Id, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(of_session) = taken.get_mut(&self.session) {
            *of_session -= 1;
            if *of_session == 0 {
                taken.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_three_places_and_gets_back_what_it_leaves() {
        let (places, one, other) = (Places::default(), Id(1), Id(2));
        let held: Vec<Place> = std::iter::from_fn(|| places.take(one)).collect();
        assert_eq!(held.len(), 3);
        assert!(places.take(other).is_some(), "each session has its own");
        drop(held);
        assert!(places.take(one).is_some());
        assert!(places.lock().is_empty(), "nothing is kept of those who left");
    }
}
