//! The client against a stand-in provider that lies.

use crate::{Attempt, Error, Identity, Provider, Settings, TokenProblem};
use oidc_sim::{CLIENT_ID, CLIENT_SECRET, Lie, Person};
use serde_json::json;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

const NOW: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

fn client(issuer: &str) -> Provider {
    Provider::new(Settings {
        issuer: issuer.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(CLIENT_SECRET.into()),
        scopes: "openid email".to_owned(),
        redirect_uri: "https://seatboard.example/back?a=b".to_owned(),
        claims: vec!["groups".to_owned()],
    })
    .unwrap()
}

async fn pair() -> (oidc_sim::Provider, Provider) {
    let there = oidc_sim::Provider::start(NOW).await.unwrap();
    let here = client(there.issuer());
    (there, here)
}

fn attempt() -> Attempt {
    Attempt { state: "state".into(), nonce: "nonce".into(), verifier: "v".repeat(43).into(), anew: None }
}

fn ana() -> Person {
    Person::new("ana-1").with_email("ana@seatboard.example").with("groups", json!(["sales"]))
}

/// The whole way there and back.
async fn sign_in(there: &oidc_sim::Provider, here: &Provider, now: OffsetDateTime) -> Result<Identity, Error> {
    let address = here.authorise(&attempt(), now).await?;
    let back = there.consent(&address, &ana());
    assert_eq!(back.state, "state");
    here.redeem(&back.code.into(), &attempt(), now).await
}

#[tokio::test]
async fn an_honest_provider_says_who_it_is() {
    let (there, here) = pair().await;
    let identity = sign_in(&there, &here, NOW).await.unwrap();
    assert_eq!(identity.subject, "ana-1");
    assert_eq!(identity.verified_email(), Some("ana@seatboard.example"));
    assert_eq!(identity.texts("groups"), ["sales"]);
    assert_eq!(there.asked("/userinfo"), 0, "the token says all that is needed");
}

#[tokio::test]
async fn the_browser_takes_along_what_binds_the_answer() {
    let (there, here) = pair().await;
    let address = here.authorise(&attempt(), NOW).await.unwrap();
    assert!(
        address.starts_with(&format!("{}/authorise?from=metadata&response_type=code&", there.issuer())),
        "{address}"
    );
    for part in ["code_challenge_method=S256", "state=state", "nonce=nonce", "scope=openid+email"] {
        assert!(address.contains(part), "{part} is not in {address}");
    }
    assert!(!address.contains(&"v".repeat(43)), "the verifier stays here");
}

