//! What tests of several folders need: a [`Backend`] whose clock they move, and staff members to act.

use crate::staff::Staff;
use crate::{Backend, ManualClock};
use domain::Role;
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// Where every test's clock stands at first: a Monday morning.
pub(crate) const START: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

/// A backend on the test's database, its clock standing at [`START`].
pub(crate) fn backend(pool: PgPool) -> Backend {
    backend_and_clock(pool).0
}

/// The same, with the clock to move.
pub(crate) fn backend_and_clock(pool: PgPool) -> (Backend, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(START));
    (Backend::new(pool, clock.clone()), clock)
}

/// A new staff member of that role. Cheap: nothing is hashed, so no password signs them in.
pub(crate) async fn staff(backend: &Backend, role: Role) -> Staff {
    let id = Uuid::new_v4();
    let email = format!("{role}-{}@seatboard.example", id.simple()).replace(' ', "-");
    let staff = Staff { id, email, name: format!("Test {role}"), role };
    let mut db = backend.pool.acquire().await.unwrap();
    crate::staff::sql::insert(&mut db, &staff, "no hash", backend.clock.now()).await.unwrap();
    staff
}
