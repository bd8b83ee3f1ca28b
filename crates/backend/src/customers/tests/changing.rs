//! Changing, holding and releasing customers at the stand-in marketplace.

use crate::accounts::AccountForm;
use crate::customers::{get, set_hold, update};
use crate::staff::Staff;
use crate::test_support::{copied, staff};
use crate::{Backend, Error, activity};
use domain::{CustomerId, Role};
use marketplace::models::CustomerUpdate;
use marketplace_sim::{Fault, FaultRule, Simulator};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

struct World {
    backend: Backend,
    marketplace: Simulator,
    manager: Staff,
    id: String,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let (backend, _, marketplace) = copied(pool).await;
        let manager = staff(&backend, Role::AccountManager).await;
        let id = sqlx::query_scalar("select id from customer where status = 'active' order by id limit 1")
            .fetch_one(&backend.pool)
            .await
            .unwrap();
        Self { backend, marketplace, manager, id }
    }

    async fn form(&self) -> AccountForm {
        get(&self.backend, &self.id).await.unwrap().form()
    }

    async fn save(&self, form: &AccountForm, seen: &str) -> crate::Result<()> {
        update(&self.backend, &self.manager, &self.id, form, seen, Uuid::new_v4()).await
    }

    async fn hold(&self, hold: bool) -> crate::Result<()> {
        set_hold(&self.backend, &self.manager, &self.id, hold, Uuid::new_v4()).await
    }

    fn updates(&self) -> u64 {
        self.marketplace.stats().calls.get("updateCustomer").copied().unwrap_or(0)
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_what_was_changed_is_sent_and_recorded(pool: PgPool) {
    let world = World::new(pool).await;
    let before = world.form().await;
    let after = AccountForm { tax_reg_id: "GB 123".to_owned(), city: "Leeds".to_owned(), ..before.clone() };
    world.save(&after, &before.digest()).await.unwrap();
    assert_eq!(world.form().await, after);
    let row = activity::of_subject(&world.backend, "customer", &world.id, 1).await.unwrap().remove(0);
    assert_eq!(row.action, "customer.updated");
    let after = row.after.unwrap();
    assert_eq!(after["tax number"], "GB 123");
    assert_eq!(after.as_object().unwrap().keys().collect::<Vec<_>>(), ["address", "tax number"]);
    assert!(row.correlation_id.is_some());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_saved_as_it_was_shown_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let form = world.form().await;
    world.save(&form, &form.digest()).await.unwrap();
    assert_eq!(world.updates(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_number_can_be_taken_away(pool: PgPool) {
    let world = World::new(pool).await;
    let before = world.form().await;
    let numbered = AccountForm { external_id: "K-1".to_owned(), ..before.clone() };
    world.save(&numbered, &before.digest()).await.unwrap();
    world.save(&AccountForm { external_id: String::new(), ..numbered.clone() }, &numbered.digest()).await.unwrap();
    assert_eq!(get(&world.backend, &world.id).await.unwrap().external_id, None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten(pool: PgPool) {
    let world = World::new(pool).await;
    let seen = world.form().await;
    let elsewhere = CustomerUpdate { name: Some("Renamed elsewhere".to_owned()), ..CustomerUpdate::default() };
    let id = CustomerId::from(world.id.as_str());
    world.backend.marketplace().unwrap().update_customer(&id, &elsewhere).await.unwrap();
    let mine = AccountForm { city: "Leeds".to_owned(), ..seen.clone() };
    assert!(matches!(world.save(&mine, &seen.digest()).await, Err(Error::Conflict(_))));
    let now = world.form().await;
    assert_eq!(now.name, "Renamed elsewhere", "the copy has been told");
    world.save(&AccountForm { city: "Leeds".to_owned(), ..now.clone() }, &now.digest()).await.unwrap();
    assert_eq!(world.form().await.name, "Renamed elsewhere");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_whose_answer_was_lost_is_seen_in_the_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let before = world.form().await;
    let after = AccountForm { name: "New name".to_owned(), ..before.clone() };
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "updateCustomer"));
    world.save(&after, &before.digest()).await.unwrap();
    let row = activity::of_subject(&world.backend, "customer", &world.id, 1).await.unwrap().remove(0);
    assert!(row.note.is_some_and(|note| note.contains("did not arrive")));
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "updateCustomer"));
    let again = AccountForm { name: "Newer name".to_owned(), ..after.clone() };
    assert!(matches!(world.save(&again, &after.digest()).await, Err(Error::Unknown(_))));
    assert_eq!(world.form().await.name, "New name");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_is_held_and_released_and_both_are_recorded(pool: PgPool) {
    let world = World::new(pool).await;
    let status = async || get(&world.backend, &world.id).await.unwrap().status;
    world.hold(true).await.unwrap();
    assert_eq!(status().await, "creditHold");
    world.hold(true).await.unwrap();
    assert_eq!(world.updates(), 1, "holding twice is one change");
    world.hold(false).await.unwrap();
    assert_eq!(status().await, "active");
    let rows = activity::of_subject(&world.backend, "customer", &world.id, 5).await.unwrap();
    let trail: Vec<_> = rows.iter().map(|row| (row.action.as_str(), row.after.clone().unwrap())).collect();
    let [active, held] = ["active", "creditHold"].map(|status| json!({ "status": status }));
    let expected = [
        ("customer.released", active.clone()),
        ("customer.release_begun", active),
        ("customer.held", held.clone()),
        ("customer.hold_begun", held),
    ];
    assert_eq!(trail, expected);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_closed_customer_is_neither_held_nor_released(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query!("update customer set status = 'cancelled' where id = $1", world.id)
        .execute(&world.backend.pool)
        .await
        .unwrap();
    for hold in [true, false] {
        let refused = world.hold(hold).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{hold}");
    }
    assert_eq!(world.updates(), 0);
}
