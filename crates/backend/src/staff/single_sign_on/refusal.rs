use crate::Error;
use time::Duration;

/// Why somebody is not let in by single sign-on.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// There is none in this installation.
    #[error("single sign-on is not set up")]
    NotSetUp,
    /// The way began in another browser, too long ago, or was gone to its end already.
    #[error("this sign-in was not begun in this browser, is over, or took too long")]
    Lost,
    /// The provider, or the person there, said no.
    #[error("the provider did not sign the person in: {0}")]
    Denied(String),
    /// Too many came back to no end from there.
    #[error("there were too many failed tries")]
    TooSoon {
        /// How long to wait before the next.
        wait: Duration,
    },
    /// The provider, or what it said, cannot be used.
    #[error(transparent)]
    Provider(#[from] oidc::Error),
    /// Nobody here is bound to the identity.
    #[error("nobody is bound to this identity")]
    Unknown,
    /// An account here has the same e-mail address, which proves nothing.
    #[error("an account that has the same address is not bound to this identity")]
    NotBound,
    /// Somebody new has to have an e-mail address that the provider has verified.
    #[error("the provider vouches for no e-mail address")]
    NoAddress,
    /// None of their groups has a role here.
    #[error("no group of the person has a role here")]
    NoRole,
    /// They were disabled.
    #[error("the account is disabled")]
    Disabled,
    /// The identity is somebody else's already.
    #[error("the identity is bound to another account")]
    Taken,
    /// The account is bound to another identity already.
    #[error("the account is bound to another identity")]
    Bound,
    /// It does not prove that the person who is signed in is still there: it is another one, or not theirs to prove by.
    #[error("the identity is not the one that the account is bound to, or proves nothing for it")]
    NotProof,
    /// The one-time link cannot be used.
    #[error("the link cannot be used")]
    LinkGone,
    /// It could not be found out.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl SignOnError {
    /// What the activity says of it, where the provider has proved who it was about or lied about it. Anybody can cause the
    /// other ones again and again.
    pub(super) fn note(&self) -> Option<String> {
        match self {
            Self::Provider(oidc::Error::Token(_))
            | Self::Unknown
            | Self::NotBound
            | Self::NoAddress
            | Self::NoRole
            | Self::Disabled
            | Self::Taken
            | Self::Bound
            | Self::NotProof => Some(format!("By single sign-on: {self}")),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for SignOnError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
