//! Roles by group.

use super::*;
use crate::staff::{self, State, members};
use crate::test_support::staff;
use domain::Role;
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
