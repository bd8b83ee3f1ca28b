//! Creating customers at the stand-in marketplace: once, whatever happens to the answer.

use crate::customers::{NewCustomer, create, get};
use crate::staff::Staff;
use crate::test_support::{account_form, copied, staff};
use crate::{Backend, Error, activity};
use domain::Role;
use marketplace_sim::{Fault, FaultRule, Simulator};
use sqlx::PgPool;
use uuid::Uuid;

struct World {
    backend: Backend,
    marketplace: Simulator,
    manager: Staff,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let (backend, _, marketplace) = copied(pool).await;
        let manager = staff(&backend, Role::AccountManager).await;
        Self { backend, marketplace, manager }
    }

    async fn create(&self, new: &NewCustomer, token: Uuid) -> crate::Result<String> {
        create(&self.backend, &self.manager, new, token).await
    }

    fn calls(&self) -> u64 {
        self.marketplace.stats().calls.get("createCustomer").copied().unwrap_or(0)
    }

    /// How many customers of that name there are at the marketplace.
    async fn of_name(&self, name: &str) -> usize {
        let filter = marketplace::CustomerFilter { name: Some(name.to_owned()), ..Default::default() };
        self.backend.marketplace().unwrap().page(&filter, 0, 100).await.unwrap().data.len()
    }

    async fn trail(&self) -> Vec<String> {
        let rows = activity::page(&self.backend, None, 20).await.unwrap();
        rows.into_iter().rev().map(|row| row.action).filter(|action| action.starts_with("customer.")).collect()
    }
}

fn new_customer() -> NewCustomer {
    NewCustomer { form: account_form(), ..NewCustomer::default() }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_is_created_with_everything_that_was_typed(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.create(&new_customer(), Uuid::new_v4()).await.unwrap();
    let customer = get(&world.backend, &id).await.unwrap();
    assert_eq!((customer.name.as_str(), customer.status.as_str()), ("Aldgate Dental", "active"));
    assert_eq!(customer.external_id.as_deref(), Some("K-4711"));
    assert_eq!(customer.language.as_deref(), Some("en_US"));
    assert_eq!(customer.contacts[0].phone_number.as_deref(), Some("44#20#79460958#"));
    assert_eq!(customer.attributes["segment"], "health");
    assert_eq!(customer.form().contacts[0].phone, "+44 20 79460958");
    assert_eq!(world.trail().await, ["customer.create_asked", "customer.created"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_form_makes_one_customer_however_often_it_is_posted(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    let first = world.create(&new_customer(), token).await.unwrap();
    assert_eq!(world.create(&new_customer(), token).await.unwrap(), first, "it is no namesake of itself");
    assert_eq!((world.calls(), world.of_name("Aldgate Dental").await), (1, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_whose_answer_was_lost_is_found_and_not_created_again(pool: PgPool) {
    let world = World::new(pool).await;
    for (index, fault) in [Fault::ResetAfter, Fault::Html504After].into_iter().enumerate() {
        let mut new = new_customer();
        new.form.name = format!("Aldgate Dental {index}");
        new.form.external_id = format!("K-{index}");
        world.marketplace.add_fault(FaultRule::once(fault, "createCustomer"));
        let id = world.create(&new, Uuid::new_v4()).await.unwrap();
        assert_eq!(get(&world.backend, &id).await.unwrap().name, new.form.name);
        assert_eq!(world.of_name(&new.form.name).await, 1, "{fault:?}");
    }
    let trail = world.trail().await;
    assert_eq!(trail[..3], ["customer.create_asked", "customer.create_unknown", "customer.created"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_that_never_arrived_is_looked_for_and_never_sent_again_by_the_same_form(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "createCustomer"));
    for _ in 0..2 {
        let Err(Error::Unknown(message)) = world.create(&new_customer(), token).await else { panic!("nobody knows") };
        assert!(message.contains("may or may not have been created"), "{message}");
    }
    assert_eq!((world.calls(), world.of_name("Aldgate Dental").await), (1, 0));
    world.create(&new_customer(), Uuid::new_v4()).await.expect("a new form is a new wish");
    assert_eq!(world.of_name("Aldgate Dental").await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_marketplace_refused_can_be_corrected_in_the_same_form(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createCustomer"));
    assert!(matches!(world.create(&new_customer(), token).await, Err(Error::Marketplace(_))));
    world.create(&new_customer(), token).await.unwrap();
    assert_eq!(world.of_name("Aldgate Dental").await, 1);
    let trail = world.trail().await;
    assert_eq!(trail[1..], ["customer.create_refused", "customer.create_asked", "customer.created"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_namesake_has_to_be_confirmed(pool: PgPool) {
    let world = World::new(pool).await;
    world.create(&new_customer(), Uuid::new_v4()).await.unwrap();
    let mut same_number = new_customer();
    same_number.form.name = "Another name".to_owned();
    let mut same_name = new_customer();
    same_name.form.external_id = String::new();
    same_name.form.name = "aldgate dental".to_owned();
    for new in [same_number, same_name] {
        let Err(Error::Invalid(fields)) = world.create(&new, Uuid::new_v4()).await else { panic!("it is refused") };
        assert_eq!(fields[0].field, "despite_namesake");
        let despite = NewCustomer { despite_namesake: true, ..new };
        world.create(&despite, Uuid::new_v4()).await.unwrap();
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_creates_no_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let technician = staff(&world.backend, Role::Technician).await;
    let refused = create(&world.backend, &technician, &new_customer(), Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert_eq!(world.calls(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_that_a_sweep_copied_before_it_was_found_is_still_found(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createCustomer"));
    // The look before is slow, the one after the lost answer fails.
    world.marketplace.add_fault(FaultRule::once(Fault::SlowBody, "getCustomers"));
    world.marketplace.add_fault(FaultRule::once(Fault::Maintenance503, "getCustomers"));
    assert!(matches!(world.create(&new_customer(), token).await, Err(Error::Unknown(_))));
    let client = world.backend.marketplace().unwrap();
    let filter = marketplace::CustomerFilter { name: Some("Aldgate Dental".to_owned()), ..Default::default() };
    let read = client.page(&filter, 0, 10).await.unwrap().data.remove(0);
    let mut db = world.backend.pool.acquire().await.unwrap();
    crate::sync::store_customer(&mut db, &read, world.backend.clock.now()).await.unwrap();
    let despite = NewCustomer { despite_namesake: true, ..new_customer() };
    assert_eq!(world.create(&despite, token).await.unwrap(), read.id.as_str());
    assert_eq!(world.of_name("Aldgate Dental").await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_older_namesake_that_was_not_copied_is_not_taken_for_the_new_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let older = world.create(&new_customer(), Uuid::new_v4()).await.unwrap();
    sqlx::query!("delete from customer where id = $1", older).execute(&world.backend.pool).await.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "createCustomer"));
    let refused = world.create(&new_customer(), Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Unknown(_))), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_that_is_being_sent_is_waited_for_and_not_looked_for(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    sqlx::query!(
        "insert into write (id, form_token, kind, part, subject_kind, request, state, asked_by, asked_at, next_look_at)
         values ($1, $1, 'customer.create', 'creation', 'customer', '{}', 'sending', $2, $3, $3)",
        token,
        world.manager.id,
        world.backend.clock.now(),
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
    let Err(Error::Unknown(message)) = world.create(&new_customer(), token).await else { panic!("it is under way") };
    assert!(message.contains("being created at this moment"), "{message}");
    assert_eq!(world.calls(), 0);
}
