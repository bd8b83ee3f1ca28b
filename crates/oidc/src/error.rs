//! Why somebody could not be signed in.

/// What went wrong. Says nothing secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The provider cannot be reached, is too slow, or does not make sense.
    #[error("the provider does not answer: {0}")]
    Unavailable(String),
    /// What the provider says of itself cannot be trusted or used.
    #[error("the provider's metadata cannot be used: {0}")]
    Metadata(String),
    /// The provider did not take the code: it was used, is too old, or this client may not.
    #[error("the provider refused the code: {0}")]
    Refused(String),
    /// The ID token proves nothing.
    #[error("the ID token is not taken: {0}")]
    Token(#[from] TokenProblem),
}

/// What is wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenProblem {
    /// It is no token.
    #[error("it cannot be read")]
    Unreadable,
    /// It is not signed, or not in a way that counts here.
    #[error("it is not signed by an algorithm that counts here")]
    Algorithm,
    /// The provider publishes no such key.
    #[error("it is signed by a key that the provider does not publish")]
    UnknownKey,
    /// The signature is not that of the key.
    #[error("its signature is wrong")]
    Signature,
    /// Another issuer made it.
    #[error("it is of another issuer")]
    Issuer,
    /// It is meant for another client.
    #[error("it is for another audience")]
    Audience,
    /// It was good once; or the clocks differ.
    #[error("it has expired")]
    Expired,
    /// It was made in the future: the clocks differ.
    #[error("it is not valid yet")]
    TooEarly,
    /// It belongs to another sign-in.
    #[error("its nonce is that of another sign-in")]
    Nonce,
    /// It does not say whom it is about, or what else was asked says somebody else.
    #[error("it does not say who it is about, or two answers differ in that")]
    Subject,
    /// They were to sign in anew at the provider, and had signed in before.
    #[error("it is of a sign-in before this one was asked for")]
    NotAnew,
}

impl TokenProblem {
    /// Whether clocks that differ are the likely reason.
    pub fn is_of_the_clock(self) -> bool {
        matches!(self, Self::Expired | Self::TooEarly)
    }
}
