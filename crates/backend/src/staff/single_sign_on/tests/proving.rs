//! Proving once more that it is oneself, at the provider; and being released by an admin.

use super::super::own_identity;
use super::*;
use crate::Error;
use crate::session_store::{PostgresSessionStore, STAFF_ID};
use crate::staff::{
    Means, NewStaff, State, disable, invite, make_link, means, member, open_link, release_identity, use_link,
};
use crate::test_support::staff;
use domain::{Permission, Role};
use std::collections::HashMap;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

/// Somebody of that role whom an admin invited, and who signs in by single sign-on alone.
async fn newcomer(world: &mut World, admin: &Staff, role: &str, person: &Person) -> Staff {
    let email = format!("{}@aldgate.example", uuid::Uuid::new_v4().simple());
    let new = NewStaff { email, name: "Ida Novak".to_owned(), role: role.to_owned() };
    let token = invite(&world.backend, admin, &new).await.unwrap().link.token;
    let returned = world.go(Intent::Link(&token), person).await.unwrap();
    entered(world.come_back(&returned, None).await.unwrap()).staff
}

async fn prove(world: &mut World, staff: &Staff, person: &Person) -> Result<(), SignOnError> {
    let returned = world.go(Intent::Prove(staff), person).await?;
    let finished = world.come_back(&returned, Some(staff)).await?;
    assert!(matches!(&finished, Finished::Proved(next) if next == "/orders"), "{finished:?}");
    Ok(())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_has_neither_password_nor_factor_proves_it_by_signing_in_anew_as_the_same(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let ida_here = newcomer(&mut world, &admin, "technician", &ida(&[])).await;
    assert_eq!(means(&world.backend, &ida_here).await.unwrap(), Means::SingleSignOn);
    let now = START.unix_timestamp();
    prove(&mut world, &ida_here, &ida(&[]).with("auth_time", json!(now))).await.unwrap();
    let row = world.recorded().await.remove(0);
    assert_eq!((row.action.as_str(), row.after.unwrap()["by"].as_str()), ("staff.proved", Some("single sign-on")));

    let stale = prove(&mut world, &ida_here, &ida(&[]).with("auth_time", json!(now - 3600))).await;
    let not_anew = oidc::TokenProblem::NotAnew;
    assert!(matches!(&stale, Err(SignOnError::Provider(oidc::Error::Token(found))) if *found == not_anew), "{stale:?}");
    let other = prove(&mut world, &ida_here, &Person::new("somebody-else")).await;
    assert!(matches!(other, Err(SignOnError::NotProof)), "{other:?}");
    for row in world.recorded().await.iter().take(2) {
        assert_eq!((&*row.action, &row.subject_id), ("staff.proof_refused", &ida_here.id.to_string()));
    }
    assert_eq!(own_identity(&world.backend, &ida_here).await.unwrap().unwrap().bound_at, START, "nothing was bound");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn it_is_no_way_around_a_password_and_proves_nothing_for_others(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let admin = staff(&world.backend, Role::Admin).await;
    world.bind(&admin, &Person::new("admin-2")).await.unwrap();
    let refused = prove(&mut world, &admin, &Person::new("admin-2")).await;
    assert!(matches!(refused, Err(SignOnError::NotProof)), "they have a password: {refused:?}");

    let ida_here = newcomer(&mut world, &admin, "technician", &ida(&[])).await;
    for now in [Some(&admin), None] {
        let returned = world.go(Intent::Prove(&ida_here), &ida(&[])).await.unwrap();
        let refused = world.come_back(&returned, now).await;
        assert!(matches!(refused, Err(SignOnError::Lost)), "{refused:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_admin_releases_somebody_who_is_out_at_once_and_in_again_by_a_new_link(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let ida_here = newcomer(&mut world, &admin, "technician", &ida(&[])).await;
    let store = PostgresSessionStore::new(&world.backend);
    let data = HashMap::from([
        (STAFF_ID.to_owned(), json!(ida_here.id)),
        ("signed_in_at".to_owned(), json!(START)),
        ("last_seen_at".to_owned(), json!(START)),
    ]);
    let mut session = Record { id: Id::default(), data, expiry_date: START };
    store.create(&mut session).await.unwrap();
    assert!(store.load(&session.id).await.unwrap().is_some());

    let viewer = staff(&world.backend, Role::Viewer).await;
    let refused = release_identity(&world.backend, &viewer, ida_here.id).await;
    assert!(matches!(refused, Err(Error::Forbidden(Permission::ManageStaff))), "{refused:?}");
    release_identity(&world.backend, &admin, ida_here.id).await.unwrap();
    let row = world.recorded().await.remove(0);
    assert_eq!((&*row.action, &row.subject_id), ("staff.identity_withdrawn", &ida_here.id.to_string()));
    assert_eq!(row.before.unwrap()["identities"][0]["subject"], "ida-1");
    assert!(store.load(&session.id).await.unwrap().is_none(), "signed out at once");
    let refused = world.sign_in(&ida(&[])).await;
    assert!(matches!(refused, Err(SignOnError::Unknown)), "{refused:?}");
    assert_eq!(member(&world.backend, &admin, ida_here.id).await.unwrap().state, State::Invited);
    let again = release_identity(&world.backend, &admin, ida_here.id).await;
    assert!(matches!(again, Err(Error::NotFound("identity"))), "{again:?}");

    let link = make_link(&world.backend, &admin, ida_here.id).await.unwrap();
    use_link(&world.backend, &Caller::default(), &link.token, &"seven quiet otters".into()).await.unwrap();
    assert_eq!(means(&world.backend, &ida_here).await.unwrap(), Means::Password);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_admins_who_release_each_other_leave_one_who_can_sign_in(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let first = staff(&world.backend, Role::Admin).await;
    let ida_here = newcomer(&mut world, &first, "admin", &ida(&[])).await;
    let ben = newcomer(&mut world, &first, "admin", &Person::new("ben-2")).await;
    disable(&world.backend, &ida_here, first.id).await.unwrap();
    let own = release_identity(&world.backend, &ida_here, ida_here.id).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "nobody releases themselves so: {own:?}");
    release_identity(&world.backend, &ida_here, ben.id).await.unwrap();
    let refused = release_identity(&world.backend, &ben, ida_here.id).await;
    assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("only admin")), "{refused:?}");
    assert_eq!(world.sign_in(&ida(&[])).await.unwrap(), ida_here);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_link_says_whether_an_identity_stays_bound(pool: PgPool) {
    let mut world = World::new(pool, None).await;
    let (admin, ana) = (staff(&world.backend, Role::Admin).await, staff(&world.backend, Role::Viewer).await);
    let link = make_link(&world.backend, &admin, ana.id).await.unwrap();
    assert!(!open_link(&world.backend, &link.token).await.unwrap().unwrap().is_bound);
    world.bind(&ana, &ida(&[])).await.unwrap();
    assert!(open_link(&world.backend, &link.token).await.unwrap().unwrap().is_bound);
}
