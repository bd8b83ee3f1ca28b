//! What admins do about staff members.

use super::*;
use domain::Permission;
use serde_json::json;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_admins_manage_staff(pool: PgPool) {
    let backend = backend(pool);
    let other = staff(&backend, Role::Viewer).await;
    for role in [Role::Viewer, Role::Technician, Role::AccountManager] {
        let by = staff(&backend, role).await;
        let refusals = [
            members(&backend, &by).await.map(drop),
            member(&backend, &by, other.id).await.map(drop),
            invite(&backend, &by, &new(EMAIL)).await.map(drop),
            change_role(&backend, &by, other.id, "admin").await,
            make_link(&backend, &by, other.id).await.map(drop),
            disable(&backend, &by, other.id).await,
            enable(&backend, &by, other.id).await,
        ];
        for refused in refusals {
            assert!(matches!(refused, Err(Error::Forbidden(Permission::ManageStaff))), "{role}: {refused:?}");
        }
    }
    assert!(page(&backend, None, 10).await.unwrap().is_empty(), "what did not happen is not recorded");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_field_at_fault_is_named_and_an_address_is_taken_in_any_case(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let all = NewStaff { email: "ana".to_owned(), name: "  ".to_owned(), role: "owner".to_owned() };
    assert_eq!(fields(invite(&backend, &admin, &all).await), ["email", "name", "role"]);
    let control = NewStaff { name: "Ana\0".to_owned(), ..new(EMAIL) };
    assert_eq!(fields(invite(&backend, &admin, &control).await), ["name"]);
    invite(&backend, &admin, &new(EMAIL)).await.unwrap();
    assert_eq!(fields(invite(&backend, &admin, &new(&EMAIL.to_uppercase())).await), ["email"]);
    assert_eq!(recorded(&backend, "staff.invited").await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_list_says_who_is_invited_active_and_disabled_and_when_they_last_signed_in(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let id = invite(&backend, &admin, &new(EMAIL)).await.unwrap();
    let seen = async || {
        let found = member(&backend, &admin, id.staff.id).await.unwrap();
        (found.state, found.last_signed_in_at, found.link.map(|(purpose, _)| purpose))
    };
    assert_eq!(seen().await, (State::Invited, None, Some(Purpose::Invitation)));
    use_link(&backend, &Caller::default(), &id.link.token, &PASSWORD.into()).await.unwrap();
    assert_eq!(seen().await, (State::Active, None, None));
    try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(seen().await, (State::Active, Some(START), None));
    disable(&backend, &admin, id.staff.id).await.unwrap();
    assert_eq!(seen().await, (State::Disabled, Some(START), None));
    let names: Vec<String> = members(&backend, &admin).await.unwrap().into_iter().map(|m| m.staff.name).collect();
    assert_eq!(names, ["Ana Reyes", "Test admin"]);
    let nobody = member(&backend, &admin, Uuid::nil()).await;
    assert!(matches!(nobody, Err(Error::NotFound("staff member"))), "{nobody:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_changed_role_holds_at_once_and_is_recorded_with_both(pool: PgPool) {
    let backend = backend(pool);
    let (admin, other) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Viewer).await);
    change_role(&backend, &admin, other.id, "technician").await.unwrap();
    assert_eq!(find(&backend, other.id).await.unwrap().unwrap().role, Role::Technician);
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.role_changed", "Test admin"));
    assert_eq!((row.before, row.after), (Some(json!({ "role": "viewer" })), Some(json!({ "role": "technician" }))));
    change_role(&backend, &admin, other.id, "technician").await.unwrap();
    assert_eq!(recorded(&backend, "staff.role_changed").await, 1, "the same again is no change");
    assert_eq!(fields(change_role(&backend, &admin, other.id, "owner").await), ["role"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_does_to_themselves_what_only_another_admin_may(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    staff(&backend, Role::Admin).await;
    for refused in [
        change_role(&backend, &admin, admin.id, "viewer").await,
        disable(&backend, &admin, admin.id).await,
        make_link(&backend, &admin, admin.id).await.map(drop),
    ] {
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    assert_eq!(find(&backend, admin.id).await.unwrap(), Some(admin));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_two_admins_who_take_each_other_out_at_once_one_stays(pool: PgPool) {
    let backend = backend(pool);
    let (one, other) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Admin).await);
    let (first, second) =
        tokio::join!(change_role(&backend, &one, other.id, "viewer"), disable(&backend, &other, one.id));
    assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    let left = members(&backend, if first.is_ok() { &one } else { &other }).await.unwrap();
    let admins = left.iter().filter(|m| m.staff.role == Role::Admin && m.state == State::Active).count();
    assert_eq!(admins, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_admin_who_was_only_invited_does_not_count_as_one_who_is_left(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    let invited = invite(&backend, &admin, &NewStaff { role: "admin".to_owned(), ..new(EMAIL) }).await.unwrap().staff;
    // Nobody acts who cannot sign in; the services hold even so.
    let refused = disable(&backend, &invited, admin.id).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_was_an_admin_when_the_request_came_but_is_not_now_does_nothing(pool: PgPool) {
    let backend = backend(pool);
    let (admin, was_admin) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Admin).await);
    change_role(&backend, &admin, was_admin.id, "viewer").await.unwrap();
    let refused = disable(&backend, &was_admin, admin.id).await;
    assert!(matches!(refused, Err(Error::Forbidden(Permission::ManageStaff))), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_is_disabled_is_out_with_their_link_and_comes_back_as_they_were(pool: PgPool) {
    let backend = backend(pool);
    let (admin, ana) = (staff(&backend, Role::Admin).await, ana(&backend).await);
    let link = make_link(&backend, &admin, ana.id).await.unwrap();
    disable(&backend, &admin, ana.id).await.unwrap();
    assert_eq!(find(&backend, ana.id).await.unwrap(), None);
    assert_eq!(open_link(&backend, &link.token).await.unwrap(), None);
    let row = newest(&backend).await;
    assert_eq!((row.before, row.after), (Some(json!({ "state": "active" })), Some(json!({ "state": "disabled" }))));
    let refused = make_link(&backend, &admin, ana.id).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");

    enable(&backend, &admin, ana.id).await.unwrap();
    assert_eq!(open_link(&backend, &link.token).await.unwrap(), None, "the link stays worthless");
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana);
    for act in ["staff.link_made", "staff.disabled", "staff.enabled"] {
        assert_eq!(recorded(&backend, act).await, 1, "{act}");
    }
}