#[tokio::test]
async fn a_token_that_lies_is_not_taken() {
    for (lie, problem) in [
        (Lie::Nonce, TokenProblem::Nonce),
        (Lie::Audience, TokenProblem::Audience),
        (Lie::Party, TokenProblem::Audience),
        (Lie::Issuer, TokenProblem::Issuer),
        (Lie::Expired, TokenProblem::Expired),
        (Lie::Future, TokenProblem::TooEarly),
        (Lie::ExpiryAsText, TokenProblem::Unreadable),
        (Lie::Unsigned, TokenProblem::Algorithm),
        (Lie::SharedSecret, TokenProblem::Algorithm),
        (Lie::Signature, TokenProblem::Signature),
        (Lie::KeyId, TokenProblem::UnknownKey),
        (Lie::Nobody, TokenProblem::Subject),
    ] {
        let (there, here) = pair().await;
        there.lie(lie);
        let refused = sign_in(&there, &here, NOW).await;
        assert!(matches!(refused, Err(Error::Token(found)) if found == problem), "{lie:?}: {refused:?}");
        there.be_honest();
        assert!(sign_in(&there, &here, NOW).await.is_ok(), "{lie:?}: the truth is taken again");
    }
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute_and_no_more() {
    for (seconds, taken) in [(-119, true), (-121, false), (0, true), (59, true), (61, false)] {
        let (there, here) = pair().await;
        there.advance(Duration::seconds(seconds));
        let result = sign_in(&there, &here, NOW).await;
        assert_eq!(result.is_ok(), taken, "{seconds} s: {result:?}");
        let of_the_clock = matches!(result, Ok(_) | Err(Error::Token(TokenProblem::Expired | TokenProblem::TooEarly)));
        assert!(of_the_clock, "{seconds} s: {result:?}");
    }
}

#[tokio::test]
async fn a_code_works_once_and_only_with_its_own_verifier() {
    let (there, here) = pair().await;
    let address = here.authorise(&attempt(), NOW).await.unwrap();
    let back = there.consent(&address, &ana());
    assert!(here.redeem(&back.code.as_str().into(), &attempt(), NOW).await.is_ok());
    let again = here.redeem(&back.code.as_str().into(), &attempt(), NOW).await;
    assert!(matches!(&again, Err(Error::Refused(why)) if why == "invalid_grant"), "{again:?}");

    let back = there.consent(&address, &ana());
    let other = Attempt { verifier: "w".repeat(43).into(), ..attempt() };
    let stolen = here.redeem(&back.code.into(), &other, NOW).await;
    assert!(matches!(stolen, Err(Error::Refused(_))), "{stolen:?}");
}

#[tokio::test]
async fn what_the_token_does_not_say_is_asked_for_and_has_to_be_about_the_same_person() {
    let (there, here) = pair().await;
    let ben = Person::new("ben-2").with_on_request("groups", json!("support")).with_on_request("iss", json!("forged"));
    let address = here.authorise(&attempt(), NOW).await.unwrap();
    let back = there.consent(&address, &ben);
    let identity = here.redeem(&back.code.into(), &attempt(), NOW).await.unwrap();
    assert_eq!(identity.texts("groups"), ["support"]);
    assert_eq!(identity.text("iss"), Some(there.issuer()), "what the token says counts");

    there.lie(Lie::OtherSubject);
    let back = there.consent(&address, &ben);
    let refused = here.redeem(&back.code.into(), &attempt(), NOW).await;
    assert!(matches!(refused, Err(Error::Token(TokenProblem::Subject))), "{refused:?}");
}

#[tokio::test]
async fn whoever_is_to_sign_in_anew_is_asked_to_and_an_older_sign_in_is_not_taken() {
    let (there, here) = pair().await;
    let anew = Attempt { anew: Some(NOW), ..attempt() };
    let address = here.authorise(&anew, NOW).await.unwrap();
    assert!(address.contains("&prompt=login&max_age=0"), "{address}");
    let usual = here.authorise(&attempt(), NOW).await.unwrap();
    assert!(!usual.contains("prompt=") && !usual.contains("max_age="), "{usual}");
    for (told, taken) in [
        (json!(NOW.unix_timestamp()), true),
        (json!(NOW.unix_timestamp() - 60), true),
        (json!(NOW.unix_timestamp() - 61), false),
        (json!("just now"), false),
    ] {
        let back = there.consent(&address, &ana().with("auth_time", told.clone()));
        let result = here.redeem(&back.code.into(), &anew, NOW).await;
        assert_eq!(result.is_ok(), taken, "{told}: {result:?}");
        let back = there.consent(&usual, &ana().with("auth_time", told.clone()));
        assert!(here.redeem(&back.code.into(), &attempt(), NOW).await.is_ok(), "{told} is no matter at a sign-in");
    }
    let back = there.consent(&address, &ana());
    assert!(here.redeem(&back.code.into(), &anew, NOW).await.is_ok(), "not every provider says when it was");
}

#[tokio::test]
async fn metadata_of_another_issuer_are_refused() {
    let (there, here) = pair().await;
    there.lie(Lie::MetadataOfAnother);
    let refused = here.authorise(&attempt(), NOW).await;
    assert!(matches!(refused, Err(Error::Metadata(_))), "{refused:?}");
}

#[tokio::test]
async fn keys_are_fetched_again_for_one_that_is_not_known_and_not_for_each_made_up_one() {
    let (there, here) = pair().await;
    sign_in(&there, &here, NOW).await.unwrap();
    sign_in(&there, &here, NOW).await.unwrap();
    assert_eq!(
        (there.asked("/.well-known/openid-configuration"), there.asked("/keys")),
        (1, 1),
        "what is known is kept"
    );
    there.rotate_key().unwrap();
    assert!(sign_in(&there, &here, NOW).await.is_ok(), "the new key is fetched at once");
    assert_eq!(there.asked("/keys"), 2);
    there.lie(Lie::KeyId);
    for _ in 0..3 {
        assert!(sign_in(&there, &here, NOW + Duration::seconds(30)).await.is_err());
    }
    assert_eq!(there.asked("/keys"), 2, "who makes keys up has nothing fetched for a minute");
    there.be_honest();
    there.advance(Duration::HOUR);
    sign_in(&there, &here, NOW + Duration::HOUR).await.unwrap();
    assert_eq!(there.asked("/.well-known/openid-configuration"), 2, "what is old is asked anew");
}

#[tokio::test]
async fn a_provider_that_is_down_is_left_alone_for_a_moment_and_asked_again() {
    let (there, here) = pair().await;
    there.lie(Lie::Down);
    for _ in 0..3 {
        let refused = here.authorise(&attempt(), NOW).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    }
    assert_eq!(there.asked("/.well-known/openid-configuration"), 1);
    there.be_honest();
    assert!(here.authorise(&attempt(), NOW + Duration::seconds(5)).await.is_ok());
    there.lie(Lie::Down);
    let later = NOW + Duration::hours(2);
    assert!(here.authorise(&attempt(), later).await.is_ok(), "what it said before still leads there");
}

#[tokio::test]
async fn what_a_provider_said_before_it_went_down_counts_for_hours_and_not_for_ever() {
    let (there, here) = pair().await;
    assert!(here.authorise(&attempt(), NOW).await.is_ok());
    there.lie(Lie::Down);
    let at = |minutes| NOW + Duration::minutes(minutes);
    for minutes in (60..360).step_by(15) {
        assert!(here.authorise(&attempt(), at(minutes)).await.is_ok(), "{minutes} minutes later");
    }
    for later in [at(360), at(360) + Duration::SECOND, at(365), at(48 * 60)] {
        let refused = here.authorise(&attempt(), later).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{later}: {refused:?}");
    }
    there.be_honest();
    assert!(here.authorise(&attempt(), at(49 * 60)).await.is_ok(), "it is up again");
}

#[tokio::test]
async fn metadata_is_not_trusted_again_once_the_provider_said_something_else() {
    let (there, here) = pair().await;
    assert!(here.authorise(&attempt(), NOW).await.is_ok());
    there.say_of_itself("issuer", json!("https://evil.example"));
    let later = NOW + Duration::hours(2);
    for seconds in 0..8 {
        let refused = here.authorise(&attempt(), later + Duration::seconds(seconds)).await;
        assert!(refused.is_err(), "{seconds} s later: {refused:?}");
    }
}

#[tokio::test]
async fn nobody_is_followed_elsewhere_or_read_without_end() {
    for lie in [Lie::Redirects, Lie::Endless] {
        let (there, here) = pair().await;
        there.lie(lie);
        let refused = here.authorise(&attempt(), NOW).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{lie:?}: {refused:?}");
        assert_eq!(there.asked("/elsewhere"), 0);
    }
    let nobody = client("http://127.0.0.1:1").authorise(&attempt(), NOW).await;
    assert!(matches!(nobody, Err(Error::Unavailable(_))), "{nobody:?}");
}

#[tokio::test]
async fn an_answer_that_names_another_issuer_is_not_this_providers() {
    let (there, here) = pair().await;
    assert!(here.may_come_from(Some(there.issuer()), NOW).await.unwrap());
    assert!(here.may_come_from(None, NOW).await.unwrap(), "this one does not say that it names itself");
    assert!(!here.may_come_from(Some("https://evil.example"), NOW).await.unwrap());
    let (there, here) = pair().await;
    there.say_of_itself("authorization_response_iss_parameter_supported", json!(true));
    assert!(!here.may_come_from(None, NOW).await.unwrap());
}

#[test]
fn the_secret_is_in_nothing_that_is_printed() {
    let printed = format!("{:?} {:?}", client("https://login.company.example"), attempt());
    assert!(!printed.contains(CLIENT_SECRET) && !printed.contains(&"v".repeat(43)), "{printed}");
}
