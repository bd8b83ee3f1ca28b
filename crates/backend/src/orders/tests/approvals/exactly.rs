//! What is sent is what was approved, at the price that was seen; anything else is not sent.

use super::*;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_price_voids_what_waits_and_sends_nothing(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let backend = &office.world.backend;
    let line = &office.world.line;
    let dear = (line.unit_price.unwrap().amount * rust_decimal::Decimal::from(3)).to_string();
    subscriptions::set_price(backend, &office.admin, &line.subscription_id, line.line, &dear, Uuid::new_v4())
        .await
        .unwrap();
    let now = approvals::price_now(backend, &office.manager, id).await.unwrap();
    assert_ne!(now, price, "the marketplace asks another price by now");
    // Whichever price the approver saw.
    assert_eq!(office.approve(&office.manager, id, now).await.unwrap(), Decided::Voided);
    let voided = follow(backend, id).await.unwrap().intent;
    let problem = voided.problem.unwrap();
    let (was, is) = (price.unwrap().display(), now.unwrap().display());
    assert!(problem.contains(&format!("from {was} to {is}")) && problem.ends_with("Place it again."), "{problem}");
    office.nothing_is_sent(id, IntentState::Failed).await;
    assert_eq!(office.actions(id).await, ["order.approval_asked", "order.failed"]);
    let again = office.approve(&office.admin, id, price).await.unwrap_err();
    assert!(conflict(&again).contains("no longer waits"), "{again}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_approver_who_saw_another_price_decides_nothing(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let refused = office.approve(&office.manager, id, None).await.unwrap_err();
    assert!(conflict(&refused).starts_with("You saw not known"), "{refused}");
    assert_eq!(office.state(id).await, IntentState::Drafted, "it still waits");
    assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Approved);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn while_the_marketplace_is_away_nothing_is_decided(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    office
        .world
        .marketplace
        .add_fault(FaultRule { times: 50, ..FaultRule::once(Fault::Maintenance503, "estimateOrder") });
    let away = office.approve(&office.manager, id, price).await;
    assert!(matches!(away, Err(Error::Marketplace(_))), "{away:?}");
    assert_eq!(office.state(id).await, IntentState::Drafted);
    office.world.marketplace.clear_faults();
    assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Approved);
    let done = office.world.wait(id, Duration::minutes(5)).await;
    assert_eq!((done.state, office.world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_asked_for_cannot_be_edited_in_the_database(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let pool = &office.world.backend.pool;
    for set in [
        "body = jsonb_set(body, '{products,0,quantity}', '\"999\"')",
        "lines = '[]'",
        "estimate = jsonb_set(estimate, '{now}', 'null')",
        "customer_id = 'another'",
        "subscription_id = 'another'",
        "kind = 'sales'",
        "requested_by = (select id from staff where id <> requested_by limit 1)",
        "approval_reasons = null",
    ] {
        let edit = format!("update intent set {set}");
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(edit)).execute(pool).await.unwrap_err().to_string();
        assert!(refused.contains("cannot be changed"), "{set}: {refused}");
    }
    office.approve(&office.manager, id, price).await.unwrap();
    let refused =
        sqlx::query!("update intent set decided_by = requested_by").execute(pool).await.unwrap_err().to_string();
    assert!(refused.contains("what was decided cannot be changed"), "{refused}");
    let done = office.world.wait(id, Duration::minutes(5)).await;
    assert_eq!(done.state, IntentState::Completed, "and what was not edited goes on");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_edited_past_the_database_after_its_approval_is_never_sent(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    office.approve(&office.manager, id, price).await.unwrap();
    office.tamper(id).await;
    office.nothing_is_sent(id, IntentState::Failed).await;
    let problem = follow(&office.world.backend, id).await.unwrap().intent.problem.unwrap();
    assert!(problem.contains("changed after it was approved"), "{problem}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_edited_past_the_database_while_it_waited_is_voided(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    office.tamper(id).await;
    assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Voided);
    office.nothing_is_sent(id, IntentState::Failed).await;
    let problem = follow(&office.world.backend, id).await.unwrap().intent.problem.unwrap();
    assert!(problem.contains("changed after it was asked for"), "{problem}");
}
