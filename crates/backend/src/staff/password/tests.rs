use super::queue::Queue;
use super::*;

#[tokio::test]
async fn a_hash_is_argon2id_with_46_mib_one_pass_and_one_lane() {
    let hash = hash(&"correct horse battery".into()).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
}

#[tokio::test]
async fn the_same_password_never_hashes_to_the_same_text() {
    let password = SecretString::from("correct horse battery");
    assert_ne!(hash(&password).await.unwrap(), hash(&password).await.unwrap());
}

#[tokio::test]
async fn only_the_right_password_matches() {
    let stored = hash(&"correct horse battery".into()).await.unwrap();
    assert!(matches(Some(stored.clone()), "correct horse battery").await);
    assert!(!matches(Some(stored.clone()), "correct horse battery ").await);
    assert!(!matches(Some(stored), "").await);
}

#[tokio::test]
async fn an_accent_may_be_typed_in_one_piece_or_two() {
    let stored = hash(&"caf\u{e9} by the river".into()).await.unwrap();
    assert!(matches(Some(stored.clone()), "cafe\u{301} by the river").await);
    assert!(!matches(Some(stored), "cafe by the river").await);
}

#[tokio::test]
async fn nothing_matches_where_there_is_no_hash() {
    assert!(!matches(None, "correct horse battery").await);
}

#[tokio::test]
async fn a_password_over_the_limit_never_matches_even_its_own_hash() {
    let long = "x".repeat(MAX_BYTES + 1);
    let stored = hash(&long.as_str().into()).await.unwrap();
    assert!(!matches(Some(stored), &long).await);
}

#[tokio::test]
async fn nothing_matches_a_stored_hash_that_cannot_be_read() {
    assert!(!matches(Some("no hash".to_owned()), "no hash").await);
}

#[tokio::test]
async fn only_a_hash_made_with_less_work_is_outdated() {
    let today = hash(&"correct horse battery".into()).await.unwrap();
    assert!(!is_outdated(&today));
    assert!(!is_outdated(&today.replace("m=47104,t=1", "m=65536,t=3")), "more work is no reason");
    for weaker in [today.replace("m=47104", "m=19456"), today.replace("argon2id", "argon2i"), "no hash".to_owned()] {
        assert!(is_outdated(&weaker), "{weaker}");
    }
}

#[tokio::test]
async fn whoever_comes_when_the_line_is_full_is_told_at_once_and_the_others_get_their_turn() {
    let queue = Queue::new(2, 1);
    let (one, other) = (queue.place().await.unwrap(), queue.place().await.unwrap());
    let mut waiting = std::pin::pin!(queue.place());
    assert!(futures::poll!(waiting.as_mut()).is_pending());
    assert!(matches!(queue.place().await, Err(Error::Busy)));
    drop(one);
    let third = waiting.await.unwrap();
    drop((other, third));
    queue.place().await.unwrap();
}

async fn matches(stored: Option<String>, password: &str) -> bool {
    place().await.unwrap().matches(stored, &password.into()).await.unwrap()
}
