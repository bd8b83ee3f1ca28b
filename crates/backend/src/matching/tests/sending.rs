use super::World;
use crate::activity;
use crate::matching::worker::step;
use crate::matching::{RowState, failed, get};
use marketplace::models::CustomerUpdate;
use marketplace_sim::{Fault, FaultRule, Outage};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

impl World {
    /// A table that gives as many customers as there are numbers these numbers.
    fn numbers(&self, numbers: &[&str]) -> String {
        let rows = self.customers.iter().zip(numbers);
        rows.fold("customer,external id\n".to_owned(), |csv, (customer, number)| format!("{csv}{customer},{number}\n"))
    }

    /// Lets the worker work and time pass, until nothing of the batch is left to do.
    async fn carry_out(&self, batch: Uuid) {
        for _ in 0..200 {
            while step(&self.backend).await.unwrap() {}
            if !get(&self.backend, &self.manager, batch).await.unwrap().under_way {
                return;
            }
            self.clock.advance(Duration::minutes(6));
        }
        panic!("the batch comes to no end: {:?}", self.states(batch).await);
    }

    /// The customers whose external ids were set, in the order in which that was recorded.
    async fn set(&self) -> Vec<String> {
        let trail = self.trail().await.into_iter().rev();
        trail.filter(|(action, _)| action == "customer.external_id_set").map(|(_, customer)| customer).collect()
    }

