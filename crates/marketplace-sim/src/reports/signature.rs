//! Signed URLs: whoever has one can download the file until it expires.

use crate::wire::timestamp;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use time::OffsetDateTime;

/// What a signature covers.
pub(super) struct Grant<'a> {
    pub(super) file: &'a str,
    pub(super) from: OffsetDateTime,
    pub(super) until: OffsetDateTime,
}

impl Grant<'_> {
    /// The query of the signed URL.
    pub(super) fn query(&self, secret: &str) -> String {
        let (from, until) = (timestamp(self.from), timestamp(self.until));
        format!(
            "sig={}&st={}&se={}&sv=2021-08-06&sp=r&sr=b",
            escape(&self.signature(secret)),
            escape(&from),
            escape(&until)
        )
    }

    /// Whether `signature` is the one for this grant.
    pub(super) fn is_signed_by(&self, signature: &str, secret: &str) -> bool {
        BASE64_STANDARD
            .decode(signature)
            .is_ok_and(|bytes| self.mac(secret).is_some_and(|mac| mac.verify_slice(&bytes).is_ok()))
    }

    fn signature(&self, secret: &str) -> String {
        self.mac(secret).map(|mac| BASE64_STANDARD.encode(mac.finalize().into_bytes())).unwrap_or_default()
    }

    fn mac(&self, secret: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
        mac.update(format!("{}\n{}\n{}", self.file, timestamp(self.from), timestamp(self.until)).as_bytes());
        Some(mac)
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('+', "%2B").replace('/', "%2F").replace('=', "%3D").replace(':', "%3A")
}
