//! What a person says of an order that nobody knows about.

use super::looking::twins;
use super::*;

async fn manager(world: &World) -> Staff {
    staff(&world.backend, Role::AccountManager).await
}

fn without_attributes() -> Config {
    Config { drops_order_attributes: true, ..Config::for_tests() }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_person_says_which_order_it_is_with_the_evidence_on_record(pool: PgPool) {
    let world = World::of(pool, without_attributes()).await;
    let manager = manager(&world).await;
    let (id, twin) = twins(&world).await;
    world.pass(Duration::minutes(3));
    world.work().await;
    settle(&world.backend, &manager, id, Settlement::ThisIsIt(twin.clone())).await.unwrap();
    let intent = world.intent(id).await;
    assert_eq!(intent.order_id.as_deref(), Some(twin.as_str()));
    let trail = crate::activity::of_intent(&world.backend, id).await.unwrap();
    let settled = trail.iter().find(|row| row.subject_id == twin).unwrap();
    assert_eq!(settled.actor, manager.name);
    let evidence = settled.before.as_ref().unwrap();
    assert_eq!(evidence["claimed"], twin);
    assert_eq!(evidence["candidates"].as_array().unwrap().len(), 2, "{evidence}");
    let again = settle(&world.backend, &manager, id, Settlement::ThisIsIt(twin)).await.unwrap_err();
    assert!(matches!(again, Error::Conflict(_)), "{again}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_of_another_intent_or_another_customer_is_not_it(pool: PgPool) {
    let mut world = World::new(pool).await;
    let taken = world.place(&world.change(1)).await.unwrap();
    let taken = world.wait(taken, Duration::minutes(5)).await.order_id.unwrap();
    world.line = changeable(&world.backend, &world.marketplace).await;
    let id = world.lose(Fault::ResetBefore).await;
    let claim = |order: String| settle(&world.backend, &world.technician, id, Settlement::ThisIsIt(order));
    let refused = claim(taken).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("cannot be both")), "{refused}");
    let strangers: String = sqlx::query_scalar("select id from marketplace_order where customer_id <> $1 limit 1")
        .bind(&world.line.customer_id)
        .fetch_one(&world.backend.pool)
        .await
        .unwrap();
    let refused = claim(strangers).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "order"), "{refused}");
    assert_eq!(world.intent(id).await.state, IntentState::Unknown);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn that_it_is_not_there_takes_a_complete_look_and_a_word_about_the_risk(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetBefore).await;
    let say = |sure| settle(&world.backend, &world.technician, id, Settlement::NotThere { sure });
    world.pass(Duration::seconds(3));
    world.work().await;
    let early = say(true).await.unwrap_err();
    assert!(matches!(&early, Error::Conflict(why) if why.contains("too early")), "{early}");

    world.pass(Duration::minutes(3));
    settle(&world.backend, &world.technician, id, Settlement::LookNow).await.unwrap();
    world.work().await;
    let unsure = say(false).await.unwrap_err();
    assert!(matches!(&unsure, Error::Invalid(fields) if fields[0].field == "sure"), "{unsure}");
    say(true).await.unwrap();
    let intent = world.intent(id).await;
    assert_eq!(intent.state, IntentState::Absent);
    assert!(intent.aftermath.again_path.is_some(), "it can be placed again");
    let trail = crate::activity::of_intent(&world.backend, id).await.unwrap();
    let said = trail.last().unwrap();
    assert_eq!((said.action.as_str(), said.actor.as_str()), ("order.absent", world.technician.name.as_str()));
    assert!(said.before.as_ref().unwrap()["complete_looks"].as_i64().unwrap() >= 2);
    let again = say(true).await.unwrap_err();
    assert!(matches!(again, Error::Conflict(_)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_first_look_long_after_the_sending_is_too_early_as_well(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetBefore).await;
    let say = || settle(&world.backend, &world.technician, id, Settlement::NotThere { sure: true });
    world.pass(Duration::minutes(10));
    assert!(step(&world.backend).await.unwrap());
    let early = say().await.unwrap_err();
    assert!(matches!(&early, Error::Conflict(why) if why.contains("too early")), "{early}");
    world.pass(Duration::minutes(2));
    assert!(step(&world.backend).await.unwrap());
    say().await.unwrap();
    assert_eq!(world.intent(id).await.state, IntentState::Absent);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn looking_now_does_not_wait_for_the_next_look(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.lose(Fault::ResetAfter).await;
    assert!(!step(&world.backend).await.unwrap(), "the next look is due in two seconds");
    settle(&world.backend, &world.technician, id, Settlement::LookNow).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    assert!(world.intent(id).await.order_id.is_some());
    let known = settle(&world.backend, &world.technician, id, Settlement::LookNow).await.unwrap_err();
    assert!(matches!(known, Error::Conflict(_)), "{known}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn it_takes_the_permission_of_the_original_act(pool: PgPool) {
    let world = World::new(pool).await;
    let viewer = staff(&world.backend, Role::Viewer).await;
    let id = world.lose(Fault::ResetBefore).await;
    for settlement in [
        Settlement::LookNow,
        Settlement::ThisIsIt("1".to_owned()),
        Settlement::NotThere { sure: true },
        Settlement::StopWaiting,
    ] {
        let refused = settle(&world.backend, &viewer, id, settlement).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
    }
    let manager = manager(&world).await;
    let (order, quote) = renewable(&world, &manager).await;
    let renewal = place_act(&world.backend, &manager, &order, "", &confirmed(quote.now)).await.unwrap();
    let refused = settle(&world.backend, &world.technician, renewal, Settlement::StopWaiting).await;
    assert!(matches!(refused, Err(Error::Forbidden(domain::Permission::ManageSubscriptions))), "{refused:?}");
    settle(&world.backend, &manager, renewal, Settlement::StopWaiting).await.unwrap();
    assert_eq!(world.intent(renewal).await.state, IntentState::Cancelled);
}

/// A renewal that the marketplace would carry out, of another subscription than the lost order's.
async fn renewable(world: &World, by: &Staff) -> (SubscriptionAct, Quote) {
    let others = "select id from subscription where status = 'active' and id <> $1 order by id";
    let others: Vec<String> =
        sqlx::query_scalar(others).bind(&world.line.subscription_id).fetch_all(&world.backend.pool).await.unwrap();
    for subscription_id in others {
        let order = SubscriptionAct { subscription_id, act: Act::Renew, po_number: None };
        if let Ok(quote) = estimate_act(&world.backend, by, &order).await {
            return (order, quote);
        }
    }
    panic!("no subscription can be renewed")
}