    /// Starts one step of the worker and kills it once `sent` holds, in the middle of its call.
    async fn crash_when(&self, sent: impl AsyncFn() -> bool) {
        let backend = self.backend.clone();
        let working = tokio::spawn(async move { step(&backend).await.map(drop) });
        while !sent().await {
            assert!(!working.is_finished(), "the call never ends by itself");
            tokio::task::yield_now().await;
        }
        working.abort();
        assert!(working.await.unwrap_err().is_cancelled());
        assert!(!step(&self.backend).await.unwrap(), "for the time being nobody else takes it up");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn thirty_external_ids_are_set_once_each_and_in_order_although_an_answer_is_lost(pool: PgPool) {
    let world = World::new(pool).await;
    let mut numbers: Vec<String> = (0..30).map(|n| format!("N-{n}")).collect();
    numbers[12] = "fault:reset-after N-12".to_owned();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let batch = world.apply(&world.numbers(&numbers)).await;
    world.carry_out(batch).await;
    assert_eq!(world.states(batch).await, [RowState::Done; 30]);
    assert_eq!(world.updates(), 30, "nothing is sent twice");
    assert_eq!(world.set().await, world.customers[..30], "in the order of the lines, one entry each");
    for (customer, number) in world.customers.iter().zip(&numbers) {
        assert_eq!(world.number_at_the_marketplace(customer).await.as_deref(), Some(*number));
        assert_eq!(world.copied_number(customer).await.as_deref(), Some(*number));
    }
    let rows = world.rows(batch).await;
    assert!(rows[11].message.is_none() && rows[11].correlation_id.is_some());
    assert!(rows[12].message.as_ref().unwrap().contains("shows in the customer"), "{:?}", rows[12]);
    let told = activity::of_subject(&world.backend, "customer", &world.customers[12], 1).await.unwrap();
    assert_eq!(told[0].after, Some(serde_json::json!({ "external id": numbers[12] })));
    assert_eq!((&told[0].actor, told[0].note.is_some()), (&world.manager.name, true));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn after_a_crash_nothing_is_sent_before_the_customer_was_looked_at(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["N-0", "fault:timeout-after N-1", "N-2"])).await;
    assert!(step(&world.backend).await.unwrap());
    let customer = &world.customers[1];
    world
        .crash_when(async || {
            world.number_at_the_marketplace(customer).await.as_deref() == Some("fault:timeout-after N-1")
        })
        .await;
    assert_eq!(world.states(batch).await, [RowState::Done, RowState::Sending, RowState::Waiting]);
    world.carry_out(batch).await;
    assert_eq!((world.states(batch).await, world.updates()), (vec![RowState::Done; 3], 3));
    assert_eq!(world.set().await, world.customers[..3]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_never_arrived_before_a_crash_is_sent_again(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["N-0", "N-1"])).await;
    world.marketplace.add_fault(FaultRule::once(Fault::TimeoutBefore, "updateCustomer"));
    world.crash_when(async || world.marketplace.stats().faults.contains_key("timeout-before")).await;
    assert_ne!(world.number_at_the_marketplace(&world.customers[0]).await.as_deref(), Some("N-0"));
    world.carry_out(batch).await;
    assert_eq!((world.states(batch).await, world.updates()), (vec![RowState::Done; 2], 3));
    assert_eq!(world.set().await, world.customers[..2], "one entry each");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn several_workers_send_each_external_id_once_and_in_order(pool: PgPool) {
    let world = World::new(pool).await;
    let numbers: Vec<String> = (0..12).map(|n| format!("N-{n}")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let batch = world.apply(&world.numbers(&numbers)).await;
    let workers = (0..4).map(|_| {
        let backend = world.backend.clone();
        tokio::spawn(async move {
            let done = async || {
                let open = "select count(*) from matching_row where state in ('waiting', 'sending', 'unknown')";
                sqlx::query_scalar::<_, i64>(open).fetch_one(&backend.pool).await.unwrap() == 0
            };
            while !done().await {
                step(&backend).await.unwrap();
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    assert_eq!((world.states(batch).await, world.updates()), (vec![RowState::Done; 12], 12));
    assert_eq!(world.set().await, world.customers[..12]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refused_row_says_why_and_the_others_go_on(pool: PgPool) {
    let world = World::new(pool).await;
    let (first, second) = (&world.customers[0], &world.customers[1]);
    let csv = format!(
        "customer,external id,account managers\n{first},fault:error-other-spelling 7,{}\n{second},N-1,\n",
        world.manager.email
    );
    let batch = world.apply(&csv).await;
    world.carry_out(batch).await;
    assert_eq!(world.states(batch).await, [RowState::Failed, RowState::Done]);
    let message = world.rows(batch).await[0].message.clone().unwrap();
    assert!(message.starts_with("The marketplace refused it: "), "{message}");
    assert!(message.ends_with("The account managers were set."), "{message}");
    assert_eq!(world.trail().await[1], ("customer.external_id_failed".to_owned(), first.clone()));
    let file = failed(&world.backend, &world.manager, batch).await.unwrap().text;
    assert!(file.contains("fault:error-other-spelling 7") && !file.contains("N-1"), "{file}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_not_let_in_is_sent_later_and_what_follows_waits_for_it(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["N-0", "N-1"])).await;
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "updateCustomer"));
    while step(&world.backend).await.unwrap() {}
    assert_eq!(world.states(batch).await, [RowState::Waiting; 2]);
    assert!(world.rows(batch).await[0].message.as_ref().unwrap().starts_with("Waiting to be sent: "));
    world.carry_out(batch).await;
    assert_eq!(world.states(batch).await, [RowState::Done; 2]);
    assert_eq!(world.rows(batch).await[0].message, None);
    assert_eq!(world.set().await, world.customers[..2]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_somebody_else_set_meanwhile_is_not_overwritten(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["N-0"])).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "updateCustomer"));
    assert!(step(&world.backend).await.unwrap());
    assert_eq!(world.states(batch).await, [RowState::Unknown]);
    let customer = &world.customers[0];
    let theirs = CustomerUpdate { external_id: Some("theirs".to_owned()), ..CustomerUpdate::default() };
    world.backend.marketplace().unwrap().update_customer(&customer.as_str().into(), &theirs).await.unwrap();
    world.carry_out(batch).await;
    let row = &world.rows(batch).await[0];
    assert_eq!(row.state, RowState::Failed);
    assert!(row.message.as_ref().unwrap().contains("it is theirs, and was left so"), "{:?}", row.message);
    assert_eq!(world.number_at_the_marketplace(customer).await.as_deref(), Some("theirs"));
    assert_eq!(world.copied_number(customer).await.as_deref(), Some("theirs"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_marketplace_that_never_takes_it_is_asked_three_times(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["fault:html-504-before 1"])).await;
    world.carry_out(batch).await;
    assert_eq!((world.states(batch).await, world.updates()), (vec![RowState::Failed], 3));
    assert!(world.rows(batch).await[0].message.as_ref().unwrap().contains("sent 3 times"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_outage_that_does_not_end_leaves_an_unknown_outcome_and_no_second_sending(pool: PgPool) {
    let world = World::new(pool).await;
    let batch = world.apply(&world.numbers(&["N-0"])).await;
    // The token is fetched first, so that it is the update itself whose fate is unknown.
    world.number_at_the_marketplace(&world.customers[0]).await;
    world.marketplace.set_outage(Some(Outage::Maintenance));
    world.carry_out(batch).await;
    let row = &world.rows(batch).await[0];
    assert_eq!(row.state, RowState::Unknown);
    assert!(row.message.as_ref().unwrap().contains("could not be read since"), "{:?}", row.message);
    assert_eq!(world.trail().await[0].0, "customer.external_id_unknown");
    world.marketplace.set_outage(None);
    assert!(!step(&world.backend).await.unwrap(), "it is left to people");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_number_is_not_given_twice_when_its_holder_could_not_give_it_up(pool: PgPool) {
    let world = World::new(pool).await;
    let given = world.apply(&world.numbers(&["fault:forbidden A", "B"])).await;
    world.carry_out(given).await;
    let (one, two) = (&world.customers[0], &world.customers[1]);
    sqlx::query!("update customer set external_id = 'A' where id = $1", one)
        .execute(&world.backend.pool)
        .await
        .unwrap();
    let swap = world.apply(&world.numbers(&["fault:forbidden B", "A"])).await;
    world.carry_out(swap).await;
    assert_eq!(world.states(swap).await, [RowState::Failed, RowState::Failed]);
    let rows = world.rows(swap).await;
    assert!(rows[1].message.as_ref().unwrap().contains("still has this number"), "{:?}", rows[1]);
    assert_eq!(world.number_at_the_marketplace(two).await.as_deref(), Some("B"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_turned_away_does_not_count_as_sent(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule { times: 4, ..FaultRule::once(Fault::RateLimited, "updateCustomer") });
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "updateCustomer"));
    let batch = world.apply(&world.numbers(&["N-0"])).await;
    world.carry_out(batch).await;
    assert_eq!(world.states(batch).await, [RowState::Done]);
    assert_eq!(world.set().await, [world.customers[0].clone()]);
}
