use super::World;
use crate::matching::worker::step;
use crate::matching::{RowState, apply, of_customer, set_managers};
use crate::{Error, sync};
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn account_managers_are_assigned_at_once_and_external_ids_wait_for_the_worker(pool: PgPool) {
    let world = World::new(pool).await;
    let me = &world.manager.email;
    let [a, b, c] = [0, 1, 2].map(|index| &world.customers[index]);
    let batch = world
        .apply(&format!("customer,external id,account managers\n{a},N-1,{me}\n{b},N-2,\n{c},,{me}\nnobody,N-4,\n"))
        .await;
    let expected = [RowState::Waiting, RowState::Waiting, RowState::Done, RowState::Refused];
    assert_eq!(world.states(batch).await, expected);
    for customer in [a, c] {
        assert_eq!(of_customer(&world.backend, customer).await.unwrap()[0].staff_id, world.manager.id);
    }
    assert_eq!(world.updates(), 0, "the click sends nothing");
    let trail = world.trail().await;
    let row = |action: &str, subject: &str| (action.to_owned(), subject.to_owned());
    let expected = [
        row("customers.matched", &batch.to_string()),
        row("customer.managers_set", c),
        row("customer.managers_set", a),
    ];
    assert_eq!(trail[..3], expected);
    apply(&world.backend, &world.manager, batch).await.unwrap();
    assert_eq!(world.trail().await, trail, "applied again it does nothing");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_that_was_changed_since_the_check_is_left_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let me = &world.manager.email;
    let [a, b, c] = [0, 1, 2].map(|index| &world.customers[index]);
    let batch = world.check(&format!("customer,external id,account managers\n{a},N-1,\n{b},,{me}\n{c},N-3,\n")).await;
    for (customer, number) in [(a, "changed meanwhile"), (c, "N-3")] {
        sqlx::query!("update customer set external_id = $2 where id = $1", customer, number)
            .execute(&world.backend.pool)
            .await
            .unwrap();
    }
    let other = crate::test_support::staff(&world.backend, domain::Role::Viewer).await;
    set_managers(&world.backend, &world.manager, b, &[other.id]).await.unwrap();
    apply(&world.backend, &world.manager, batch).await.unwrap();
    assert_eq!(world.states(batch).await, [RowState::Failed, RowState::Failed, RowState::Unchanged]);
    assert!(world.rows(batch).await[0].message.as_ref().unwrap().contains("changed since this was checked"));
    assert_eq!(of_customer(&world.backend, b).await.unwrap()[0].staff_id, other.id);
    assert!(!step(&world.backend).await.unwrap(), "nothing is left to send");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_table_without_a_row_to_apply_is_not_applied(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.check("customer,external id\nnobody,1\n").await;
    let refused = apply(&world.backend, &world.manager, batch).await;
    assert!(matches!(refused, Err(Error::Conflict(message)) if message.contains("Correct it")));
    assert!(matches!(apply(&world.backend, &world.manager, Uuid::new_v4()).await, Err(Error::NotFound("table"))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn assignments_outlive_the_next_reading_of_the_customers(pool: PgPool) {
    let world = World::new(pool).await;
    world.apply(&format!("customer,account managers\n{},{}\n", world.customers[0], world.manager.email)).await;
    sync::request(&world.backend, sync::Collection::Customers).await.unwrap();
    sync::catch_up(&world.backend, &sync::Rhythm::default()).await.unwrap();
    assert_eq!(of_customer(&world.backend, &world.customers[0]).await.unwrap().len(), 1);
}
