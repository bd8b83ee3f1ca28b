//! Which roles must have a second factor.

use super::factor::{sealing, set_up};
use super::{ana, fields, newest, recorded};
use crate::Error;
use crate::staff::factor::{must_set_up, require_of, required_roles};
use crate::test_support::staff;
use domain::Role;
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_must_have_one_until_an_admin_says_so(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, ana, ben) =
        (staff(&backend, Role::Admin).await, ana(&backend).await, staff(&backend, Role::Viewer).await);
    assert!(!must_set_up(&backend, ana.id).await.unwrap());
    require_of(&backend, &admin, &["account_manager".to_owned()]).await.unwrap();
    assert!(must_set_up(&backend, ana.id).await.unwrap(), "an account manager without one");
    assert!(!must_set_up(&backend, ben.id).await.unwrap(), "a viewer");
    assert_eq!(required_roles(&backend, &admin).await.unwrap(), [Role::AccountManager]);
    set_up(&backend, &ana).await;
    assert!(!must_set_up(&backend, ana.id).await.unwrap(), "who has one");
    require_of(&backend, &admin, &["viewer".to_owned()]).await.unwrap();
    assert!(must_set_up(&backend, ben.id).await.unwrap());
    require_of(&backend, &admin, &[]).await.unwrap();
    assert!(!must_set_up(&backend, ben.id).await.unwrap(), "nobody must any more");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_leaves_a_row_with_before_and_after_and_no_change_leaves_none(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let admin = staff(&backend, Role::Admin).await;
    let both = ["viewer".to_owned(), "admin".to_owned()];
    require_of(&backend, &admin, &both[..1]).await.unwrap();
    require_of(&backend, &admin, &both).await.unwrap();
    require_of(&backend, &admin, &both).await.unwrap();
    let row = newest(&backend).await;
    assert_eq!(row.action, "staff.factor_policy_changed");
    assert_eq!(row.before.unwrap()["roles"], serde_json::json!(["viewer"]));
    assert_eq!(row.after.unwrap()["roles"], serde_json::json!(["viewer", "admin"]));
    assert_eq!(recorded(&backend, "staff.factor_policy_changed").await, 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_an_admin_says_so_and_only_of_roles(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, ana) = (staff(&backend, Role::Admin).await, ana(&backend).await);
    assert!(matches!(require_of(&backend, &ana, &[]).await, Err(Error::Forbidden(_))));
    assert!(matches!(required_roles(&backend, &ana).await, Err(Error::Forbidden(_))));
    assert_eq!(fields(require_of(&backend, &admin, &["king".to_owned()]).await), ["roles"]);
}
