use super::*;
use crate::Error;
use crate::activity::{Activity, Actor, page};
use crate::test_support::{START, backend, staff};
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
    assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_wrong_password_an_unknown_email_and_a_disabled_account_answer_alike(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let wrong = try_sign_in(&backend, EMAIL, "seven quiet badgers").await.unwrap_err();
    let unknown = try_sign_in(&backend, "nobody@seatboard.example", PASSWORD).await.unwrap_err();
    let impossible = try_sign_in(&backend, "ana\0reyes", PASSWORD).await.unwrap_err();
    sql::disable(&backend.pool, EMAIL, START).await.unwrap();
    let disabled = try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap_err();
    for error in [&wrong, &unknown, &impossible, &disabled] {
        assert!(matches!(error, SignInError::Refused), "{error:?}");
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
    assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
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
async fn adding_somebody_is_recorded_without_the_password(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.subject_id), ("staff.created", ana.id.to_string()));
    let after = serde_json::json!({ "email": EMAIL, "name": "Ana Reyes", "role": "account_manager" });
    assert_eq!(row.after, Some(after));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_gets_an_email_that_somebody_else_has_in_another_case(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let again = NewStaff { email: "ANA.REYES@seatboard.example", ..new(&PASSWORD.into()) }.fields(&backend).await;
    assert_eq!(again, ["email"]);
    assert_eq!(page(&backend, None, 10).await.unwrap().len(), 1, "what did not happen is not recorded");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_field_at_fault_is_named(pool: PgPool) {
    let backend = backend(pool);
    let short = "fourteen chars".into();
    let all = NewStaff { email: "ana", name: "  ", ..new(&short) }.fields(&backend).await;
    assert_eq!(all, ["email", "name", "password"]);
    assert_eq!(NewStaff { name: "Ana\0", ..new(&PASSWORD.into()) }.fields(&backend).await, ["name"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_password_has_15_characters_to_1024_bytes_and_is_not_the_email(pool: PgPool) {
    let backend = backend(pool);
    for bad in ["fourteen chars".to_owned(), "x".repeat(1025), "é".repeat(513), EMAIL.to_uppercase()] {
        assert_eq!(new(&bad.as_str().into()).fields(&backend).await, ["password"], "{bad}");
    }
    for (email, good) in
        [("a@seatboard.example", "fifteen letters".to_owned()), ("b@seatboard.example", "é".repeat(512))]
    {
        let good = SecretString::from(good);
        create(&backend, Actor::Part("test"), NewStaff { email, ..new(&good) }).await.unwrap();
        sign_in(&backend, email, &good).await.unwrap();
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_demo_has_one_person_per_role_who_can_sign_in(pool: PgPool) {
    let backend = backend(pool);
    let people = upsert_demo(&backend, &"demo".into()).await.unwrap();
    assert_eq!(people.iter().map(|person| person.role).collect::<Vec<_>>(), Role::ALL);
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

impl NewStaff<'_> {
    /// The fields at fault when this is created.
    async fn fields(self, backend: &Backend) -> Vec<String> {
        match create(backend, Actor::Part("test"), self).await {
            Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    }
}

fn new(password: &SecretString) -> NewStaff<'_> {
    NewStaff { email: EMAIL, name: "Ana Reyes", role: Role::AccountManager, password }
}

async fn ana(backend: &Backend) -> Staff {
    create(backend, Actor::Part("test"), new(&PASSWORD.into())).await.unwrap()
}

async fn try_sign_in(backend: &Backend, email: &str, password: &str) -> Result<Staff, SignInError> {
    sign_in(backend, email, &password.into()).await
}

async fn newest(backend: &Backend) -> Activity {
    page(backend, None, 1).await.unwrap().remove(0)
}
