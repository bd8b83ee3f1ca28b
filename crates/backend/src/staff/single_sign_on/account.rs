//! From an identity that is proved to an account.

use super::{SignOnError, SingleSignOn, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::browser::{self, Caller};
use crate::staff::manage::{self, Concerned};
use crate::staff::{Entered, Staff, email, factor, link, prove, sql as staff_sql};
use crate::{Backend, Error, session_store};
use domain::{AssignedRole, Role};
use oidc::Identity;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// The longest name that is taken over, in characters.
const LONGEST_NAME: usize = 100;

/// What an identity came to.
pub(super) enum Outcome {
    Entered(Entered),
    Bound,
    Proved,
}

/// Why it came to nothing, and whose account it was about.
type Refused = (SignOnError, Option<Uuid>);

/// What all that follows needs to know.
struct Case<'a> {
    backend: &'a Backend,
    caller: &'a Caller,
    issuer: &'a str,
    identity: &'a Identity,
    /// The role that the groups give, where groups give roles: to whoever has a built-in one or is new.
    mapped: Option<Role>,
}

/// Signs the person in or binds them, in one transaction.
pub(super) async fn settle(
    backend: &Backend,
    single_sign_on: &SingleSignOn,
    caller: &Caller,
    identity: &Identity,
    begun: &sql::Attempt,
) -> Result<Outcome, Refused> {
    let issuer = single_sign_on.provider.issuer();
    let bound = sql::whose(&backend.pool, issuer, &identity.subject).await.map_err(|error| (error.into(), None))?;
    let concerns = if begun.proves { begun.staff_id } else { bound.or(begun.staff_id) };
    let about = |error: SignOnError| (error, concerns);
    let mapped = single_sign_on.roles.as_ref().map(|roles| roles.role_of(identity));
    if mapped == Some(None) {
        // They were let in by a group before.
        if let Some(id) = bound {
            shut_out(backend, id).await.map_err(about)?;
        }
        return Err(about(SignOnError::NoRole));
    }
    let case = Case { backend, caller, issuer, identity, mapped: mapped.flatten() };
    match (bound, begun.staff_id, &begun.link_hash) {
        (_, Some(own), _) if begun.proves && bound == Some(own) => {
            case.prove(own).await.map(|()| Outcome::Proved).map_err(about)
        }
        _ if begun.proves => Err(about(SignOnError::NotProof)),
        (Some(id), Some(own), _) if id == own => Ok(Outcome::Bound),
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err(about(SignOnError::Taken)),
        (Some(id), None, None) => case.sign_in(id).await.map(Outcome::Entered).map_err(about),
        (None, Some(own), _) => case.bind_own(own).await.map(|()| Outcome::Bound).map_err(about),
        (None, None, Some(link)) => case.bind_by_link(link).await.map(Outcome::Entered).map_err(about),
        (None, None, None) => case.join().await.map(Outcome::Entered).map_err(about),
    }
}

