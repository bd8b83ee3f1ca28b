//! Subscriptions that were bought elsewhere.

use super::buying::{Buyer, product};
use super::*;

/// Eight seats of Business Standard, in a year that has 165 days left.
pub(super) async fn migration(buyer: &Buyer) -> NewMigration {
    let today = buyer.world.backend.clock.now().date();
    NewMigration {
        customer_id: buyer.world.line.customer_id.clone(),
        po_number: Some("PO 9".to_owned()),
        product_key: product(&buyer.world.backend, "Business Standard", "1 year", "1 month").await.key,
        seats: "8".to_owned(),
        started_on: (today - Duration::days(200)).to_string(),
        expires_on: (today + Duration::days(165)).to_string(),
        renews: false,
    }
}

async fn place(buyer: &Buyer, migration: &NewMigration, token: Uuid) -> crate::Result<Uuid> {
    let quote = estimate_migration(&buyer.world.backend, &buyer.manager, migration).await?;
    place_migration(
        &buyer.world.backend,
        &buyer.manager,
        migration,
        &Confirmation { form_token: token, ..confirmed(quote.now) },
    )
    .await
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_migrated_subscription_keeps_its_term_and_costs_nothing_now(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let migration = migration(&buyer).await;
    let quote = estimate_migration(&buyer.world.backend, &buyer.manager, &migration).await.unwrap();
    assert!(quote.now.unwrap().amount.is_zero(), "it was paid elsewhere: {:?}", quote.now);
    assert_eq!(quote.per_period.len(), 1, "what it will cost per month is shown");
    let token = Uuid::new_v4();
    let first = place(&buyer, &migration, token).await.unwrap();
    assert_eq!(place(&buyer, &migration, token).await.unwrap(), first, "the same form is the same order");
    let done = buyer.bought(first, quote).await;
    assert_eq!(buyer.world.orders_at_the_marketplace(), 1);
    assert_eq!(done.intent.kind, "migration");
    assert!(done.intent.order_number.unwrap().starts_with("MG"));
    assert_eq!((done.ours.status.as_str(), done.ours.seats, done.ours.auto_renew), ("active", Some(8), Some(false)));
    assert_eq!(done.ours.expires_on.map(|day| day.to_string()), Some(migration.expires_on));
    assert_eq!((done.ours.customer_id, done.theirs.expires), (migration.customer_id, done.ours.expires_on));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_migration_whose_answer_is_lost_is_found_and_not_placed_again(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    buyer.world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createOrder"));
    let placed = place(&buyer, &migration(&buyer).await, Uuid::new_v4()).await.unwrap();
    let intent = buyer.world.wait(placed, Duration::minutes(5)).await;
    assert_eq!((intent.state, buyer.world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_field_of_a_migration_at_fault_is_told_at_once(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let good = migration(&buyer).await;
    let today = buyer.world.backend.clock.now().date();
    let day = |days: i64| (today + Duration::days(days)).to_string();
    let fields = async |migration: NewMigration| match place(&buyer, &migration, Uuid::new_v4()).await {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let empty = NewMigration {
        seats: String::new(),
        started_on: String::new(),
        expires_on: String::new(),
        po_number: Some("x".repeat(65)),
        ..good.clone()
    };
    assert_eq!(fields(empty).await, ["started_on", "expires_on", "seats", "po_number"]);
    assert_eq!(fields(NewMigration { started_on: day(1), ..good.clone() }).await, ["started_on"]);
    assert_eq!(fields(NewMigration { expires_on: day(0), ..good.clone() }).await, ["expires_on"]);
    assert_eq!(fields(NewMigration { expires_on: day(400), ..good.clone() }).await, ["expires_on"], "a year at most");
    assert_eq!(fields(NewMigration { seats: "301".to_owned(), ..good.clone() }).await, ["seats"], "300 at most");
    assert_eq!(fields(NewMigration { product_key: "gone".to_owned(), ..good }).await, ["product"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_migrates_nothing(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let migration = migration(&buyer).await;
    let refused = estimate_migration(&buyer.world.backend, &buyer.world.technician, &migration).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let placed = place_migration(&buyer.world.backend, &buyer.world.technician, &migration, &confirmed(None)).await;
    assert!(matches!(placed, Err(Error::Forbidden(_))));
}
