//! Resellers below the account: their customers and orders are copied as theirs, with few calls, and what is refused is
//! understood.

use super::world::World;
use crate::sync::lead::Lead;
use crate::sync::{Collection, Rhythm, SyncState, catch_up, sweep};
use futures::TryStreamExt;
use marketplace::models::{Address, ContactPerson, ContactType, CustomerRequest};
use marketplace::{CustomerFilter, Listing, OrderFilter, ResellerCustomers, ResellerFilter, ResellerOrders};
use marketplace_sim::{Config, Fault, FaultRule, Outage};
use sqlx::PgPool;
use std::collections::BTreeMap;

async fn world(pool: PgPool, resellers: u32) -> World {
    World::with(pool, Config { resellers, ..Config::for_tests() }).await
}

/// The ids of a list of the marketplace, in order.
async fn listed<L: Listing>(world: &World, list: L, id: fn(&L::Row) -> &str) -> Vec<String> {
    let pages: Vec<_> = world.backend.marketplace().unwrap().pages(list).try_collect().await.unwrap();
    let mut ids: Vec<_> = pages.iter().flat_map(|page| &page.data).map(|row| id(row).to_owned()).collect();
    ids.sort();
    ids
}

/// The ids the copy holds of one reseller, or of the account itself.
async fn copied(world: &World, table: &str, reseller: Option<&str>) -> Vec<String> {
    let query = format!("select id from {table} where reseller_id is not distinct from $1 order by id");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(reseller).fetch_all(&world.backend.pool).await.unwrap()
}

