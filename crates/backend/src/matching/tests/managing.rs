use super::World;
use crate::matching::{manages_any, of_customer, people, set_managers};
use crate::test_support::staff;
use crate::{Error, activity};
use domain::Role;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

async fn names(world: &World, customer: &str) -> Vec<String> {
    of_customer(&world.backend, customer).await.unwrap().into_iter().map(|manager| manager.name).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_of_account_managers_is_recorded_with_their_names(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, customer) = (&world.backend, &world.customers[0]);
    let (ana, bo) = (staff(backend, Role::Viewer).await, staff(backend, Role::Technician).await);
    set_managers(backend, &world.manager, customer, &[bo.id, ana.id, bo.id]).await.unwrap();
    assert_eq!(names(&world, customer).await, ["Test technician", "Test viewer"]);
    set_managers(backend, &world.manager, customer, &[ana.id]).await.unwrap();
    set_managers(backend, &world.manager, customer, &[ana.id]).await.unwrap();
    set_managers(backend, &world.manager, customer, &[]).await.unwrap();
    let trail = activity::of_subject(backend, "customer", customer, 9).await.unwrap();
    let told: Vec<_> = trail.iter().map(|row| (row.action.as_str(), row.before.clone(), row.after.clone())).collect();
    let managers = |names: Option<&str>| Some(json!({ "account managers": names }));
    let (both, one) = (managers(Some("Test technician, Test viewer")), managers(Some("Test viewer")));
    let expected = [
        ("customer.managers_set", one.clone(), managers(None)),
        ("customer.managers_set", both.clone(), one),
        ("customer.managers_set", managers(None), both),
    ];
    assert_eq!(told, expected, "what is so already leaves no row");
    assert!(trail.iter().all(|row| row.actor == world.manager.name && row.customer.is_some()));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_cannot_sign_in_any_more_may_stay_but_not_be_added(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, gone) = (&world.backend, staff(&world.backend, Role::Viewer).await);
    let [first, second] = [&world.customers[0], &world.customers[1]];
    set_managers(backend, &world.manager, first, &[gone.id]).await.unwrap();
    sqlx::query!("update staff set disabled_at = now() where id = $1", gone.id).execute(&backend.pool).await.unwrap();
    set_managers(backend, &world.manager, first, &[gone.id, world.manager.id]).await.unwrap();
    assert_eq!(names(&world, first).await, ["Test account manager", "Test viewer"]);
    let refused = set_managers(backend, &world.manager, second, &[gone.id]).await;
    let Err(Error::Invalid(fields)) = refused else { panic!("it is refused: {refused:?}") };
    assert_eq!(fields[0].field, format!("staff-{}", gone.id));
    assert_eq!(names(&world, second).await, [""; 0]);
    let choices: Vec<Uuid> = people(backend).await.unwrap().into_iter().map(|person| person.staff_id).collect();
    assert_eq!(choices, [world.manager.id]);
    assert!(manages_any(backend, gone.id).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_customers_and_staff_members_that_exist_are_matched(pool: PgPool) {
    let world = World::new(pool).await;
    let of_nobody = set_managers(&world.backend, &world.manager, "no such", &[world.manager.id]).await;
    assert!(matches!(of_nobody, Err(Error::NotFound("customer"))));
    let to_nobody = set_managers(&world.backend, &world.manager, &world.customers[0], &[Uuid::new_v4()]).await;
    assert!(matches!(to_nobody, Err(Error::NotFound("staff member"))));
}
