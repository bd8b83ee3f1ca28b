//! Roles by group.

use super::*;
use crate::Error;
use crate::roles::{self, RoleForm};
use crate::staff::{self, State, members};
use crate::test_support::staff;
use domain::{Permission, Role};
use time::Duration;

const ROLES: &str = "sales=account_manager,support=technician,heads=admin";

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn somebody_unknown_whose_group_has_a_role_gets_an_account_with_it(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let joined = world.sign_in(&ida(&["others", "sales"])).await.unwrap();
    assert_eq!((joined.name.as_str(), &joined.role), ("Ida Novak", &Role::AccountManager.into()));
    assert_eq!(joined.email, "Ida@aldgate.example");
    let recorded = world.recorded().await;
    assert_eq!(recorded.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["staff.signed_in", "staff.joined"]);
    assert_eq!(recorded[0].note.as_deref(), Some("With single sign-on"));
    assert_eq!(recorded[1].actor, "single sign-on");
    assert_eq!(world.sign_in(&ida(&["sales"])).await.unwrap(), joined, "the same person comes again");

    let admin = staff(&world.backend, Role::Admin).await;
    let member = members(&world.backend, &admin).await.unwrap().into_iter().find(|it| it.staff == joined).unwrap();
    assert_eq!((member.state, member.last_signed_in_at), (State::Active, Some(START)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_a_group_that_has_a_role_nobody_is_let_in_or_added(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let refused = world.sign_in(&ida(&["Sales", "others"])).await;
    assert!(matches!(refused, Err(SignOnError::NoRole)), "{refused:?}");
    let admin = staff(&world.backend, Role::Admin).await;
    assert_eq!(members(&world.backend, &admin).await.unwrap().len(), 1, "the admin alone");
    let row = world.recorded().await.remove(0);
    assert_eq!((row.action.as_str(), row.subject_id.as_str()), ("staff.sign_in_failed", "unknown"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn somebody_new_needs_an_address_that_is_verified_and_nobody_elses(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let person = || Person::new("eve-2").with("groups", json!(["heads"]));
    for unverified in [
        person(),
        person().with("email", json!("eve@aldgate.example")),
        person().with("email", json!("eve@aldgate.example")).with("email_verified", json!("true")),
        person().with_email("eve"),
    ] {
        let refused = world.sign_in(&unverified).await;
        assert!(matches!(refused, Err(SignOnError::NoAddress)), "{refused:?}");
    }
    let admin = staff(&world.backend, Role::Admin).await;
    let refused = world.sign_in(&person().with_email(&admin.email.to_uppercase())).await;
    assert!(matches!(refused, Err(SignOnError::NotBound)), "an address joins no account: {refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_sign_in_takes_the_role_from_the_groups_again(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let before = world.sign_in(&ida(&["sales"])).await.unwrap();
    let after = world.sign_in(&ida(&["support"])).await.unwrap();
    assert_eq!((after.id, &after.role), (before.id, &Role::Technician.into()));
    assert_eq!(staff::find(&world.backend, before.id).await.unwrap(), Some(after));
    let row = &world.recorded().await[1];
    assert_eq!(row.action, "staff.role_changed");
    assert_eq!(row.before, Some(json!({ "role": "account_manager" })));
    assert_eq!(row.after, Some(json!({ "role": "technician" })));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whose_group_has_no_role_any_more_is_refused_and_out_everywhere(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let ida_here = world.sign_in(&ida(&["sales"])).await.unwrap();
    let left = async |world: &World| {
        sqlx::query_scalar!(r#"select count(*) as "left!" from session"#).fetch_one(&world.backend.pool).await.unwrap()
    };
    sqlx::query!(
        "insert into session (id_hash, staff_id, data, expires_at) values ('\\x01', $1, '{}', $2)",
        ida_here.id,
        START + Duration::HOUR,
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
    assert_eq!(left(&world).await, 1);
    let refused = world.sign_in(&ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::NoRole)), "{refused:?}");
    assert_eq!(left(&world).await, 0);
    assert_eq!(world.recorded().await[0].subject_id, ida_here.id.to_string(), "it is known whose it was");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn groups_take_nobody_the_last_admin_who_can_sign_in(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let only = world.sign_in(&ida(&["heads"])).await.unwrap();
    assert_eq!(only.role, Role::Admin);
    assert_eq!(world.sign_in(&ida(&["support"])).await.unwrap().role, Role::Admin, "the only one stays one");
    let ben = Person::new("ben-2").with_email("ben@aldgate.example").with("groups", json!(["heads"]));
    assert_eq!(world.sign_in(&ben).await.unwrap().role, Role::Admin);
    assert_eq!(world.sign_in(&ida(&["support"])).await.unwrap().role, Role::Technician, "there is another now");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_has_a_second_factor_is_asked_for_it_after_single_sign_on(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let sales = ida(&["sales"]);
    world.sign_in(&sales).await.unwrap();
    let set_up = "insert into second_factor (staff_id, sealed_seed, begun_at, confirmed_at)
                  select id, 'sealed', now(), now() from staff";
    sqlx::raw_sql(set_up).execute(&world.backend.pool).await.unwrap();
    let returned = world.go(Intent::SignIn, &sales).await.unwrap();
    let half = entered(world.come_back(&returned, None).await.unwrap());
    assert!(half.browser.is_none(), "nothing is known of the browser before the second step");
    assert_eq!(world.recorded().await[0].action, "staff.identity_accepted");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_role_that_admins_made_outlives_the_sign_in_and_groups_only_let_in(pool: PgPool) {
    let mut world = World::new(pool, Some(ROLES)).await;
    let ida_here = world.sign_in(&ida(&["sales"])).await.unwrap();
    let admin = staff(&world.backend, Role::Admin).await;
    let desk = uuid::Uuid::new_v4();
    let form = RoleForm {
        name: "Desk".to_owned(),
        permissions: vec![Permission::Browse.name()],
        seats: "5".to_owned(),
        ..RoleForm::default()
    };
    roles::save(&world.backend, &admin, desk, true, &form).await.unwrap();
    staff::change_role(&world.backend, &admin, ida_here.id, &desk.to_string()).await.unwrap();
    let changes =
        async |world: &World| world.recorded().await.iter().filter(|row| row.action == "staff.role_changed").count();
    let before = changes(&world).await;
    for groups in [&["sales"][..], &["heads"], &["support", "others"]] {
        let entered = world.sign_in(&ida(groups)).await.unwrap();
        assert_eq!((entered.id, entered.role.label()), (ida_here.id, "Desk"), "{groups:?}");
        assert_eq!(staff::find(&world.backend, ida_here.id).await.unwrap(), Some(entered));
    }
    assert_eq!(changes(&world).await, before, "nothing was changed");
    let refused = world.sign_in(&ida(&["others"])).await;
    assert!(matches!(refused, Err(SignOnError::NoRole)), "no group lets them in any more: {refused:?}");
    staff::change_role(&world.backend, &admin, ida_here.id, "viewer").await.unwrap();
    assert_eq!(world.sign_in(&ida(&["support"])).await.unwrap().role, Role::Technician, "left to the groups again");
}

/// Binds the person to an issuer that is not the one that is set up.
async fn bind_to_a_former_issuer(backend: &Backend, staff: &Staff) {
    sqlx::query!(
        "insert into staff_identity (issuer, subject, staff_id, bound_at) values ('https://former.example', $2, $1, $3)",
        staff.id,
        staff.id.to_string(),
        START,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    sqlx::query!("update staff set password_hash = null where id = $1", staff.id).execute(&backend.pool).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_admin_who_is_bound_to_a_former_issuer_is_nobody_who_can_sign_in(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (admin, bound) = (staff(&world.backend, Role::Admin).await, staff(&world.backend, Role::Admin).await);
    bind_to_a_former_issuer(&world.backend, &bound).await;
    let state = async |backend: &Backend| staff::member(backend, &admin, bound.id).await.unwrap().state;
    let takes_the_other_out = async |backend: &Backend| staff::disable(backend, &bound, admin.id).await;
    assert_eq!(state(&world.backend).await, State::Invited);
    let refused = takes_the_other_out(&world.backend).await;
    assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("only admin")), "{refused:?}");

    world.bind(&bound, &ida(&[])).await.unwrap();
    assert_eq!(state(&world.backend).await, State::Active, "at the provider that is set up");
    let without = Backend { single_sign_on: None, ..world.backend.clone() };
    assert_eq!(state(&without).await, State::Invited);
    let refused = takes_the_other_out(&without).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "no provider lets anybody in: {refused:?}");
    takes_the_other_out(&world.backend).await.unwrap();
}