async fn of_resellers(world: &World, act: impl Future<Output = ()>) -> BTreeMap<&'static str, u64> {
    let mut calls = world.calls_of(act).await;
    calls.retain(|operation, _| operation.contains("Reseller"));
    calls
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn customers_and_orders_of_resellers_are_copied_and_not_mixed_with_the_account_s_own(pool: PgPool) {
    let world = world(pool, 2).await;
    let calls = of_resellers(&world, world.catch_up()).await;
    let expected = [("getResellerCustomers", 2), ("getResellerOrders", 2), ("getResellers", 1)];
    assert_eq!(calls.into_iter().collect::<Vec<_>>(), expected);

    let resellers = listed(&world, ResellerFilter::default(), |reseller| reseller.id.as_str()).await;
    assert_eq!(resellers.len(), 2);
    for id in &resellers {
        let all = ResellerCustomers { reseller: id.as_str().into(), name: None, email: None, external_id: None };
        let customers = listed(&world, all, |customer| customer.id.as_str()).await;
        assert!(customers.len() > 3);
        assert_eq!(copied(&world, "customer", Some(id)).await, customers);
        let all = ResellerOrders {
            reseller: id.as_str().into(),
            customer: None,
            subscription: None,
            status: None,
            created_from: None,
            created_to: None,
        };
        let orders = listed(&world, all, |order| order.id.as_str()).await;
        assert!(orders.len() > 10);
        assert_eq!(copied(&world, "marketplace_order", Some(id)).await, orders);
    }
    let own = listed(&world, CustomerFilter::default(), |customer| customer.id.as_str()).await;
    assert_eq!(copied(&world, "customer", None).await, own);
    let own = listed(&world, OrderFilter::default(), |order| order.id.as_str()).await;
    assert_eq!(copied(&world, "marketplace_order", None).await, own);
    let detailed = "marketplace_order where reseller_id is not null and detailed_at is not null";
    assert_eq!(world.count(detailed).await, 0, "details of their orders are read when somebody opens one");
    assert_eq!(world.count("reseller where customers_as_of is null or orders_as_of is null").await, 0);
    let row = world.progress_of(Collection::Resellers).await;
    let below = "(select id from reseller union all select id from customer where reseller_id is not null \
                  union all select id from marketplace_order where reseller_id is not null) as rows";
    assert_eq!((i64::from(row.done), row.total), (world.count(below).await, Some(row.done)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_next_sweep_reads_new_orders_and_looks_for_older_ones_that_are_open(pool: PgPool) {
    let world = world(pool, 2).await;
    world.catch_up().await;
    let before = (world.count("customer").await, world.count("marketplace_order").await);
    let older = "(select distinct reseller_id, status from marketplace_order where reseller_id is not null \
                  and status in ('submitted', 'processing') and created_at < '2026-11-22T12:00Z') as lists";
    let looked_for = u64::try_from(world.count(older).await).unwrap();
    assert!(looked_for > 0, "an order that waits for its renewal, for one");

    world.advance_past_every_interval();
    let calls = world.calls_of(world.catch_up()).await;
    assert_eq!((calls["getResellers"], calls["getResellerCustomers"]), (1, 2));
    assert_eq!(calls["getResellerOrders"], 2 + looked_for);
    assert_eq!(calls.get("getOrderDetails"), None);
    assert_eq!((world.count("customer").await, world.count("marketplace_order").await), before);
    assert_eq!(world.progress_of(Collection::Resellers).await.changed, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_open_order_of_a_reseller_that_was_settled_is_noticed_with_one_call(pool: PgPool) {
    let world = world(pool, 1).await;
    world.catch_up().await;
    let id = sqlx::query_scalar!(
        "update marketplace_order set status = 'processing' where id = (select id from marketplace_order
         where reseller_id is not null and status = 'completed' and created_at < '2026-11-01'
         order by created_at desc limit 1) returning id"
    );
    let id = id.fetch_one(&world.backend.pool).await.unwrap();
    world.advance_past_every_interval();
    let calls = world.calls_of(world.catch_up()).await;
    assert_eq!(calls.get("getOrderDetails"), Some(&1));
    let order = sqlx::query!("select status, reseller_id from marketplace_order where id = $1", id);
    let order = order.fetch_one(&world.backend.pool).await.unwrap();
    assert_eq!((order.status.as_str(), order.reseller_id.is_some()), ("completed", true));
}

fn company(nth: usize) -> CustomerRequest {
    let text = |text: &str| Some(text.to_owned());
    CustomerRequest {
        name: Some(format!("Company {nth}")),
        language: text("en_US"),
        address: Some(Address {
            street_address: text("1 Kiln Street"),
            postal_code: text("69001"),
            city: text("Lyon"),
            country_code: text("FR"),
            ..Address::default()
        }),
        contact_persons: vec![ContactPerson {
            kind: Some(ContactType::Admin),
            first_name: text("Ines"),
            last_name: text("Hexley"),
            email: text("ines@tarrow.example"),
            phone_number: text("33#4#55501000#"),
            ..ContactPerson::default()
        }],
        ..CustomerRequest::default()
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_sweep_goes_on_at_the_list_and_the_page_it_stopped_at(pool: PgPool) {
    let world = world(pool, 2).await;
    let first = listed(&world, ResellerFilter::default(), |reseller| reseller.id.as_str()).await.remove(0);
    let client = world.backend.marketplace().unwrap();
    for nth in 0..500 {
        client.create_customer_of(&first.as_str().into(), &company(nth)).await.unwrap();
    }
    let mut lead = Lead::take(&world.backend.pool).await.unwrap();
    let mut page = async || sweep::next_page(&world.backend, &mut lead.db, Collection::Resellers).await;
    page().await.unwrap();
    page().await.unwrap();
    assert_eq!(copied(&world, "customer", Some(&first)).await.len(), 500, "the first of two pages");
    world.marketplace.set_outage(Some(Outage::Reset));
    page().await.unwrap_err();
    world.marketplace.set_outage(None);
    assert_eq!(world.progress_of(Collection::Resellers).await.state, SyncState::Running);

    let rest = of_resellers(&world, async {
        for _ in 0..4 {
            page().await.unwrap();
        }
    })
    .await;
    let expected = [("getResellerCustomers", 2), ("getResellerOrders", 2)];
    assert_eq!(rest.into_iter().collect::<Vec<_>>(), expected, "neither the list nor the first page is read again");
    let row = world.progress_of(Collection::Resellers).await;
    assert_eq!((row.state, row.calls), (SyncState::Idle, 6));
    assert!(copied(&world, "customer", Some(&first)).await.len() > 500);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_account_that_is_refused_the_list_has_no_resellers(pool: PgPool) {
    let world = world(pool, 0).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Forbidden, "getResellers"));
    let calls = of_resellers(&world, world.catch_up()).await;
    assert_eq!(calls.into_iter().collect::<Vec<_>>(), [("getResellers", 1)]);
    let row = world.progress_of(Collection::Resellers).await;
    assert_eq!((row.state, row.done, row.total, row.error), (SyncState::Idle, 0, Some(0), None));
    assert_eq!(row.as_of, Some(world.marketplace.now()));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refusal_where_there_were_resellers_is_a_failure_and_loses_none(pool: PgPool) {
    let world = world(pool, 2).await;
    world.catch_up().await;
    world.advance_past_every_interval();
    world.marketplace.add_fault(FaultRule::once(Fault::Forbidden, "getResellers"));
    catch_up(&world.backend, &Rhythm::default()).await.unwrap_err();
    assert_eq!(world.count("reseller").await, 2);
    assert!(world.progress_of(Collection::Resellers).await.unfinished(), "tried again");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_whose_orders_are_refused_does_not_keep_the_others_waiting(pool: PgPool) {
    let world = world(pool, 2).await;
    world.marketplace.add_fault(FaultRule::once(Fault::Forbidden, "getResellerOrders"));
    world.catch_up().await;
    let unread = "select id from reseller where orders_as_of is null";
    let unread: Vec<String> = sqlx::query_scalar(unread).fetch_all(&world.backend.pool).await.unwrap();
    let [unread] = &unread[..] else { panic!("one of two, not {unread:?}") };
    let row = world.progress_of(Collection::Resellers).await;
    assert_eq!(row.state, SyncState::Idle);
    let error = row.error.unwrap();
    assert!(error.starts_with(&format!("reseller {unread}: ")) && error.contains("403"), "{error}");
    assert_eq!(
        world.count("(select distinct reseller_id from marketplace_order where reseller_id is not null) o").await,
        1
    );

    world.advance_past_every_interval();
    world.catch_up().await;
    assert_eq!(world.progress_of(Collection::Resellers).await.error, None);
    assert_eq!(
        world.count("(select distinct reseller_id from marketplace_order where reseller_id is not null) o").await,
        2
    );
}
