//! Which roles must have a second factor.

use super::factor::{sealing, set_up};
use super::{ana, fields, newest, recorded};
use crate::roles::{self, RoleForm};
use crate::staff::factor::{must_set_up, require_of, requirements};
use crate::staff::{Staff, change_role, find};
use crate::test_support::staff;
use crate::{Backend, Error};
use domain::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_must_have_one_until_an_admin_says_so(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, ana, ben) =
        (staff(&backend, Role::Admin).await, ana(&backend).await, staff(&backend, Role::Viewer).await);
    assert!(!must_set_up(&backend, ana.id).await.unwrap());
    require_of(&backend, &admin, &["account_manager".to_owned()]).await.unwrap();
    assert!(must_set_up(&backend, ana.id).await.unwrap(), "an account manager without one");
    assert!(!must_set_up(&backend, ben.id).await.unwrap(), "a viewer");
    assert_eq!(required(&backend, &admin).await, ["account manager"]);
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
    let about = (row.subject_kind.as_str(), row.subject_id.as_str(), row.actor.as_str());
    assert_eq!(about, ("policy", "second factor", "Test admin"), "not about whoever changed it");
    assert_eq!(row.before.unwrap()["roles"], serde_json::json!(["viewer"]));
    assert_eq!(row.after.unwrap()["roles"], serde_json::json!(["viewer", "admin"]));
    assert_eq!(recorded(&backend, "staff.factor_policy_changed").await, 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_an_admin_says_so_and_only_of_roles(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, ana) = (staff(&backend, Role::Admin).await, ana(&backend).await);
    assert!(matches!(require_of(&backend, &ana, &[]).await, Err(Error::Forbidden(_))));
    assert!(matches!(requirements(&backend, &ana).await, Err(Error::Forbidden(_))));
    assert_eq!(fields(require_of(&backend, &admin, &["king".to_owned()]).await), ["roles"]);
}

/// The roles that must have one, by the names people read.
async fn required(backend: &Backend, by: &Staff) -> Vec<String> {
    let required = requirements(backend, by).await.unwrap().into_iter().filter(|one| one.is_required);
    required.map(|one| one.role.label().to_owned()).collect()
}

/// A role that admins made, and somebody who has it.
async fn with_custom_role(backend: &Backend, admin: &Staff, permissions: &[Permission]) -> (String, Staff) {
    let id = Uuid::new_v4();
    let permissions = permissions.iter().map(|permission| permission.name()).collect();
    let form = RoleForm { name: "Desk".to_owned(), permissions, ..RoleForm::default() };
    roles::save(backend, admin, id, true, &form).await.unwrap();
    let person = staff(backend, Role::Technician).await;
    change_role(backend, admin, person.id, &id.to_string()).await.unwrap();
    (id.to_string(), find(backend, person.id).await.unwrap().unwrap())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_role_that_an_admin_made_can_be_required_to_have_one(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let admin = staff(&backend, Role::Admin).await;
    let (desk, ida) = with_custom_role(&backend, &admin, &[Permission::Browse]).await;
    require_of(&backend, &admin, &["viewer".to_owned(), desk]).await.unwrap();
    assert_eq!(required(&backend, &admin).await, ["viewer", "Desk"]);
    assert!(must_set_up(&backend, ida.id).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_manages_staff_lifts_nothing_of_those_who_may_do_more(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let admin = staff(&backend, Role::Admin).await;
    require_of(&backend, &admin, &["admin".to_owned()]).await.unwrap();
    let (_, ida) = with_custom_role(&backend, &admin, &[Permission::Browse, Permission::ManageStaff]).await;
    require_of(&backend, &ida, &["viewer".to_owned()]).await.unwrap();
    assert_eq!(required(&backend, &admin).await, ["viewer", "admin"], "their own it is to say, and not the admins'");
}
