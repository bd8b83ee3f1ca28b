//! Trying a connection: a token and one customer, with a client of its own.

use super::Form;
use super::form::Complete;
use super::outcome::{Outcome, TestReport};
use crate::activity::{self, Actor, Entry};
use crate::budget::Budget;
use crate::staff::Staff;
use crate::{Backend, Result};
use async_trait::async_trait;
use domain::{CustomerId, Permission, ResellerId};
use marketplace::models::{Customer, Page};
use marketplace::{
    CallGate, CallInfo, CallOutcome, Client, Connection, CustomerFilter, Error, Options, Refusal, RetryPolicy, Timeouts,
};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

/// Tries what was typed and leaves `connection.tested` in the activity. Fails only where nothing can be tried: with what is
/// wrong with the form.
pub async fn test(backend: &Backend, staff: &Staff, form: &Form) -> Result<TestReport> {
    staff.require(Permission::ManageConnection)?;
    let complete = form.complete(backend).await?;
    Ok(tried(backend, staff, &complete).await?.report)
}

/// A test, and whose account it met.
pub(super) struct Trial {
    pub(super) report: TestReport,
    /// A customer of the account and the reseller whose customer it is.
    pub(super) met: Option<(CustomerId, ResellerId)>,
}

/// The test of a connection, recorded.
pub(super) async fn tried(backend: &Backend, staff: &Staff, complete: &Complete) -> Result<Trial> {
    let connection = &complete.connection;
    let trial = attempt(backend, connection).await;
    let after = json!({
        "url": connection.base_url,
        "code": connection.marketplace,
        "username": connection.username,
        "outcome": trial.report.outcome.name(),
    });
    let entry = Entry {
        after: Some(after),
        correlation_id: trial.report.correlation_id.as_deref(),
        ..Entry::new("connection.tested", "connection", &connection.marketplace)
    };
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    Ok(trial)
}

async fn attempt(backend: &Backend, connection: &Connection) -> Trial {
    let begun = Instant::now();
    let page = ask(backend, connection.clone()).await;
    let elapsed = begun.elapsed();
    let met = page.as_ref().and_then(|page| page.as_ref().ok()?.data.first()).and_then(account);
    let (outcome, status, correlation_id) = match page {
        Some(Ok(page)) => (Outcome::Works { customers: page.total() }, None, None),
        Some(Err(error)) => (
            Outcome::of_failure(&error, connection),
            error.status(),
            error.correlation_id().map(|id| id.chars().take(LONGEST_ID).collect()),
        ),
        None => (Outcome::NoEncryption, None, None),
    };
    Trial { report: TestReport { outcome, elapsed, status, correlation_id }, met }
}

/// Whoever answers need not be a marketplace.
const LONGEST_ID: usize = 100;

/// One page of one customer; `None` where this machine cannot encrypt.
async fn ask(backend: &Backend, connection: Connection) -> Option<Result<Page<Customer>, Error>> {
    let patience = backend.connecting.patience;
    let timeouts = Timeouts { connect: patience, read: patience, ..Timeouts::default() };
    // The form of it was checked; nothing else can be wrong here.
    let client = Client::new(connection, Options { timeouts, retry: RetryPolicy::never() }).ok()?;
    let client = client.with_gate(Arc::new(TrialGate(backend.budget())));
    Some(client.page(&CustomerFilter::default(), 0, 1).await)
}

fn account(customer: &Customer) -> Option<(CustomerId, ResellerId)> {
    Some((customer.id.clone(), customer.reseller_id.clone()?))
}

/// Counts a test's calls like all others, but does not let its answers close the budget: whoever answers an address that
/// was just typed may not tell Seatboard to leave the marketplace alone.
struct TrialGate(Budget);

#[async_trait]
impl CallGate for TrialGate {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        self.0.admit(call).await
    }

    async fn observe(&self, _call: &CallInfo, _outcome: &CallOutcome) {}
}