async fn shut_out(backend: &Backend, id: Uuid) -> Result<(), SignOnError> {
    let mut db = backend.pool.begin().await?;
    session_store::end_all_in(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

impl Case<'_> {
    async fn sign_in(&self, id: Uuid) -> Result<Entered, SignOnError> {
        let mut db = self.backend.pool.begin().await?;
        let concerned = enabled(manage::lock_alone(&mut db, id).await?)?;
        // It may have been released since it was looked up.
        if !sql::is_bound(&mut db, self.issuer, &self.identity.subject, id).await? {
            return Err(SignOnError::Unknown);
        }
        let entered = self.enter(&mut db, concerned, None).await?;
        db.commit().await?;
        Ok(entered)
    }

    async fn bind_by_link(&self, link_hash: &[u8]) -> Result<Entered, SignOnError> {
        let now = self.backend.clock.now();
        let id = sql::whose_link(&self.backend.pool, link_hash).await?.ok_or(SignOnError::LinkGone)?;
        let mut db = self.backend.pool.begin().await?;
        let concerned = enabled(manage::lock_alone(&mut db, id).await?)?;
        if !link::use_up(&mut db, link_hash, now).await? {
            return Err(SignOnError::LinkGone);
        }
        self.bind(&mut db, id).await?;
        session_store::end_all_in(&mut db, id).await?;
        browser::forget_all_of(&mut db, id).await?;
        let entered = self.enter(&mut db, concerned, Some("staff.identity_bound")).await?;
        db.commit().await?;
        Ok(entered)
    }

    async fn bind_own(&self, id: Uuid) -> Result<(), SignOnError> {
        let mut db = self.backend.pool.begin().await?;
        let concerned = enabled(manage::lock_alone(&mut db, id).await?)?;
        self.bind(&mut db, id).await?;
        self.record(&mut db, "staff.identity_bound", Actor::Staff(&concerned.person.staff), id).await?;
        db.commit().await?;
        Ok(())
    }

    /// Proves that it is still them, unless something else has to by now.
    async fn prove(&self, id: Uuid) -> Result<(), SignOnError> {
        let mut db = self.backend.pool.begin().await?;
        let concerned = enabled(manage::lock_alone(&mut db, id).await?)?;
        let is_bound = sql::is_bound(&mut db, self.issuer, &self.identity.subject, id).await?;
        if !is_bound || factor::is_in_use(&mut db, id).await? {
            return Err(SignOnError::NotProof);
        }
        prove::record(&mut db, self.backend, &concerned.person.staff, "single sign-on").await?;
        db.commit().await?;
        Ok(())
    }

    /// Somebody new, whom a group lets in.
    async fn join(&self) -> Result<Entered, SignOnError> {
        let address = self.identity.verified_email().filter(|address| email::is_plausible(address));
        let role = match (self.mapped, address) {
            (None, Some(address)) if staff_sql::is_taken(&self.backend.pool, address).await? => {
                return Err(SignOnError::NotBound);
            }
            (None, _) => return Err(SignOnError::Unknown),
            (Some(role), _) => role,
        };
        let address = address.ok_or(SignOnError::NoAddress)?;
        let staff =
            Staff { id: Uuid::new_v4(), email: address.to_owned(), name: self.name(address), role: role.into() };
        let now = self.backend.clock.now();
        let mut db = self.backend.pool.begin().await?;
        staff_sql::insert(&mut db, &staff, None, now).await.map_err(|error| match error {
            Error::Invalid(_) => SignOnError::NotBound,
            other => other.into(),
        })?;
        self.bind(&mut db, staff.id).await?;
        let concerned = manage::lock_alone(&mut db, staff.id).await?;
        let entered = self.enter(&mut db, concerned, Some("staff.joined")).await?;
        db.commit().await?;
        Ok(entered)
    }

    /// Their name at the provider, as far as it can be one here.
    fn name(&self, address: &str) -> String {
        let name = self.identity.text("name").unwrap_or(address);
        let name: String = name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect();
        if name.trim().is_empty() { address.to_owned() } else { name.trim().to_owned() }
    }

    async fn bind(&self, db: &mut PgConnection, id: Uuid) -> Result<(), SignOnError> {
        let email = self.identity.text("email");
        let identity = sql::Identity { issuer: self.issuer, subject: &self.identity.subject, email };
        match sql::bind(db, &identity, id, self.backend.clock.now()).await? {
            sql::Binding::Done => Ok(()),
            sql::Binding::Taken => Err(SignOnError::Taken),
            sql::Binding::HasAnother => Err(SignOnError::Bound),
        }
    }

    /// Lets them in with the role that they have now. `first` is what happened to the account just before.
    async fn enter(
        &self,
        db: &mut PgConnection,
        concerned: Concerned,
        first: Option<&str>,
    ) -> Result<Entered, SignOnError> {
        let now = self.backend.clock.now();
        let before = concerned.person.staff.role.clone();
        let mut role = match (&before, self.mapped) {
            // Whoever was given a role that admins made keeps it: no group can name that one.
            (AssignedRole::BuiltIn(_), Some(mapped)) => mapped.into(),
            _ => before.clone(),
        };
        if role != before && concerned.leave_an_admin(self.backend).is_err() {
            tracing::warn!("a group gives the only admin who can sign in another role; they stay admin");
            role = before.clone();
        }
        let is_another = role != before;
        let staff = Staff { role, ..concerned.person.staff };
        if is_another {
            manage::set_role(db, &staff).await?;
        }
        // Whoever has a second factor here is asked for it, whatever the provider asks for.
        let is_half = factor::is_in_use(db, staff.id).await?;
        let browser = if is_half {
            None
        } else {
            staff_sql::entered(db, staff.id, now).await?;
            Some(browser::remember(db, self.caller, staff.id, now).await?)
        };
        if let Some(action) = first {
            self.record(db, action, Actor::Part("single sign-on"), staff.id).await?;
        }
        let id = staff.id.to_string();
        if is_another {
            let entry = Entry {
                before: Some(json!({ "role": before.recorded() })),
                after: Some(json!({ "role": staff.role.recorded() })),
                note: Some("By a group at the provider of single sign-on".to_owned()),
                ..Entry::new("staff.role_changed", "staff", &id)
            };
            activity::record(db, now, Actor::Part("single sign-on"), entry).await?;
        }
        let action = if is_half { "staff.identity_accepted" } else { "staff.signed_in" };
        let note = Some("With single sign-on".to_owned());
        let entry = Entry { note, ..Entry::new(action, "staff", &id) };
        activity::record(db, now, Actor::Staff(&staff), entry).await?;
        Ok(Entered { staff, browser })
    }

    /// Notes what happened to the account, with what people recognise the identity by.
    async fn record(&self, db: &mut PgConnection, action: &str, actor: Actor<'_>, id: Uuid) -> Result<(), SignOnError> {
        let id = id.to_string();
        let after =
            json!({ "issuer": self.issuer, "subject": self.identity.subject, "email": self.identity.text("email") });
        let entry = Entry { after: Some(after), ..Entry::new(action, "staff", &id) };
        Ok(activity::record(db, self.backend.clock.now(), actor, entry).await?)
    }
}

fn enabled(concerned: Concerned) -> Result<Concerned, SignOnError> {
    if concerned.person.disabled { Err(SignOnError::Disabled) } else { Ok(concerned) }
}
