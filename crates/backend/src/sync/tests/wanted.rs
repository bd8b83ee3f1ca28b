//! Details of subscriptions are read when somebody opens the subscription, and those somebody wants before all others.

use super::world::World;
use crate::subscriptions::{Reading, Subscription, get, look_at};
use crate::sync::{LEFT_TO_READER, sql};
use marketplace_sim::{Fault, FaultRule, Outage};
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeSet;
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::{date, datetime};

/// A running subscription of a complete copy, as if its detail had never been read.
async fn unread(world: &World) -> String {
    world.catch_up().await;
    let id =
        sqlx::query_scalar("select id from subscription where status = 'active' and seats > 0 order by id limit 1");
    let id: String = id.fetch_one(&world.backend.pool).await.unwrap();
    let sql = format!(
        "delete from product_line where subscription_id = '{id}';
         update subscription set detailed_at = null, detail_key = null, seats = null where id = '{id}'"
    );
    world.run(&sql).await;
    id
}

/// The subscription as soon as it is no longer being read.
async fn settled(world: &World, id: &str) -> Subscription {
    let settled = async {
        loop {
            let subscription = get(&world.backend, id).await.unwrap();
            if subscription.reading != Reading::UnderWay {
                return subscription;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), settled).await.unwrap()
}

async fn opened(world: &World, id: &str) -> Reading {
    look_at(&world.backend, id).await.unwrap().reading
}

/// The calls for details that `act` makes.
async fn details_of(world: &World, act: impl Future<Output = ()>) -> u64 {
    world.calls_of(act).await.get("getSubscription").copied().unwrap_or(0)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_never_read_is_read_once_however_many_open_it(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    assert_eq!(get(&world.backend, &id).await.unwrap().reading, Reading::NotAskedFor);
    let calls = details_of(&world, async {
        // Each at its own process: they share the database only.
        let others: Vec<_> = (0..4).map(|_| world.backend.clone()).collect();
        let all = others.iter().map(|backend| look_at(backend, &id));
        for shown in futures::future::join_all(all).await {
            let shown = shown.unwrap();
            assert!(shown.reading == Reading::UnderWay || !shown.lines.is_empty(), "it says that it is being read");
        }
        let read = settled(&world, &id).await;
        assert_eq!((read.reading, read.is_unread()), (Reading::Done, false));
        assert!(read.seats.unwrap() > 0 && !read.lines.is_empty());
        assert_eq!(opened(&world, &id).await, Reading::Done);
    });
    assert_eq!(calls.await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_changed_since_or_is_a_day_old_is_read_again_when_it_is_opened(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    opened(&world, &id).await;
    settled(&world, &id).await;
    world.run(&format!("update subscription set list_key = 'something new' where id = '{id}'")).await;
    assert_eq!(details_of(&world, async { assert_ne!(opened(&world, &id).await, Reading::UnderWay) }).await, 0);

    world.clock.advance(time::Duration::minutes(1));
    let again = async {
        let shown = look_at(&world.backend, &id).await.unwrap();
        assert!(shown.reading == Reading::UnderWay && !shown.lines.is_empty(), "what was read before is shown");
        assert_eq!(settled(&world, &id).await.reading, Reading::Done);
    };
    assert_eq!(details_of(&world, again).await, 1);

    world.clock.advance(time::Duration::hours(25));
    let old = async {
        assert_eq!(opened(&world, &id).await, Reading::UnderWay);
        assert_eq!(settled(&world, &id).await.reading, Reading::Done);
    };
    assert_eq!(details_of(&world, old).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_over_is_not_read_and_nothing_is_without_a_connection(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    let over = sqlx::query_scalar("select id from subscription where status in ('terminated', 'removed') limit 1");
    let over: String = over.fetch_one(&world.backend.pool).await.unwrap();
    assert_eq!(opened(&world, &over).await, Reading::Done);
    world.backend.link.replace(None);
    assert_eq!(opened(&world, &id).await, Reading::NotAskedFor);
    assert_eq!(world.count("subscription where detail_wanted_at is not null").await, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_marketplace_does_not_tell_is_asked_for_again_by_people_and_not_by_the_sweep(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    world.marketplace.add_fault(FaultRule::once(Fault::NotFound, "getSubscription"));
    opened(&world, &id).await;
    assert_eq!(settled(&world, &id).await.reading, Reading::Refused);
    world.clock.advance(time::Duration::seconds(59));
    assert_eq!(details_of(&world, async { assert_eq!(opened(&world, &id).await, Reading::Refused) }).await, 0);
    world.clock.advance(time::Duration::seconds(2));
    assert_eq!(details_of(&world, world.catch_up()).await, 0, "the sweep leaves it alone for an hour");
    assert_eq!(opened(&world, &id).await, Reading::UnderWay);
    assert_eq!(settled(&world, &id).await.reading, Reading::Done);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_not_answered_is_read_by_the_sweep_once_it_is(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    world.marketplace.set_outage(Some(Outage::Maintenance));
    opened(&world, &id).await;
    let shown = settled(&world, &id).await;
    assert_eq!((shown.reading, shown.is_unread()), (Reading::Unanswered, true));
    world.marketplace.set_outage(None);
    let read = async {
        world.catch_up().await;
        assert!(get(&world.backend, &id).await.unwrap().is_unread(), "for a minute it is left to whoever reads it");
        world.clock.advance(time::Duration::seconds(61));
        world.catch_up().await;
        assert_eq!(get(&world.backend, &id).await.unwrap().reading, Reading::Done);
    };
    assert_eq!(details_of(&world, read).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_a_stop_broke_off_is_read_by_the_process_that_keeps_the_copy(pool: PgPool) {
    let world = World::new(pool).await;
    let id = unread(&world).await;
    // Up to date as far as the list tells, so nothing but the wish has it read.
    let wish = sqlx::query!(
        "update subscription set detailed_at = '2026-01-01', detail_key = list_key, detail_wanted_at = $2 where id = $1",
        id,
        world.backend.clock.now(),
    );
    wish.execute(&world.backend.pool).await.unwrap();
    world.clock.advance(time::Duration::seconds(61));
    assert_eq!(details_of(&world, world.catch_up()).await, 1);
    assert!(get(&world.backend, &id).await.unwrap().seats.is_some());
    assert_eq!(details_of(&world, world.catch_up()).await, 0, "once");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_to_be_read_is_of_one_kind_and_those_of_a_kind_have_their_order(pool: PgPool) {
    let world = World::new(pool).await;
    world
        .run(
            "insert into subscription (id, customer_id, name, status, renews_on, list_key, detail_key, detailed_at,
                 detail_wanted_at, detail_failed_at, attributes, as_of) values
             ('never, soon', 'c', '', 'active', '2026-12-01', 'new', null, null, null, null, '{}', now()),
             ('never, past', 'c', '', 'hold', '2026-11-01', 'new', null, null, null, null, '{}', now()),
             ('never, late', 'c', '', 'active', '2027-11-01', 'new', null, null, null, null, '{}', now()),
             ('never, no day', 'c', '', 'pending', null, 'new', null, null, null, null, '{}', now()),
             ('changed, lately', 'c', '', 'active', '2026-11-24', 'new', 'old', '2026-11-20', null, null, '{}', now()),
             ('changed, held', 'c', '', 'hold', '2027-10-01', 'new', 'old', '2026-11-10', null, null, '{}', now()),
             ('outdated', 'c', '', 'active', null, 'new', null, '2026-11-01', null, null, '{}', now()),
             ('unchanged', 'c', '', 'active', '2026-12-01', 'new', 'new', '2026-11-01', null, null, '{}', now()),
             ('over', 'c', '', 'removed', '2026-12-01', 'new', null, null, '2026-11-02', null, '{}', now()),
             ('being read', 'c', '', 'active', '2026-12-01', 'new', null, null, '2026-11-23 12:00Z', null, '{}', now()),
             ('wanted, fine', 'c', '', 'active', null, 'new', 'new', '2026-11-01', '2026-11-23 11:00Z', null, '{}', now()),
             ('wanted, old', 'c', '', 'active', null, 'new', null, null, '2026-11-23 10:00Z', '2026-11-23', '{}', now()),
             ('wanted, read', 'c', '', 'active', null, 'new', 'new', '2026-11-23 11:00Z', '2026-11-23 11:00Z', null, '{}', now()),
             ('refused', 'c', '', 'active', null, 'new', null, null, '2026-11-23 11:30Z', '2026-11-23 11:31Z', '{}', now())",
        )
        .await;
    let (now, soon) = (datetime!(2026-11-23 12:00:30 UTC), date!(2026 - 12 - 23));
    let mut db = world.backend.pool.acquire().await.unwrap();
    let ids = |due: Vec<sql::details::Due>| due.into_iter().map(|due| due.id).collect::<Vec<_>>();
    let wanted = ids(sql::details::wanted_subscriptions(&mut db, now, 10).await.unwrap());
    assert_eq!(wanted, ["wanted, old", "wanted, fine"]);
    let changed = ids(sql::details::changed_subscriptions(&mut db, now, 10).await.unwrap());
    assert_eq!(changed, ["outdated", "changed, held", "changed, lately"]);
    let renewing = ids(sql::details::renewing_subscriptions(&mut db, soon, now, 10).await.unwrap());
    assert_eq!(renewing, ["never, past", "never, soon"]);
    let unread = ids(sql::details::unread_subscriptions(&mut db, soon, now, 10).await.unwrap());
    assert_eq!(unread, ["never, late", "never, no day", "wanted, old"]);
    // The refused one waits for an hour. The one being read may turn out not to be.
    assert_eq!(sql::details::count_subscriptions(&mut db, now).await.unwrap(), 10);
}

/// Whatever a subscription may be: every status, what the list says and the detail, when it was wanted, read and refused,
/// before, at and after each moment that counts.
const EVERY_KIND: &str = "insert into subscription (id, customer_id, name, status, renews_on, list_key, detail_key, detailed_at,
         detail_wanted_at, detail_failed_at, attributes, as_of)
     select row_number() over ()::text, 'c', '', status, renews_on, 'new', detail_key, detailed_at, wanted_at, failed_at, '{}', now()
     from unnest(array['active', 'hold', 'terminated', 'removed']) status,
         unnest(array['2026-12-01', '2027-12-01', null]::date[]) renews_on,
         unnest(array['new', 'old', null]) detail_key,
         unnest(array['2026-11-22 12:00Z', '2026-11-23 10:45Z', null]::timestamptz[]) detailed_at,
         unnest(array['2026-11-23 10:30Z', '2026-11-23 11:58:59Z', '2026-11-23 11:59Z', '2026-11-23 11:59:30Z', null]
             ::timestamptz[]) wanted_at,
         unnest(array['2026-11-23 10:15Z', '2026-11-23 11:00Z', '2026-11-23 11:00:01Z', '2026-11-23 11:59:45Z', null]
             ::timestamptz[]) failed_at";

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn as_many_are_counted_as_are_to_be_read(pool: PgPool) {
    let world = World::new(pool).await;
    world.run(EVERY_KIND).await;
    let now = datetime!(2026-11-23 12:00 UTC);
    let all = world.count("subscription").await;
    let mut db = world.backend.pool.acquire().await.unwrap();
    let counted = sql::details::count_subscriptions(&mut db, now).await.unwrap();
    let wanted = ids(sql::details::wanted_subscriptions(&mut db, now, all).await.unwrap());
    let due = due_for_the_list(&mut db, now, all).await;
    // What is being read for somebody is left to whoever reads it, and counts until it is read.
    let being_read = now - LEFT_TO_READER;
    let leave =
        sqlx::query!("update subscription set detail_wanted_at = null where detail_wanted_at >= $1", being_read);
    leave.execute(&mut *db).await.unwrap();
    let due_without_readers = due_for_the_list(&mut db, now, all).await;
    assert!(due.is_subset(&due_without_readers) && due != due_without_readers, "some are left to who reads them");
    assert!(!wanted.is_subset(&due_without_readers), "some are wanted only");
    let outstanding = wanted.union(&due_without_readers).count();
    assert_eq!(usize::try_from(counted).unwrap(), outstanding, "of {all}");
}

/// Those that are to be read because of what the list says.
async fn due_for_the_list(db: &mut PgConnection, now: OffsetDateTime, all: i64) -> BTreeSet<String> {
    let soon = date!(2026 - 12 - 23);
    let mut due = ids(sql::details::changed_subscriptions(db, now, all).await.unwrap());
    due.extend(ids(sql::details::renewing_subscriptions(db, soon, now, all).await.unwrap()));
    due.extend(ids(sql::details::unread_subscriptions(db, soon, now, all).await.unwrap()));
    due
}

fn ids(due: Vec<sql::details::Due>) -> BTreeSet<String> {
    due.into_iter().map(|due| due.id).collect()
}
