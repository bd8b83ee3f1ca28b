use super::{RoleForm, delete, find, list, save, that_can_be_given};
use crate::activity::page;
use crate::staff::{self, NewStaff, Staff, change_role, disable, invite, make_link};
use crate::test_support::{backend, staff};
use crate::{Backend, Error};
use domain::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

fn form(name: &str, permissions: &[Permission]) -> RoleForm {
    let permissions = permissions.iter().map(|permission| permission.name()).collect();
    RoleForm { name: name.to_owned(), permissions, ..RoleForm::default() }
}

/// A new role, and somebody who has it.
async fn given(backend: &Backend, admin: &Staff, form: &RoleForm) -> (Uuid, Staff) {
    let id = Uuid::new_v4();
    save(backend, admin, id, true, form).await.unwrap();
    let person = staff(backend, Role::Viewer).await;
    change_role(backend, admin, person.id, &id.to_string()).await.unwrap();
    (id, again(backend, &person).await)
}

/// The person as their next request finds them.
async fn again(backend: &Backend, person: &Staff) -> Staff {
    staff::find(backend, person.id).await.unwrap().unwrap()
}

fn fields<T: std::fmt::Debug>(result: crate::Result<T>) -> Vec<String> {
    match result {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn conflict<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(Error::Conflict(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn recorded(backend: &Backend) -> Vec<String> {
    page(backend, None, 50)
        .await
        .unwrap()
        .into_iter()
        .map(|entry| entry.action)
        .filter(|a| a.starts_with("role."))
        .collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_built_in_role_can_be_had_and_is_found_again(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    for role in Role::ALL {
        let person = staff(&backend, role).await;
        assert_eq!(again(&backend, &person).await.role, role);
    }
    let roles: Vec<String> =
        list(&backend, &admin).await.unwrap().iter().map(|listed| listed.role.as_str().to_owned()).collect();
    assert_eq!(roles, Role::ALL.map(Role::as_str));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_of_a_role_holds_from_the_next_request_of_everybody_who_has_it(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let (id, person) = given(&backend, &admin, &form("Desk", &[Permission::Browse, Permission::ChangeSeats])).await;
    assert!(person.role.may(Permission::ChangeSeats) && !person.role.may(Permission::PlaceOrders));
    let before = person.rights();
    let more = form("Desk", &[Permission::Browse, Permission::PlaceOrders]);
    save(&backend, &admin, id, false, &more).await.unwrap();
    let person = again(&backend, &person).await;
    assert!(!person.role.may(Permission::ChangeSeats) && person.role.may(Permission::PlaceOrders));
    assert_ne!(person.rights(), before, "so their session gets a new id");
    save(&backend, &admin, id, false, &more).await.unwrap();
    assert_eq!(recorded(&backend).await, ["role.changed", "role.created"], "what changes nothing is not recorded");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_form_again_makes_one_role_and_a_name_is_taken_in_any_case(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let id = Uuid::new_v4();
    for _ in 0..2 {
        save(&backend, &admin, id, true, &form("Desk", &[Permission::Browse])).await.unwrap();
    }
    assert_eq!(recorded(&backend).await, ["role.created"]);
    let taken = save(&backend, &admin, Uuid::new_v4(), true, &form("DESK", &[Permission::Browse])).await;
    assert_eq!(fields(taken), ["name"]);
    let alone = save(&backend, &admin, Uuid::new_v4(), true, &form("Orders", &[Permission::PlaceOrders])).await;
    assert_eq!(fields(alone), ["permission-PlaceOrders"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_role_in_use_is_not_deleted_and_says_by_whom(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let (id, person) = given(&backend, &admin, &form("Desk", &[Permission::Browse])).await;
    assert!(conflict(delete(&backend, &admin, id).await).contains(&person.name));
    change_role(&backend, &admin, person.id, "viewer").await.unwrap();
    delete(&backend, &admin, id).await.unwrap();
    assert!(matches!(find(&backend, &admin, &id.to_string()).await, Err(Error::NotFound(_))));
    assert_eq!(fields(change_role(&backend, &admin, person.id, &id.to_string()).await), ["role"]);
    assert_eq!(recorded(&backend).await, ["role.deleted", "role.created"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_an_admin_makes_roles_and_nobody_gets_to_by_a_custom_one(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let all: Vec<Permission> =
        Permission::ALL.into_iter().filter(|permission| !permission.is_for_admins_only()).collect();
    let (id, person) = given(&backend, &admin, &form("Deputy", &all)).await;
    for by in [person, staff(&backend, Role::AccountManager).await, staff(&backend, Role::Approver).await] {
        let refused = [
            list(&backend, &by).await.map(drop),
            find(&backend, &by, "admin").await.map(drop),
            save(&backend, &by, id, false, &form("Mine", &all)).await,
            delete(&backend, &by, id).await,
        ];
        for refused in refused {
            assert!(matches!(refused, Err(Error::Forbidden(Permission::ManageRoles))), "{}: {refused:?}", by.role);
        }
    }
    let mut forged = form("Forged", &all);
    forged.permissions.push("ManageRoles".to_owned());
    assert_eq!(fields(save(&backend, &admin, Uuid::new_v4(), true, &forged).await), ["permission-ManageRoles"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_manages_staff_gives_no_more_than_they_have_and_touches_nobody_who_has_more(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let viewer = staff(&backend, Role::Viewer).await;
    let (_, clerk) = given(&backend, &admin, &form("Clerk", &[Permission::Browse, Permission::ManageStaff])).await;
    let given = that_can_be_given(&backend, &clerk).await.unwrap();
    assert_eq!(given.iter().map(domain::AssignedRole::label).collect::<Vec<_>>(), ["viewer", "Clerk"]);
    let new = |role: &str| NewStaff { email: "x@seatboard.example".into(), name: "X".into(), role: role.into() };
    let refusals = [
        change_role(&backend, &clerk, viewer.id, "technician").await,
        change_role(&backend, &clerk, admin.id, "viewer").await,
        make_link(&backend, &clerk, admin.id).await.map(drop),
        disable(&backend, &clerk, admin.id).await,
        invite(&backend, &clerk, &new("admin")).await.map(drop),
    ];
    for refused in refusals {
        assert!(conflict(refused).contains("may do more than yours"));
    }
    invite(&backend, &clerk, &new("viewer")).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn built_in_roles_stay_as_they_are(pool: PgPool) {
    let backend = backend(pool);
    let changed = sqlx::raw_sql("update role set name = 'boss' where id = 'admin'").execute(&backend.pool).await;
    assert!(changed.is_err(), "the table does not take a part of a role");
    let deleted = sqlx::raw_sql("delete from role where id = 'admin'");
    staff(&backend, Role::Admin).await;
    assert!(deleted.execute(&backend.pool).await.is_err(), "whom it belongs to would have none");
}
