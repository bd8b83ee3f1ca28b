mod binding;
mod joining;
mod proving;
mod refusing;

use super::{Finished, Intent, Returned, RoleMapping, SignOnError, SingleSignOn, begin, finish};
use crate::activity::{Activity, page};
use crate::staff::{Caller, Entered, Staff};
use crate::test_support::{START, backend_and_clock};
use crate::{Backend, ManualClock};
use oidc_sim::{CLIENT_ID, CLIENT_SECRET, Person};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgPool;
use std::sync::Arc;

/// Seatboard and a stand-in provider, and one browser.
struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    provider: oidc_sim::Provider,
    browser: Option<SecretString>,
}

impl World {
    /// With these pairs of group and role; without any, roles are given in Seatboard.
    async fn new(pool: PgPool, roles: Option<&str>) -> Self {
        let (mut backend, clock) = backend_and_clock(pool);
        let provider = oidc_sim::Provider::start(START).await.unwrap();
        let settings = oidc::Settings {
            issuer: provider.issuer().to_owned(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Some(CLIENT_SECRET.into()),
            scopes: "openid email".to_owned(),
            redirect_uri: "https://seatboard.example/sign-in/oidc/return".to_owned(),
            claims: vec!["groups".to_owned()],
        };
        backend.single_sign_on = Some(Arc::new(SingleSignOn {
            provider: oidc::Provider::new(settings).unwrap(),
            roles: roles.map(|pairs| RoleMapping::new("groups", pairs).unwrap()),
            is_only: false,
        }));
        Self { backend, clock, provider, browser: None }
    }

    /// Goes there as that person and brings back the answer.
    async fn go(&mut self, intent: Intent<'_>, person: &Person) -> Result<Returned, SignOnError> {
        let begun = begin(&self.backend, None, self.browser.as_ref(), intent, "/orders").await?;
        self.browser = Some(begun.browser);
        let back = self.provider.consent(&begun.location, person);
        Ok(Returned { state: Some(back.state.into()), code: Some(back.code.into()), ..Returned::default() })
    }

    async fn come_back(&self, returned: &Returned, signed_in: Option<&Staff>) -> Result<Finished, SignOnError> {
        finish(&self.backend, &Caller::default(), self.browser.as_ref(), returned, signed_in).await
    }

    /// The whole way.
    async fn sign_in(&mut self, person: &Person) -> Result<Staff, SignOnError> {
        let returned = self.go(Intent::SignIn, person).await?;
        Ok(entered(self.come_back(&returned, None).await?).staff)
    }

    /// The whole way, to bind the account of somebody who is signed in.
    async fn bind(&mut self, staff: &Staff, person: &Person) -> Result<(), SignOnError> {
        let returned = self.go(Intent::Bind(staff), person).await?;
        let finished = self.come_back(&returned, Some(staff)).await?;
        assert!(matches!(finished, Finished::Bound(_)), "{finished:?}");
        Ok(())
    }

    /// The actions recorded, the newest first, without those that set the scene.
    async fn recorded(&self) -> Vec<Activity> {
        page(&self.backend, None, i64::MAX).await.unwrap()
    }
}

fn entered(finished: Finished) -> Entered {
    match finished {
        Finished::SignedIn(entered, next) => {
            assert_eq!(next, "/orders", "back to where they wanted to go");
            entered
        }
        Finished::Bound(_) | Finished::Proved(_) => panic!("{finished:?}"),
    }
}

/// Somebody in these groups, whose address the provider has verified.
fn ida(groups: &[&str]) -> Person {
    Person::new("ida-1")
        .with_email("Ida@aldgate.example")
        .with("name", json!("Ida Novak"))
        .with("groups", json!(groups))
}
