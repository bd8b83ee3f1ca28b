//! How an account comes to be bound, and by nothing else.

use super::super::{own_identity, release};
use super::*;
use crate::Error;
use crate::staff::{NewStaff, State, disable, invite, make_link, member, use_link};
use crate::test_support::staff;
use domain::Role;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_verified_address_of_a_member_joins_nothing(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let ana = staff(&world.backend, Role::Admin).await;
    let refused = world.sign_in(&Person::new("ana-1").with_email(&ana.email)).await;
    assert!(matches!(refused, Err(SignOnError::NotBound)), "{refused:?}");
    let refused = world.sign_in(&ida(&["sales"])).await;
    assert!(matches!(refused, Err(SignOnError::Unknown)), "nobody is added either: {refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_is_signed_in_binds_their_account_whatever_the_address_and_signs_in_by_it(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let ana = staff(&world.backend, Role::Viewer).await;
    world.bind(&ana, &ida(&[])).await.unwrap();
    assert_eq!(world.sign_in(&ida(&[])).await.unwrap(), ana);
    let renamed = Person::new("ida-1").with_email("novak@elsewhere.example");
    assert_eq!(world.sign_in(&renamed).await.unwrap(), ana, "the subject counts, not the address");
    let own = own_identity(&world.backend, &ana).await.unwrap().unwrap();
    assert_eq!((own.email.as_deref(), own.bound_at), (Some("Ida@aldgate.example"), START));
    let recorded = world.recorded().await;
    assert_eq!(recorded.last().unwrap().action, "staff.identity_bound");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_identity_belongs_to_one_account_and_an_account_to_one_identity(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (ana, ben) = (staff(&world.backend, Role::Viewer).await, staff(&world.backend, Role::Admin).await);
    world.bind(&ana, &ida(&[])).await.unwrap();
    world.bind(&ana, &ida(&[])).await.unwrap();
    let refused = world.bind(&ben, &ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::Taken)), "{refused:?}");
    let refused = world.bind(&ana, &Person::new("somebody-else")).await;
    assert!(matches!(refused, Err(SignOnError::Bound)), "{refused:?}");
    assert_eq!(world.sign_in(&ida(&[])).await.unwrap(), ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_is_signed_in_when_the_browser_comes_back_is_bound_only_if_they_set_out(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (ana, ben) = (staff(&world.backend, Role::Viewer).await, staff(&world.backend, Role::Admin).await);
    for now in [Some(&ben), None] {
        let returned = world.go(Intent::Bind(&ana), &ida(&[])).await.unwrap();
        let refused = world.come_back(&returned, now).await;
        assert!(matches!(refused, Err(SignOnError::Lost)), "{refused:?}");
    }
    assert_eq!(own_identity(&world.backend, &ana).await.unwrap(), None);
    assert_eq!(own_identity(&world.backend, &ben).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_invited_bind_themselves_by_their_link_once_and_need_no_password(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let new = NewStaff {
        email: "ida.novak@aldgate.example".to_owned(),
        name: "Ida".to_owned(),
        role: "technician".to_owned(),
    };
    let invitation = invite(&world.backend, &admin, &new).await.unwrap();
    let token = invitation.link.token;
    let returned = world.go(Intent::Link(&token), &ida(&[])).await.unwrap();
    let second = world.go(Intent::Link(&token), &Person::new("somebody-else")).await.unwrap();
    let ida_here = entered(world.come_back(&returned, None).await.unwrap()).staff;
    assert_eq!(ida_here, invitation.staff);
    let refused = world.come_back(&second, None).await;
    assert!(matches!(refused, Err(SignOnError::LinkGone)), "a link works once: {refused:?}");
    let refused = world.go(Intent::Link(&token), &ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::LinkGone)), "{refused:?}");
    let refused = use_link(&world.backend, &Caller::default(), &token, &"seven quiet otters".into()).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    assert_eq!(world.sign_in(&ida(&[])).await.unwrap(), ida_here);
    assert_eq!(member(&world.backend, &admin, ida_here.id).await.unwrap().state, State::Active);

    let refused = release(&world.backend, &ida_here).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "there would be no way in left: {refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reset_link_binds_nothing(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (admin, ana) = (staff(&world.backend, Role::Admin).await, staff(&world.backend, Role::Viewer).await);
    let link = make_link(&world.backend, &admin, ana.id).await.unwrap();
    let refused = world.go(Intent::Link(&link.token), &ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::LinkGone)), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_is_released_or_disabled_does_not_come_in_by_it(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (admin, ana) = (staff(&world.backend, Role::Admin).await, staff(&world.backend, Role::Viewer).await);
    world.bind(&ana, &ida(&[])).await.unwrap();
    disable(&world.backend, &admin, ana.id).await.unwrap();
    let refused = world.sign_in(&ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::Disabled)), "{refused:?}");
    assert_eq!(world.recorded().await[0].action, "staff.sign_in_failed");

    let ben = Person::new("ben-2");
    world.bind(&admin, &ben).await.unwrap();
    release(&world.backend, &admin).await.unwrap();
    assert_eq!(world.recorded().await[0].action, "staff.identity_released");
    let refused = world.sign_in(&ben).await;
    assert!(matches!(refused, Err(SignOnError::Unknown)), "{refused:?}");
}
