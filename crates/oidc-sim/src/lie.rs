/// A way to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lie {
    /// The ID token has the nonce of another sign-in.
    Nonce,
    /// It is for another client.
    Audience,
    /// It is for this client and others, and was given to another.
    Party,
    /// It is of another issuer.
    Issuer,
    /// It expired an hour ago.
    Expired,
    /// It was made in an hour.
    Future,
    /// Its expiry is a text.
    ExpiryAsText,
    /// Its algorithm is `none`, and it has no signature.
    Unsigned,
    /// It is signed with the client's secret in place of a key.
    SharedSecret,
    /// It is signed with another key than its key id says.
    Signature,
    /// Its key id is made up.
    KeyId,
    /// It says nothing of whom it is about.
    Nobody,
    /// What it knows of the person is about somebody else.
    OtherSubject,
    /// Its metadata are those of another issuer.
    MetadataOfAnother,
    /// It answers nothing but 503.
    Down,
    /// It answers without end.
    Endless,
    /// It sends whoever asks elsewhere.
    Redirects,
    /// It takes a code again.
    TakesCodesTwice,
    /// It does not look at PKCE.
    IgnoresVerifier,
}
