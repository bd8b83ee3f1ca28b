//! ID tokens: who made them, for whom, when, about whom, and in answer to which question.

use crate::error::TokenProblem;
use crate::keys::Keys;
use crate::signature;
use crate::{Identity, Settings};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// By how many seconds the provider's clock may differ.
const LEEWAY: i64 = 60;

/// The longest name of a person that the standard allows, in bytes.
const LONGEST_SUBJECT: usize = 255;

type Claims = Map<String, Value>;

/// What the token answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) nonce: &'a str,
    /// Since when the person is to have signed in there.
    pub(crate) anew: Option<OffsetDateTime>,
}

/// Who the token is about, if all of it holds.
pub(crate) fn verify(
    token: &str,
    keys: &Keys,
    settings: &Settings,
    asked: Asked<'_>,
    now: OffsetDateTime,
) -> Result<Identity, TokenProblem> {
    // A token that names no algorithm known here, such as `none`, has no header that can be read.
    let header = decode_header(token).map_err(|_| TokenProblem::Algorithm)?;
    if !signature::counts(header.alg) {
        return Err(TokenProblem::Algorithm);
    }
    let mut problem = TokenProblem::UnknownKey;
    for key in keys.of(&header) {
        match signed(token, key, header.alg, settings) {
            Ok(claims) => return about(claims, settings, asked, now),
            Err(found) => problem = found,
        }
    }
    Err(problem)
}

/// The claims, if the key signed them and they are of the issuer and for this client.
fn signed(token: &str, key: &Jwk, algorithm: Algorithm, settings: &Settings) -> Result<Claims, TokenProblem> {
    let key = DecodingKey::from_jwk(key).map_err(|_| TokenProblem::Signature)?;
    let mut validation = Validation::new(algorithm);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client_id]);
    // The library asks the machine for the time.
    validation.validate_exp = false;
    let decoded = decode::<Claims>(token, &key, &validation).map_err(|error| match error.kind() {
        ErrorKind::InvalidIssuer => TokenProblem::Issuer,
        ErrorKind::InvalidAudience => TokenProblem::Audience,
        ErrorKind::InvalidSignature => TokenProblem::Signature,
        ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm => TokenProblem::Algorithm,
        _ => TokenProblem::Unreadable,
    })?;
    Ok(decoded.claims)
}

fn about(claims: Claims, settings: &Settings, asked: Asked<'_>, now: OffsetDateTime) -> Result<Identity, TokenProblem> {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str);
    let several = claims.get("aud").and_then(Value::as_array).is_some_and(|audience| audience.len() > 1);
    match text("azp") {
        Some(party) if party != settings.client_id => return Err(TokenProblem::Audience),
        None if several => return Err(TokenProblem::Audience),
        _ => {}
    }
    if text("nonce") != Some(asked.nonce) {
        return Err(TokenProblem::Nonce);
    }
    check_time(&claims, now.unix_timestamp())?;
    check_anew(&claims, asked.anew)?;
    let subject = text("sub").filter(|subject| !subject.is_empty() && subject.len() <= LONGEST_SUBJECT);
    let subject = subject.ok_or(TokenProblem::Subject)?.to_owned();
    Ok(Identity { subject, claims })
}

fn check_time(claims: &Claims, now: i64) -> Result<(), TokenProblem> {
    let moment =
        |claim: &str| claims.get(claim).map(|value| seconds(value).ok_or(TokenProblem::Unreadable)).transpose();
    let (expires, issued, begins) = (moment("exp")?, moment("iat")?, moment("nbf")?);
    if expires.is_none_or(|at| at.saturating_add(LEEWAY) <= now) {
        return Err(TokenProblem::Expired);
    }
    let is_early = |at: Option<i64>| at.is_some_and(|at| at.saturating_sub(LEEWAY) > now);
    if is_early(issued) || is_early(begins) {
        return Err(TokenProblem::TooEarly);
    }
    Ok(())
}

/// Providers that do not say when somebody signed in there were asked to have them sign in anew all the same.
fn check_anew(claims: &Claims, anew: Option<OffsetDateTime>) -> Result<(), TokenProblem> {
    let (Some(since), Some(told)) = (anew, claims.get("auth_time")) else { return Ok(()) };
    let signed_in = seconds(told).ok_or(TokenProblem::Unreadable)?;
    if signed_in.saturating_add(LEEWAY) < since.unix_timestamp() { Err(TokenProblem::NotAnew) } else { Ok(()) }
}

/// Some providers count in fractions of a second.
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_number()?.to_string().split('.').next()?.parse().ok())
}
