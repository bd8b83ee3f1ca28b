//! "My customers" on every list.

use crate::customers::{self, CustomerFilter};
use crate::list::{Count, ListRequest};
use crate::matching::set_managers;
use crate::order_list::{self, OrderFilter};
use crate::staff::Staff;
use crate::subscriptions::{self, StatusFilter, SubscriptionFilter};
use crate::test_support::{backend, staff};
use crate::{Backend, activity, overview};
use domain::Role;
use sqlx::PgPool;
use std::collections::BTreeSet;

/// 130 customers with a subscription and an order each; every other one is looked after by the first staff member.
async fn world(pool: PgPool) -> (Backend, Staff, Staff) {
    let backend = backend(pool);
    let (me, other) = (staff(&backend, Role::AccountManager).await, staff(&backend, Role::AccountManager).await);
    sqlx::raw_sql(
        "insert into customer (id, name, status, contacts, attributes, as_of)
         select 'c' || n, 'Customer ' || n % 7, 'active', '[]', '{}', now() from generate_series(1, 130) n;
         insert into subscription (id, customer_id, name, status, seats, renews_on, term_type, term_length, auto_renew,
             detailed_at, attributes, as_of)
         select 's' || n, 'c' || n, 'Mail', (array['active', 'hold'])[n % 3 % 2 + 1], 2, '2026-03-20', 'year', 1, true,
             now(), '{}', now() from generate_series(1, 130) n;
         insert into marketplace_order (id, kind, customer_id, status, created_at, provisioned_at, attributes, as_of)
         select 'o' || n, 'sales', 'c' || n, (array['completed', 'error', 'processing'])[n % 3 + 1], '2026-03-01 12:00Z',
             '2026-03-02 08:00Z', '{}', now() from generate_series(1, 130) n",
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    sqlx::query!(
        "insert into customer_manager select 'c' || n, $1, now(), $1 from generate_series(2, 130, 2) n",
        me.id
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    (backend, me, other)
}

/// Follows the pages of a list to its end.
async fn walk<T>(
    page: impl AsyncFn(ListRequest) -> crate::list::Page<T>,
    key: impl Fn(&T) -> &str,
) -> (Count, Vec<String>) {
    let (mut request, mut visited) = (ListRequest::default(), Vec::new());
    loop {
        let page = page(request.clone()).await;
        visited.extend(page.rows.iter().map(|row| key(row).to_owned()));
        match page.next {
            Some(next) => request.cursor = Some(next),
            None => return (page.count, visited),
        }
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_list_shows_count_and_pages_of_my_customers_only(pool: PgPool) {
    let (backend, me, _) = world(pool).await;
    let mine = |letter: &str| -> BTreeSet<String> { (2..=130).step_by(2).map(|n| format!("{letter}{n}")).collect() };
    let managed_by = Some(me.id);
    let customers = walk(
        async |request| {
            customers::page(&backend, &request, &CustomerFilter { managed_by, ..Default::default() }).await.unwrap()
        },
        |row| &row.id,
    );
    let subscriptions = walk(
        async |request| {
            let filter = SubscriptionFilter { status: StatusFilter::Any, managed_by, ..Default::default() };
            subscriptions::page(&backend, &request, &filter).await.unwrap()
        },
        |row| &row.id,
    );
    let orders = walk(
        async |request| {
            order_list::page(&backend, &request, &OrderFilter { managed_by, ..Default::default() }).await.unwrap()
        },
        |row| &row.id,
    );
    for (letter, (count, visited)) in [("c", customers.await), ("s", subscriptions.await), ("o", orders.await)] {
        assert_eq!(count, Count::Exactly(65), "{letter}");
        assert_eq!(visited.len(), 65, "nobody is shown twice: {letter}");
        assert_eq!(visited.into_iter().collect::<BTreeSet<_>>(), mine(letter));
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_filter_goes_with_the_others_and_nobody_assigned_means_nothing_listed(pool: PgPool) {
    let (backend, me, other) = world(pool).await;
    let ids = async |filter: CustomerFilter| -> Vec<String> {
        let page = customers::page(&backend, &ListRequest::default(), &filter).await.unwrap();
        page.rows.into_iter().map(|row| row.id).collect()
    };
    let named = |managed_by| CustomerFilter { search: Some("c13".into()), managed_by, ..CustomerFilter::default() };
    assert_eq!(ids(named(None)).await, ["c130", "c13"]);
    assert_eq!(ids(named(Some(me.id))).await, ["c130"]);
    assert_eq!(ids(named(Some(other.id))).await, [""; 0]);
    set_managers(&backend, &me, "c130", &[me.id, other.id]).await.unwrap();
    let page = customers::page(&backend, &ListRequest::default(), &named(Some(other.id))).await.unwrap();
    assert_eq!(page.rows[0].managers, ["Test account manager"; 2], "the list names them");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn all_of_my_overview_is_about_my_customers(pool: PgPool) {
    let (backend, me, other) = world(pool).await;
    let all = overview::get(&backend, None).await.unwrap();
    let mine = overview::get(&backend, Some(me.id)).await.unwrap();
    assert_eq!((all.figures.customers, mine.figures.customers), (130, 65));
    // Two of three are active, one of three is processing; every other one is mine.
    let count = async |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(&backend.pool).await.unwrap();
    let active = "select count(*) from subscription where status = 'active' and right(customer_id, 1)::int % 2 = 0";
    assert_eq!(mine.figures.active_subscriptions, count(active).await);
    assert_eq!(mine.figures.seats, 2 * mine.figures.active_subscriptions);
    assert_eq!(mine.decisions.renewing, mine.figures.active_subscriptions);
    let open =
        "select count(*) from marketplace_order where status = 'processing' and right(customer_id, 1)::int % 2 = 0";
    assert_eq!(mine.figures.open_orders, count(open).await);
    assert!(mine.figures.open_orders < all.figures.open_orders && mine.decisions.renewing < all.decisions.renewing);
    let is_mine = |id: &str| id[1..].parse::<u32>().unwrap() % 2 == 0;
    let shown = mine.decisions.rows.iter().map(|row| &row.customer_id);
    let shown: Vec<&String> =
        shown.chain(mine.failed.iter().chain(&mine.completed).map(|order| &order.customer_id)).collect();
    assert_eq!(shown.len(), 24, "each panel is full");
    assert!(shown.iter().all(|id| is_mine(id)), "{shown:?}");
    let nobody = overview::get(&backend, Some(other.id)).await.unwrap();
    assert_eq!((nobody.figures.customers, nobody.figures.open_orders, nobody.failed.len()), (0, 0, 0));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn activity_and_orders_placed_here_are_kept_apart_too(pool: PgPool) {
    let (backend, me, other) = world(pool).await;
    set_managers(&backend, &me, "c1", &[other.id]).await.unwrap();
    set_managers(&backend, &me, "c2", &[me.id, other.id]).await.unwrap();
    let about = |rows: Vec<activity::Activity>| rows.into_iter().map(|row| row.subject_id).collect::<Vec<_>>();
    assert_eq!(about(activity::of_managed(&backend, me.id, 10).await.unwrap()), ["c2"]);
    assert_eq!(about(activity::of_managed(&backend, other.id, 10).await.unwrap()), ["c2", "c1"]);
    for customer in ["c1", "c2"] {
        sqlx::query!(
            "insert into intent (id, kind, state, customer_id, body, lines, estimate, estimated_at, requested_by,
                 form_token, created_at)
             values (gen_random_uuid(), 'sales', 'approved', $1, '{}', '[]', '{}', now(), $2, gen_random_uuid(), now())",
            customer,
            me.id,
        )
        .execute(&backend.pool)
        .await
        .unwrap();
    }
    let open = order_list::open(&backend, Some(me.id)).await.unwrap();
    assert_eq!(open.iter().map(|order| order.customer_id.as_str()).collect::<Vec<_>>(), ["c2"]);
    assert_eq!(order_list::open(&backend, None).await.unwrap().len(), 2);
}
