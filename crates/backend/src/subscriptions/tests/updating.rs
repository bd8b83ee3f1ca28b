//! Changes that are no orders, against a real marketplace.

use crate::staff::Staff;
use crate::subscriptions::{get, set_attributes, set_auto_renew, set_price};
use crate::test_support::{copied, staff};
use crate::{Backend, Error, activity};
use domain::Role;
use marketplace_sim::{Fault, FaultRule, Simulator};
use sqlx::PgPool;
use uuid::Uuid;

struct World {
    backend: Backend,
    marketplace: Simulator,
    manager: Staff,
    /// An active subscription with a product line.
    id: String,
}

async fn world(pool: PgPool) -> World {
    let (backend, _, marketplace) = copied(pool).await;
    let active = sqlx::query_scalar!(
        "select s.id from subscription s join product_line l on l.subscription_id = s.id
         where s.status = 'active' and l.unit_price > 0 order by s.id limit 1"
    );
    let id = active.fetch_one(&backend.pool).await.unwrap();
    let manager = staff(&backend, Role::AccountManager).await;
    World { backend, marketplace, manager, id }
}

impl World {
    async fn renews(&self, on: bool) -> crate::Result<()> {
        set_auto_renew(&self.backend, &self.manager, &self.id, on, Uuid::new_v4()).await
    }
}

async fn actions(world: &World) -> Vec<String> {
    let rows = activity::of_subject(&world.backend, "subscription", &world.id, 9).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn automatic_renewal_is_turned_off_and_on_and_leaves_a_row_each_time(pool: PgPool) {
    let world = world(pool).await;
    for (on, action) in [(false, "subscription.auto_renewal_off"), (true, "subscription.auto_renewal_on")] {
        world.renews(!on).await.unwrap();
        world.renews(on).await.unwrap();
        assert_eq!(world.marketplace.subscription(&world.id).unwrap().auto_renew, on);
        assert_eq!(get(&world.backend, &world.id).await.unwrap().auto_renew, Some(on));
        let rows = actions(&world).await;
        assert_eq!(rows[0], action);
        world.renews(on).await.unwrap();
        assert_eq!(actions(&world).await.len(), rows.len(), "what is so already is not done again");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn attributes_are_added_to_those_that_are_there(pool: PgPool) {
    let world = world(pool).await;
    let set = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    set_attributes(&world.backend, &world.manager, &world.id, &set("Cost centre", "7"), Uuid::new_v4()).await.unwrap();
    set_attributes(&world.backend, &world.manager, &world.id, &set("Site", "North"), Uuid::new_v4()).await.unwrap();
    let attributes = get(&world.backend, &world.id).await.unwrap().attributes;
    assert_eq!((&attributes["Cost centre"], &attributes["Site"]), (&"7".into(), &"North".into()));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_shows_in_the_copy_at_once(pool: PgPool) {
    let world = world(pool).await;
    let line = get(&world.backend, &world.id).await.unwrap().lines[0].line;
    set_price(&world.backend, &world.manager, &world.id, line, "3.21", Uuid::new_v4()).await.unwrap();
    let after = get(&world.backend, &world.id).await.unwrap();
    assert_eq!(after.line(line).unwrap().unit_price.unwrap().amount.to_string(), "3.21");
    let refused = set_price(&world.backend, &world.manager, &world.id, line, "3,21", Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "price"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_lost_answer_is_settled_by_looking_at_the_subscription(pool: PgPool) {
    let world = world(pool).await;
    world.renews(true).await.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "updateSubscription"));
    world.renews(false).await.unwrap();
    assert_eq!(actions(&world).await[0], "subscription.auto_renewal_off");

    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, "updateSubscription"));
    let refused = world.renews(true).await.unwrap_err();
    assert!(matches!(&refused, Error::Unknown(message) if message.contains("do not know yet")), "{refused}");
    assert_eq!(actions(&world).await[0], "subscription.auto_renewal_on_unknown");
    assert_eq!(get(&world.backend, &world.id).await.unwrap().auto_renew, Some(false));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_sets_nothing(pool: PgPool) {
    let world = world(pool).await;
    let technician = staff(&world.backend, Role::Technician).await;
    let refused = set_auto_renew(&world.backend, &technician, &world.id, false, Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
}
