//! Making recovery codes, which are shown once.

use super::prove::prove;
use super::recovery::{self, CODES};
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::seal::Purpose;
use crate::staff::{Staff, handover};
use crate::{Backend, Error, Result};
use ring::rand::SystemRandom;
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

/// Makes new ones, one a line, for whoever proves their second factor once more. Those of before do not work any more.
/// Fails with [`Error::Invalid`], naming `code`, where the code is not right.
pub async fn renew_codes(backend: &Backend, staff: &Staff, code: &SecretString) -> Result<SecretString> {
    let mut db = prove(backend, staff, code).await?;
    let made = make(&mut db, staff.id).await?;
    let id = staff.id.to_string();
    let entry = Entry::new("staff.recovery_codes_made", "staff", &id);
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    db.commit().await?;
    Ok(made)
}

/// The codes as they may lie in a session until the next page shows them.
pub fn hand_over(backend: &Backend, staff: &Staff, codes: &SecretString) -> Result<String> {
    handover::sealed(backend, Purpose::RecoveryCodes, &[&staff.id.to_string()], codes)
}

/// The codes, each on its own, that [`hand_over`] sealed for the same person; `None` where it did not.
pub fn handed_over(backend: &Backend, staff: &Staff, sealed: &str) -> Option<Vec<SecretString>> {
    let codes = handover::opened(backend, Purpose::RecoveryCodes, &[&staff.id.to_string()], sealed)?;
    Some(codes.expose_secret().lines().map(SecretString::from).collect())
}

pub(super) async fn make(db: &mut PgConnection, staff_id: Uuid) -> Result<SecretString> {
    let random = SystemRandom::new();
    let made: Option<Vec<SecretString>> = (0..CODES).map(|_| recovery::new_code(&random)).collect();
    let made = made.ok_or_else(|| Error::Stored("this machine gives no random numbers".to_owned()))?;
    let hashes = made.iter().filter_map(|code| recovery::hash(staff_id, code.expose_secret()));
    sql::replace_codes(db, staff_id, &hashes.map(Vec::from).collect::<Vec<_>>()).await?;
    Ok(made.iter().map(ExposeSecret::expose_secret).collect::<Vec<_>>().join("\n").into())
}
