use super::*;
use crate::test_support::{backend_and_clock, staff};
use domain::Role;
use sqlx::PgPool;

fn seats(seats: u32) -> NewDraft {
    let path = format!("/subscriptions/1000201/seats?line=1&seats={seats}&step=review");
    NewDraft {
        key: path.clone(),
        title: format!("Change seats: {seats} seats"),
        path,
        customer_id: None,
        subscription_id: Some("1000201".to_owned()),
        parameters_id: None,
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_form_kept_twice_is_one_draft_and_nobody_else_sees_or_deletes_it(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let (ana, ben) = (staff(&backend, Role::Technician).await, staff(&backend, Role::Technician).await);
    let id = keep(&backend, &ana, &seats(15)).await.unwrap();
    clock.advance(Duration::HOUR);
    assert_eq!(keep(&backend, &ana, &seats(15)).await.unwrap(), id);
    keep(&backend, &ana, &seats(16)).await.unwrap();
    let drafts = of(&backend, &ana).await.unwrap();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts.iter().find(|draft| draft.id == id).unwrap().created_at, backend.clock.now(), "kept anew");
    assert_eq!(count(&backend, &ben).await.unwrap(), 0);
    delete(&backend, &ben, id).await.unwrap();
    finish(&backend, &ben, &seats(15).key).await.unwrap();
    assert_eq!(count(&backend, &ana).await.unwrap(), 2, "they are Ana's");
    finish(&backend, &ana, &seats(15).key).await.unwrap();
    assert_eq!(count(&backend, &ana).await.unwrap(), 1, "its order was placed");
    delete(&backend, &ana, of(&backend, &ana).await.unwrap()[0].id).await.unwrap();
    assert_eq!(count(&backend, &ana).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_draft_is_gone_after_thirty_days(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = staff(&backend, Role::Technician).await;
    keep(&backend, &ana, &seats(15)).await.unwrap();
    clock.advance(KEPT - Duration::SECOND);
    delete_expired(&backend).await.unwrap();
    assert_eq!(count(&backend, &ana).await.unwrap(), 1);
    clock.advance(Duration::SECOND);
    assert_eq!(count(&backend, &ana).await.unwrap(), 0, "before anybody tidied up");
    delete_expired(&backend).await.unwrap();
    let left = sqlx::query_scalar!("select count(*) from draft").fetch_one(&backend.pool).await.unwrap();
    assert_eq!(left, Some(0));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_draft_says_until_when_its_activation_parameters_are_kept(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = staff(&backend, Role::AccountManager).await;
    let (parameters_id, until) = (Uuid::new_v4(), backend.clock.now() + Duration::HOUR);
    sqlx::query!(
        "insert into order_draft (id, staff_id, lines, expires_at) values ($1, $2, '[]', $3)",
        parameters_id,
        ana.id,
        until
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    keep(&backend, &ana, &NewDraft { parameters_id: Some(parameters_id), ..seats(15) }).await.unwrap();
    let kept = async || of(&backend, &ana).await.unwrap().remove(0);
    assert_eq!(kept().await.parameters_until, Some(until));
    clock.advance(Duration::hours(2));
    let draft = kept().await;
    assert_eq!((draft.has_parameters, draft.parameters_until), (true, None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_that_is_no_scratch_paper_any_more_is_refused(pool: PgPool) {
    let (backend, _) = backend_and_clock(pool);
    let ana = staff(&backend, Role::Technician).await;
    let long = NewDraft { path: "x".repeat(LONGEST_PATH + 1), ..seats(15) };
    assert!(matches!(keep(&backend, &ana, &long).await, Err(Error::Conflict(_))));
    for number in 1..=100 {
        keep(&backend, &ana, &seats(number)).await.unwrap();
    }
    assert!(matches!(keep(&backend, &ana, &seats(101)).await, Err(Error::Conflict(_))));
    keep(&backend, &ana, &seats(100)).await.expect("one that is there already may be kept anew");
}
