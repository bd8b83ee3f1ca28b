use super::*;
use crate::ManualClock;
use futures::future::join_all;
use time::macros::datetime;

const START: OffsetDateTime = datetime!(2026-11-23 9:00 UTC);

fn budget(pool: &PgPool, limits: Limits) -> (Arc<ManualClock>, Budget) {
    let clock = Arc::new(ManualClock::at(START));
    (clock.clone(), Budget::new(pool.clone(), clock, limits))
}

fn per_minute(limit: u32) -> Limits {
    Limits { per_minute: Some(limit), per_day: None }
}

async fn admitted(budget: &Budget, tries: usize, priority: Priority) -> usize {
    let tries = join_all((0..tries).map(|_| budget.try_admit("test", priority))).await;
    tries.into_iter().filter(|admission| matches!(admission, Ok(Admission::Admitted))).count()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn callers_at_once_never_exceed_the_window(pool: PgPool) {
    let (clock, one_process) = budget(&pool, per_minute(20));
    let another = Budget::new(pool.clone(), clock.clone(), per_minute(20));
    let both = tokio::join!(admitted(&one_process, 15, Priority::People), admitted(&another, 15, Priority::People));
    assert_eq!(both.0 + both.1, 19);

    clock.advance(Duration::seconds(60));
    assert_eq!(admitted(&another, 5, Priority::People).await, 0);
    clock.advance(Duration::seconds(1));
    assert_eq!(admitted(&another, 30, Priority::People).await, 19);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn no_minute_of_a_busy_hour_holds_more_calls_than_allowed(pool: PgPool) {
    let (clock, budget) = budget(&pool, per_minute(10));
    let mut calls = Vec::new();
    for second in 0..600 {
        let priority = if second % 7 == 0 { Priority::People } else { Priority::Background };
        for _ in 0..admitted(&budget, 2, priority).await {
            calls.push(second);
        }
        clock.advance(Duration::seconds(1));
    }
    let fullest =
        calls.iter().map(|start| calls.iter().filter(|call| (0..60).contains(&(**call - start))).count()).max();
    assert_eq!(fullest, Some(9));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn people_get_through_while_background_work_takes_all_it_can(pool: PgPool) {
    let (_, budget) = budget(&pool, Limits::default());
    assert_eq!(admitted(&budget, 60, Priority::Background).await, 51);
    assert_eq!(admitted(&budget, 60, Priority::People).await, 6);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_day_is_limited_too_and_a_tenth_of_it_is_for_people(pool: PgPool) {
    let (clock, budget) = budget(&pool, Limits { per_minute: None, per_day: Some(20) });
    assert_eq!(admitted(&budget, 30, Priority::Background).await, 18);
    assert_eq!(admitted(&budget, 30, Priority::People).await, 2);
    clock.advance(Duration::hours(24));
    assert_eq!(admitted(&budget, 1, Priority::People).await, 0);
    clock.advance(Duration::minutes(1));
    assert_eq!(admitted(&budget, 1, Priority::People).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn when_the_marketplace_asks_for_quiet_every_process_keeps_it(pool: PgPool) {
    let (clock, one_process) = budget(&pool, Limits::default());
    let another = Budget::new(pool.clone(), clock.clone(), Limits { per_minute: None, per_day: None });
    one_process.close_for(Duration::seconds(30)).await.unwrap();
    one_process.close_for(Duration::seconds(10)).await.unwrap();

    let until = START + Duration::seconds(30);
    let refused = another.wait_for_place("test", Priority::People).await.unwrap();
    assert_eq!(refused, Admission::NotBefore(until), "longer than a person waits, so told at once");
    clock.advance(Duration::seconds(30));
    assert_eq!(another.wait_for_place("test", Priority::People).await.unwrap(), Admission::Admitted);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refusal_says_when_there_will_be_a_place(pool: PgPool) {
    let (clock, budget) = budget(&pool, per_minute(4));
    assert_eq!(admitted(&budget, 1, Priority::People).await, 1);
    clock.advance(Duration::seconds(5));
    assert_eq!(admitted(&budget, 2, Priority::People).await, 2);
    let refused = budget.wait_for_place("test", Priority::People).await.unwrap();
    assert_eq!(refused, Admission::NotBefore(START + Duration::seconds(61)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn calls_are_forgotten_after_two_days(pool: PgPool) {
    let (clock, budget) = budget(&pool, Limits::default());
    assert_eq!(admitted(&budget, 3, Priority::People).await, 3);
    clock.advance(Duration::days(3));
    assert_eq!(admitted(&budget, 1, Priority::People).await, 1);
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(sql::nth_newest(&mut db, 2).await.unwrap(), None);
}
