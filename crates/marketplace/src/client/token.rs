//! The token: had once, shared by all calls, renewed before it expires.

use super::error::{Error, ErrorKind};
use crate::models::{Confidential, TokenInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// A token that can be told apart from its successor.
#[derive(Clone)]
pub(super) struct Token(Arc<Confidential>);

impl Token {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Holds the token. While one caller has it issued, all others wait for that one.
#[derive(Default)]
pub(super) struct TokenCache {
    state: Mutex<State>,
    attempts: AtomicU64,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    failure: Option<Error>,
}

struct Held {
    token: Token,
    renew_at: Instant,
    expires_at: Instant,
}

/// After a renewal that failed, how long the old token is used before the next one.
const RENEWAL_PAUSE: Duration = Duration::from_secs(15);

impl TokenCache {
    /// The token; `issue` is called when there is none or four fifths of its time are over.
    ///
    /// Callers that waited for an attempt that failed share its failure, so that a wrong password is sent once and not
    /// once for each of them. Only a refusal by the gate is each caller's own.
    pub(super) async fn get<F>(&self, issue: impl FnOnce() -> F) -> Result<Token, Error>
    where
        F: Future<Output = Result<TokenInfo, Error>>,
    {
        let attempts_before = self.attempts.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(held) = state.held.as_ref().filter(|held| Instant::now() < held.renew_at) {
            return Ok(held.token.clone());
        }
        if let Some(failure) = &state.failure
            && self.attempts.load(Ordering::Acquire) != attempts_before
        {
            return Err(failure.clone());
        }
        let asked_at = Instant::now();
        let issued = issue().await;
        self.attempts.fetch_add(1, Ordering::Release);
        match issued {
            Ok(info) => Ok(state.hold(&info, asked_at)),
            Err(error) => state.fail(error),
        }
    }

    /// The token in use, if there is one; none is asked for.
    pub(super) async fn held(&self) -> Option<Token> {
        self.state.lock().await.held.as_ref().map(|held| held.token.clone())
    }

    /// Forgets `refused`, unless another caller has done so and there is a newer one already.
    pub(super) async fn discard(&self, refused: &Token) {
        let mut state = self.state.lock().await;
        state.held.take_if(|held| Arc::ptr_eq(&held.token.0, &refused.0));
    }
}

impl State {
    fn hold(&mut self, info: &TokenInfo, asked_at: Instant) -> Token {
        let lifetime = Duration::from_secs(u64::try_from(info.expires_in_seconds).unwrap_or(0).min(86_400));
        let token = Token(Arc::new(info.token.clone()));
        let (renew_at, expires_at) = (asked_at + lifetime * 4 / 5, asked_at + lifetime);
        *self = Self { held: Some(Held { token: token.clone(), renew_at, expires_at }), failure: None };
        token
    }

    fn fail(&mut self, error: Error) -> Result<Token, Error> {
        let now = Instant::now();
        if let Some(held) = self.held.as_mut().filter(|held| now < held.expires_at) {
            held.renew_at = now + RENEWAL_PAUSE;
            return Ok(held.token.clone());
        }
        self.failure = Some(error.clone()).filter(|error| *error.kind() != ErrorKind::Refused);
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::gate::CallKind;
    use futures::future::join_all;
    use std::sync::atomic::AtomicUsize;
    use tokio::time::{advance, sleep};

    #[derive(Default)]
    struct Issuer {
        calls: AtomicUsize,
    }

    impl Issuer {
        async fn issue(&self) -> Result<TokenInfo, Error> {
            let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
            sleep(Duration::from_millis(1)).await;
            Ok(TokenInfo { token: Confidential::new(format!("token {number}")), expires_in_seconds: 1500 })
        }

        async fn fail(&self, kind: ErrorKind) -> Result<TokenInfo, Error> {
            self.calls.fetch_add(1, Ordering::SeqCst);
            sleep(Duration::from_millis(1)).await;
            Err(Error::local(kind, "token", CallKind::Token, "no"))
        }

        fn calls(&self) -> usize {
            self.calls.load(Ordering::SeqCst)
        }
    }

    async fn token(cache: &TokenCache, issuer: &Issuer) -> String {
        cache.get(|| issuer.issue()).await.map(|token| token.expose().to_owned()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_callers_have_one_token_issued() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        let tokens = join_all((0..100).map(|_| token(&cache, &issuer))).await;
        assert!(tokens.iter().all(|token| token == "token 1"));
        assert_eq!(issuer.calls(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_token_is_renewed_when_four_fifths_of_its_time_are_over() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        token(&cache, &issuer).await;
        advance(Duration::from_secs(1198)).await;
        assert_eq!(token(&cache, &issuer).await, "token 1");
        advance(Duration::from_secs(2)).await;
        assert_eq!(token(&cache, &issuer).await, "token 2");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_token_is_replaced_once_however_many_noticed() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        let refused = cache.get(|| issuer.issue()).await.unwrap();
        join_all((0..100).map(async |_| {
            cache.discard(&refused).await;
            token(&cache, &issuer).await
        }))
        .await;
        assert_eq!(issuer.calls(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wrong_password_is_sent_once_for_all_who_wait_and_again_for_who_comes_later() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        let wrong = || issuer.fail(ErrorKind::Unauthorized);
        let results = join_all((0..100).map(|_| cache.get(wrong))).await;
        assert!(results.iter().all(Result::is_err));
        assert_eq!(issuer.calls(), 1);
        assert!(cache.get(wrong).await.is_err());
        assert_eq!(issuer.calls(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_gate_refused_to_one_is_not_refused_to_all() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        let (refused, admitted) =
            tokio::join!(cache.get(|| issuer.fail(ErrorKind::Refused)), cache.get(|| issuer.issue()));
        assert!(refused.is_err() && admitted.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn the_old_token_is_used_until_it_expires_when_renewing_fails() {
        let (cache, issuer) = (TokenCache::default(), Issuer::default());
        token(&cache, &issuer).await;
        advance(Duration::from_secs(1250)).await;
        let down = || issuer.fail(ErrorKind::Unavailable);
        assert_eq!(cache.get(down).await.map(|token| token.expose().to_owned()).ok().as_deref(), Some("token 1"));
        advance(Duration::from_secs(250)).await;
        assert!(cache.get(down).await.is_err());
    }
}
