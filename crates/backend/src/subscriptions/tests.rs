//! Filters, paging and details, on a real database.

mod updating;

use super::*;
use crate::test_support::backend;
use sqlx::PgPool;
use std::collections::BTreeSet;

async fn insert(pool: &PgPool, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap();
}

/// Six subscriptions, one in each corner of the filters. The clock stands at 2 March 2026.
async fn six(pool: &PgPool) {
    insert(
        pool,
        "insert into customer (id, name, status, contacts, attributes, as_of)
         values ('c1', 'Aldgate Dental', 'active', '[]', '{}', now());
         insert into subscription (id, customer_id, name, status, auto_renew, renews_on, term_type, term_length, vendor,
             seats, attributes, as_of) values
         ('1', 'c1', 'Mail 100%', 'active', true, '2026-03-20', 'year', 1, 'Microsoft', 12, '{}', now()),
         ('2', 'c1', 'Backup', 'pending', false, '2026-03-31', 'month', 12, 'Acronis', 3, '{}', now()),
         ('3', 'c2', 'Mail 1000', 'hold', true, '2026-04-30', 'month', 1, 'Microsoft', null, '{}', now()),
         ('4', 'c2', 'Mail', 'removed', true, '2026-03-10', 'month', 1, 'Microsoft', 5, '{}', now()),
         ('5', 'c1', 'Design', 'terminated', null, null, null, null, null, null, '{}', now()),
         ('6', 'c1', 'Mail', 'active', null, '2026-02-27', 'unknown', 1, null, null, '{}', now());",
    )
    .await;
}

async fn ids(backend: &Backend, filter: SubscriptionFilter) -> String {
    let page = page(backend, &ListRequest::default(), &filter).await.unwrap();
    let ids: BTreeSet<String> = page.rows.into_iter().map(|row| row.id).collect();
    ids.into_iter().collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn ended_subscriptions_are_listed_only_when_asked_for(pool: PgPool) {
    six(&pool).await;
    let backend = backend(pool);
    let by_status = |status| SubscriptionFilter { status, ..Default::default() };
    assert_eq!(ids(&backend, SubscriptionFilter::default()).await, "1236");
    assert_eq!(ids(&backend, by_status(StatusFilter::Any)).await, "123456");
    assert_eq!(ids(&backend, by_status(StatusFilter::Exactly("removed".into()))).await, "4");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_filter_keeps_what_it_names(pool: PgPool) {
    six(&pool).await;
    let backend = backend(pool);
    let any = || SubscriptionFilter { status: StatusFilter::Any, ..Default::default() };
    let cases = [
        (SubscriptionFilter { search: Some("mail 100%".into()), ..any() }, "1"),
        (SubscriptionFilter { customer_id: Some("c2".into()), ..any() }, "34"),
        (SubscriptionFilter { vendor: Some("Acronis".into()), ..any() }, "2"),
        (SubscriptionFilter { renews_within_days: Some(29), ..any() }, "124"),
        (SubscriptionFilter { renews_within_days: Some(28), ..any() }, "14"),
        (SubscriptionFilter { auto_renew: Some(false), ..any() }, "2"),
        (SubscriptionFilter { term: Some(TermFilter::YearOrMore), ..any() }, "12"),
        (SubscriptionFilter { term: Some(TermFilter::Shorter), ..any() }, "34"),
    ];
    for (filter, expected) in cases {
        assert_eq!(ids(&backend, filter.clone()).await, expected, "{filter:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn paging_visits_every_row_once_forwards_and_backwards(pool: PgPool) {
    // 137 rows: more than two pages, with ties in every sort and nulls in those that allow them.
    insert(
        &pool,
        "insert into subscription (id, customer_id, name, status, renews_on, created_on, seats, attributes, as_of)
         select n::text, 'c', (array['Mail', 'mail', 'Ümlaut', ''])[n % 4 + 1], (array['active', 'hold'])[n % 2 + 1],
             case when n % 3 > 0 then date '2026-03-01' + n % 7 end, case when n % 5 > 0 then date '2020-01-01' + n % 2 end,
             case when n % 4 > 0 then n % 6 end, '{}', now()
         from generate_series(1, 137) as n",
    )
    .await;
    let backend = backend(pool);
    for sort in LIST.sorts {
        for reversed in [false, true] {
            let request = ListRequest { sort: Some(sort.name.to_owned()), reversed, cursor: None };
            let forwards = walk(&backend, request.clone(), |page| page.next.clone()).await;
            assert_eq!(forwards.iter().collect::<BTreeSet<_>>().len(), 137, "{} forwards", sort.name);
            assert_eq!(forwards.len(), 137, "{} forwards", sort.name);
            let back = backwards(&backend, request).await;
            assert_eq!(back, forwards, "{} backwards", sort.name);
        }
    }
}

/// The keys of all pages, from `request` on.
async fn walk(
    backend: &Backend,
    mut request: ListRequest,
    next: impl Fn(&Page<SubscriptionRow>) -> Option<crate::list::Cursor>,
) -> Vec<String> {
    let mut visited = Vec::new();
    loop {
        let page = page(backend, &request, &SubscriptionFilter::default()).await.unwrap();
        request.cursor = next(&page);
        visited.extend(page.rows.into_iter().map(|row| row.id));
        if request.cursor.is_none() {
            return visited;
        }
    }
}

/// The keys in order, gathered from the last page to the first.
async fn backwards(backend: &Backend, mut request: ListRequest) -> Vec<String> {
    let filter = SubscriptionFilter::default();
    let mut current = page(backend, &request, &filter).await.unwrap();
    while let Some(next) = current.next.clone() {
        request.cursor = Some(next);
        current = page(backend, &request, &filter).await.unwrap();
    }
    let mut visited: Vec<String> = Vec::new();
    loop {
        visited.splice(..0, current.rows.iter().map(|row| row.id.clone()));
        let Some(previous) = current.previous.clone() else { return visited };
        request.cursor = Some(previous);
        current = page(backend, &request, &filter).await.unwrap();
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_terms_of_a_year_or_more_need_a_decision(pool: PgPool) {
    six(&pool).await;
    let backend = backend(pool);
    let due: Vec<String> = renewing(&backend, None, 30, 10).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(due, ["1"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_vendor_is_named_once(pool: PgPool) {
    six(&pool).await;
    assert_eq!(vendors(&backend(pool)).await.unwrap(), ["Acronis", "Microsoft"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_without_its_detail_says_so_and_costs_can_be_left_out(pool: PgPool) {
    six(&pool).await;
    insert(
        &pool,
        "update subscription set detailed_at = now(), cost_amount = 80, cost_currency = 'USD' where id = '1';
         insert into product_line values ('1', 0, 'p', 'm', 'Microsoft', 'Mail', 12, 10.5, 8, 126, 'USD', 'USD', null)",
    )
    .await;
    let backend = backend(pool);
    assert_eq!(get(&backend, "3").await.unwrap().detailed_at, None);
    assert!(matches!(get(&backend, "7").await, Err(Error::NotFound(_))));
    let subscription = get(&backend, "1").await.unwrap();
    assert_eq!(subscription.lines[0].unit_cost.map(domain::Money::display).as_deref(), Some("8.00 USD"));
    let shown = subscription.without_costs();
    assert_eq!((shown.cost, shown.lines[0].unit_cost), (None, None));
    assert_eq!(shown.lines[0].extended_price.map(domain::Money::display).as_deref(), Some("126.00 USD"));
}
