mod changing;
mod factor;
mod factor_policy;
mod guessing;
mod links;
mod managing;
mod order_proof;
mod proving;
mod second_step;
mod stale;

use super::*;
use crate::Error;
use crate::activity::{Activity, page};
use crate::test_support::{START, backend, staff};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use domain::Role;
use secrecy::SecretString;
use sqlx::PgPool;

const EMAIL: &str = "Ana.Reyes@seatboard.example";
const PASSWORD: &str = "seven quiet otters";

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_right_password_signs_in_and_leaves_a_row(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana);
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str(), row.at), ("staff.signed_in", "Ana Reyes", START));
    assert_eq!(row.subject_id, ana.id.to_string());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn case_and_spaces_around_the_email_do_not_matter(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let found = try_sign_in(&backend, "  ana.reyes@SEATBOARD.example\n", PASSWORD).await.unwrap();
    assert_eq!(found, ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn spaces_around_the_password_do_matter(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let refused = try_sign_in(&backend, EMAIL, &format!("{PASSWORD} ")).await;
    assert!(matches!(refused, Err(SignInError::Refused { .. })), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_is_not_let_in_is_told_the_same(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let wrong = try_sign_in(&backend, EMAIL, "seven quiet badgers").await.unwrap_err();
    let unknown = try_sign_in(&backend, "nobody@seatboard.example", PASSWORD).await.unwrap_err();
    let impossible = try_sign_in(&backend, "ana\0reyes", PASSWORD).await.unwrap_err();
    sql::disable(&backend.pool, EMAIL, START).await.unwrap();
    let disabled = try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap_err();
    let invited = set_up(&backend, &new("ben@seatboard.example")).await.unwrap().staff;
    let invited = try_sign_in(&backend, &invited.email, PASSWORD).await.unwrap_err();
    for error in [&wrong, &unknown, &impossible, &disabled, &invited] {
        assert!(matches!(error, SignInError::Refused { wait: None }), "{error:?}");
        assert_eq!(error.to_string(), wrong.to_string());
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_failed_sign_in_leaves_a_row_without_what_was_typed(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    try_sign_in(&backend, EMAIL, "seven quiet badgers").await.unwrap_err();
    let known = newest(&backend).await;
    try_sign_in(&backend, "nobody@seatboard.example", "seven quiet badgers").await.unwrap_err();
    let unknown = newest(&backend).await;

    assert_eq!(known.subject_id, ana.id.to_string());
    assert_eq!(unknown.subject_id, "unknown");
    for row in [known, unknown] {
        assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.sign_in_failed", "sign-in"));
        assert_eq!((row.before.as_ref(), row.after.as_ref(), row.note.as_ref()), (None, None, None));
        assert!(!format!("{row:?}").contains("badgers") && !format!("{row:?}").contains("nobody@"), "{row:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn somebody_without_a_usable_hash_is_refused_like_anybody_else(pool: PgPool) {
    let backend = backend(pool);
    let ben = staff(&backend, Role::Admin).await;
    let refused = try_sign_in(&backend, &ben.email, "no hash").await;
    assert!(matches!(refused, Err(SignInError::Refused { .. })), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_enabled_staff_are_found(pool: PgPool) {
    let backend = backend(pool);
    let ben = staff(&backend, Role::AccountManager).await;
    assert_eq!(find(&backend, ben.id).await.unwrap(), Some(ben.clone()));
    assert_eq!(find(&backend, Uuid::nil()).await.unwrap(), None);
    sql::disable(&backend.pool, &ben.email, START).await.unwrap();
    assert_eq!(find(&backend, ben.id).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_hash_of_weaker_parameters_is_made_anew_when_its_person_signs_in(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap());
    let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    sqlx::query!("update staff set password_hash = $1", weak).execute(&backend.pool).await.unwrap();
    assert!(try_sign_in(&backend, EMAIL, "seven quiet badgers").await.is_err());
    assert_eq!(
        sql::password_hash(&backend.pool, ana.id).await.unwrap(),
        Some(weak),
        "a wrong password changes nothing"
    );
    for _ in 0..2 {
        assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana);
        let stored = sql::password_hash(&backend.pool, ana.id).await.unwrap().unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{stored}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_demo_has_one_person_per_role_who_can_sign_in(pool: PgPool) {
    let backend = backend(pool);
    let people = upsert_demo(&backend, &"demo".into()).await.unwrap();
    assert_eq!(
        people.iter().map(|person| person.role.clone()).collect::<Vec<_>>(),
        [Role::Viewer, Role::Technician, Role::AccountManager, Role::Admin]
    );
    for person in people {
        assert_eq!(try_sign_in(&backend, &person.email, "demo").await.unwrap(), person);
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn setting_the_demo_up_again_changes_the_password_and_enables_the_same_people(pool: PgPool) {
    let backend = backend(pool);
    let before = upsert_demo(&backend, &"first".into()).await.unwrap();
    sql::disable(&backend.pool, &before[3].email, START).await.unwrap();
    let after = upsert_demo(&backend, &"second".into()).await.unwrap();
    assert_eq!(after, before);
    assert_eq!(try_sign_in(&backend, &before[3].email, "second").await.unwrap(), before[3]);
    assert!(try_sign_in(&backend, &before[3].email, "first").await.is_err());
}

fn new(email: &str) -> NewStaff {
    NewStaff { email: email.to_owned(), name: "Ana Reyes".to_owned(), role: "account_manager".to_owned() }
}

/// Somebody who can sign in.
async fn ana(backend: &Backend) -> Staff {
    let invitation = set_up(backend, &new(EMAIL)).await.unwrap();
    use_link(backend, &Caller::default(), &invitation.link.token, &PASSWORD.into()).await.unwrap().staff
}

async fn try_sign_in(backend: &Backend, email: &str, password: &str) -> Result<Staff, SignInError> {
    Ok(sign_in(backend, &Caller::default(), email, &SecretString::from(password)).await?.staff)
}

async fn newest(backend: &Backend) -> Activity {
    page(backend, None, 1).await.unwrap().remove(0)
}

/// How many rows of that action there are.
async fn recorded(backend: &Backend, action: &str) -> usize {
    page(backend, None, i64::MAX).await.unwrap().iter().filter(|row| row.action == action).count()
}

/// The fields at fault.
fn fields<T: std::fmt::Debug>(refused: Result<T>) -> Vec<String> {
    match refused {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        other => panic!("{other:?}"),
    }
}
