//! The judge must be able to condemn: each kind of broken promise is forged, and has to be found.

use super::judge::{self, Kind};
use super::play;
use super::scene::Scene;
use super::schedule::{Post, Wish};
use super::sql;
use super::stage::Stage;
use marketplace::models::OrderRequest;
use sqlx::PgPool;
use std::collections::BTreeMap;

/// A run in which one subscription was renewed, and nothing went wrong.
async fn renewed(stage: &Stage, number: u64) -> Scene<'_> {
    let mut scene = Scene::open(stage, number).await;
    let wish = Wish::Renewal { target: 0 };
    play::post(&mut scene, &Post { wish, server: 0, twice: true, kill: None, again: true }).await;
    play::settle(&mut scene).await;
    judge::at_the_end(&mut scene).await;
    assert_eq!(kinds(&scene), []);
    assert_eq!((scene.promised.len(), scene.marketplace.stats().orders_created), (1, 1));
    scene
}

fn kinds(scene: &Scene<'_>) -> Vec<Kind> {
    scene.findings.iter().map(|finding| finding.kind).collect()
}

/// Places the intent's order once more, past everything that should prevent it.
async fn order_again(scene: &Scene<'_>, attributes: Option<BTreeMap<String, String>>) {
    let intent = scene.promised[0];
    let body = sqlx::query_scalar!("select body from intent where id = $1", intent).fetch_one(&scene.pool).await;
    let mut request: OrderRequest = serde_json::from_value(body.unwrap()).unwrap();
    request.attributes = attributes.unwrap_or(request.attributes);
    scene.servers[0].marketplace().unwrap().create_order(&request).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_too_many_is_found(pool: PgPool) {
    let stage = Stage::set(pool).await;
    let mut twice = renewed(&stage, 1).await;
    order_again(&twice, None).await;
    play::settle(&mut twice).await;
    judge::at_the_end(&mut twice).await;
    assert!(kinds(&twice).contains(&Kind::Duplicate), "{:?}", twice.findings);
    let story = judge::story(&twice, 7, 200).await.unwrap();
    assert!(story.contains("--intents 200 --seed 7") && story.contains("order.placed"), "{story}");
    twice.close().await;

    let mut unmarked = renewed(&stage, 2).await;
    order_again(&unmarked, Some(BTreeMap::new())).await;
    judge::at_the_end(&mut unmarked).await;
    assert_eq!(kinds(&unmarked), [Kind::Duplicate], "{:?}", unmarked.findings);
    unmarked.close().await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_forged_record_is_found(pool: PgPool) {
    let forgeries: [(&str, &[Kind]); 7] = [
        ("delete from intent", &[Kind::Lost, Kind::Lost]),
        ("update intent set state = 'submitted'", &[Kind::Lost, Kind::Lie]),
        ("update intent set state = 'failed'", &[Kind::Lie, Kind::Lie]),
        ("update intent set order_id = '1'", &[Kind::Lie]),
        ("update product_line set seats = seats + 1", &[Kind::Lie]),
        ("delete from activity where action = 'order.sending'", &[Kind::Lie]),
        ("delete from activity where action = 'order.placed'", &[Kind::Lie]),
    ];
    let stage = Stage::set(pool).await;
    for (number, (forgery, expected)) in (0..).zip(forgeries) {
        let mut scene = renewed(&stage, number).await;
        sql::forge(&scene.pool, forgery).await.unwrap();
        judge::at_the_end(&mut scene).await;
        assert_eq!(kinds(&scene), expected, "{forgery}: {:?}", scene.findings);
        scene.close().await;
    }
}
