//! The staff of the demo: one person for each of four roles.

use super::{Staff, factor, password, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, Result};
use domain::Role;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

const PEOPLE: [(&str, &str, Role); 4] = [
    ("viewer@seatboard.example", "Vera Lindqvist", Role::Viewer),
    ("technician@seatboard.example", "Tomas Okafor", Role::Technician),
    ("manager@seatboard.example", "Maya Castellan", Role::AccountManager),
    ("admin@seatboard.example", "Adrian Holt", Role::Admin),
];

/// Adds the demo's staff members, or gives them their names, roles and this password back, without a second factor, and
/// enables them. Returns them, the least powerful role first. The password may be short, so that a demo can have one that is
/// easily typed: never run this on an installation with real customers.
pub async fn upsert_demo(backend: &Backend, password: &SecretString) -> Result<Vec<Staff>> {
    if password.expose_secret().is_empty() || password.expose_secret().len() > password::MAX_BYTES {
        return Err(Error::invalid("password", format!("Use a password of 1 to {} bytes", password::MAX_BYTES)));
    }
    for (email, name, _) in PEOPLE {
        if let Some(problem) = password::problem(password.expose_secret(), email, name) {
            tracing::warn!(email, "nobody else would be let have this password: {problem}");
        }
    }
    let at = backend.clock.now();
    let mut hashes = Vec::with_capacity(PEOPLE.len());
    for _ in PEOPLE {
        hashes.push(password::hash(password).await?);
    }
    let mut db = backend.pool.begin().await?;
    let mut people = Vec::with_capacity(PEOPLE.len());
    for ((email, name, role), hash) in PEOPLE.into_iter().zip(hashes) {
        let staff = Staff { id: Uuid::new_v4(), email: email.to_owned(), name: name.to_owned(), role: role.into() };
        let staff = sql::upsert(&mut db, &staff, &hash, at).await?;
        factor::forget(&mut db, staff.id).await?;
        let id = staff.id.to_string();
        activity::record(&mut db, at, Actor::Part("demo"), Entry::new("staff.demo_set_up", "staff", &id)).await?;
        people.push(staff);
    }
    db.commit().await?;
    Ok(people)
}
