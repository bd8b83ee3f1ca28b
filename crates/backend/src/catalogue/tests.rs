use super::{BillingModel, BillingPolicy, ProductFilter, SwitchTime};
use super::{choices, find_for_order, plan, plans, product, products};
use crate::list::{Count, ListRequest, PAGE_SIZE};
use crate::test_support::{START, backend};
use crate::{Backend, Error, Period};
use domain::{Currency, Money};
use serde_json::{Value, json};
use sqlx::PgPool;

fn years(length: i32) -> Period {
    Period { unit: "year".to_owned(), length }
}

fn months(length: i32) -> Period {
    Period { unit: "month".to_owned(), length }
}

/// Name, vendor, term in years, billing in months, price, cost, currencies; the key and the mpn are the name.
async fn add(
    backend: &Backend,
    name: &str,
    vendor: &str,
    years: i32,
    months: i32,
    price: (i64, &str),
    cost: (i64, &str),
) {
    sqlx::query!(
        "insert into product (key, id, mpn, vendor, name, minimum, maximum, billing_model, billing_period_type, \
         billing_period_length, term_type, term_length, price_amount, price_currency, cost_amount, cost_currency, \
         prices, costs, depends_on, as_of) values ($1, 'PRD-' || $1, $1, $2, $1, 1, -1, 'chargeBeforeBillingPeriod', \
         'month', $3, 'year', $4, $5, $6, $7, $8, '[]', '[]', '[]', $9)",
        name,
        vendor,
        months,
        years,
        rust_decimal::Decimal::from(price.0),
        price.1,
        rust_decimal::Decimal::from(cost.0),
        cost.1,
        START,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
}

async fn add_plan(backend: &Backend, id: &str, name: &str, switches: Option<Value>) {
    sqlx::query!(
        "insert into plan (id, name, terms, switches, as_of, detailed_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        name,
        json!([{"type": "year", "duration": 1, "active": true}]),
        switches,
        START,
        switches.as_ref().map(|_| START),
    )
    .execute(&backend.pool)
    .await
    .unwrap();
}

async fn names(backend: &Backend, sort: &str, filter: &ProductFilter) -> Vec<String> {
    let request = ListRequest { sort: Some(sort.to_owned()), ..ListRequest::default() };
    products(backend, &request, filter).await.unwrap().rows.into_iter().map(|row| row.name).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn products_are_filtered_by_vendor_term_billing_and_any_part_of_a_number(pool: PgPool) {
    let backend = backend(pool);
    add(&backend, "Mail", "Northwind", 1, 1, (10, "USD"), (8, "USD")).await;
    add(&backend, "Mail, three years", "Northwind", 3, 1, (9, "USD"), (7, "USD")).await;
    add(&backend, "Backup", "Fabrikam", 1, 12, (90, "USD"), (70, "USD")).await;
    let only = |change: fn(&mut ProductFilter)| {
        let mut filter = ProductFilter::default();
        change(&mut filter);
        filter
    };
    let by_vendor = only(|filter| filter.vendor = Some("Fabrikam".to_owned()));
    assert_eq!(names(&backend, "name", &by_vendor).await, ["Backup"]);
    let by_term = only(|filter| filter.term = Some("3 year".to_owned()));
    assert_eq!(names(&backend, "name", &by_term).await, ["Mail, three years"]);
    let by_billing = only(|filter| filter.billing_period = Some("12 month".to_owned()));
    assert_eq!(names(&backend, "name", &by_billing).await, ["Backup"]);
    let by_id = only(|filter| filter.search = Some("prd-mail".to_owned()));
    assert_eq!(names(&backend, "name", &by_id).await, ["Mail", "Mail, three years"]);
    let offered = choices(&backend).await.unwrap();
    assert_eq!(offered.vendors, ["Fabrikam", "Northwind"]);
    assert_eq!(offered.terms, [years(1), years(3)]);
    assert_eq!(offered.billing_periods, [months(1), months(12)]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn prices_sort_by_amount_within_their_currency(pool: PgPool) {
    let backend = backend(pool);
    for (name, price) in [("A", (100, "USD")), ("B", (9, "USD")), ("C", (50, "EUR")), ("D", (11, "USD"))] {
        add(&backend, name, "Northwind", 1, 1, price, (1, "USD")).await;
    }
    assert_eq!(names(&backend, "price", &ProductFilter::default()).await, ["C", "B", "D", "A"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn products_of_one_name_follow_each_other_by_term_and_billing_period(pool: PgPool) {
    let backend = backend(pool);
    for (key, years, months) in [("a", 3, 1), ("b", 1, 12), ("c", 1, 1)] {
        add(&backend, key, "Northwind", years, months, (5, "USD"), (4, "USD")).await;
    }
    sqlx::query!("update product set name = 'Mail'").execute(&backend.pool).await.unwrap();
    for sort in ["name", "vendor"] {
        let request = ListRequest { sort: Some(sort.to_owned()), ..ListRequest::default() };
        let page = products(&backend, &request, &ProductFilter::default()).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["c", "b", "a"], "{sort}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn pages_of_products_follow_each_other_without_gap_or_repeat(pool: PgPool) {
    let backend = backend(pool);
    for number in 0..PAGE_SIZE + 3 {
        add(&backend, &format!("Product {number:03}"), "Northwind", 1, 1, (5, "USD"), (4, "USD")).await;
    }
    let request = ListRequest { sort: Some("price".to_owned()), ..ListRequest::default() };
    let first = products(&backend, &request, &ProductFilter::default()).await.unwrap();
    let second = ListRequest { cursor: first.next.clone(), ..request };
    let second = products(&backend, &second, &ProductFilter::default()).await.unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (PAGE_SIZE, 3, None));
    assert_eq!(second.count, Count::Exactly(i64::try_from(PAGE_SIZE + 3).unwrap()));
    assert!(first.rows.iter().all(|row| second.rows.iter().all(|other| other.key != row.key)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn there_is_no_margin_across_currencies(pool: PgPool) {
    let backend = backend(pool);
    add(&backend, "Same", "Northwind", 1, 1, (20, "USD"), (15, "USD")).await;
    add(&backend, "Mixed", "Northwind", 1, 1, (20, "USD"), (15, "EUR")).await;
    let same = product(&backend, "Same").await.unwrap();
    let five = Money::new(5.into(), Currency::new("USD").unwrap());
    assert_eq!(same.margin().map(|margin| (margin.amount, margin.percent)), Some((five, Some(25.into()))));
    assert_eq!(same.without_costs().margin(), None);
    assert_eq!(product(&backend, "Mixed").await.unwrap().margin(), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_product_to_order_brings_its_limits_periods_and_tiers(pool: PgPool) {
    let backend = backend(pool);
    add(&backend, "Mail", "Northwind", 1, 1, (10, "USD"), (8, "USD")).await;
    let prices = json!([
        {"currency": "USD", "amount": "9", "type": "recurring", "model": "TIERED", "lowerLimit": "100"},
        {"currency": "USD", "amount": "10", "type": "recurring", "model": "TIERED", "lowerLimit": "1"},
        {"currency": "USD", "amount": "25", "type": "setup"},
    ]);
    sqlx::query!("update product set prices = $1, depends_on = '[{\"mpn\": \"BASE\"}]'", prices)
        .execute(&backend.pool)
        .await
        .unwrap();
    let found = find_for_order(&backend, "Mail").await.unwrap();
    assert_eq!(found.limits.minimum.map(domain::Seats::get), Some(1));
    assert_eq!(found.limits.maximum, None);
    assert_eq!((found.term, found.billing_period), (Some(years(1)), Some(months(1))));
    assert_eq!(found.billing_model, Some(BillingModel::ChargeBeforeBillingPeriod));
    let tiers: Vec<String> =
        found.price_tiers.iter().map(|tier| format!("{}: {}", tier.from, tier.price.display())).collect();
    assert_eq!(tiers, ["1: 10.00 USD", "100: 9.00 USD"]);
    assert_eq!(found.setup_price.map(Money::display).as_deref(), Some("25.00 USD"));
    assert_eq!(found.depends_on[0].mpn.as_deref(), Some("BASE"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_product_that_no_order_can_name_is_refused(pool: PgPool) {
    let backend = backend(pool);
    add(&backend, "Mail", "Northwind", 1, 1, (10, "USD"), (8, "USD")).await;
    sqlx::query!("update product set id = null, mpn = null").execute(&backend.pool).await.unwrap();
    assert!(matches!(find_for_order(&backend, "Mail").await, Err(Error::Conflict(_))));
    assert!(matches!(find_for_order(&backend, "absent").await, Err(Error::NotFound("product"))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_plan_names_the_plans_it_switches_to_and_keeps_words_it_does_not_know(pool: PgPool) {
    let backend = backend(pool);
    let switches = json!([
        {"planId": 7, "subscriptionPeriod": {"type": "year", "duration": 3}, "billingPolicy": "prorate_keeping_exp_date",
         "whenEffective": "immediately"},
        {"planId": "99", "billingPolicy": "by_moonlight"},
    ]);
    add_plan(&backend, "1", "Mail", Some(switches)).await;
    add_plan(&backend, "7", "Mail and files", None).await;
    let switches = plan(&backend, "1").await.unwrap().switches.unwrap();
    assert_eq!(switches[0].target_name.as_deref(), Some("Mail and files"));
    assert_eq!(switches[0].to_term, Some(years(3)));
    assert_eq!(switches[0].billing_policy, Some(BillingPolicy::ProrateKeepingExpDate));
    assert_eq!(switches[0].effective, Some(SwitchTime::Immediately));
    assert_eq!((switches[1].target_id.as_deref(), switches[1].target_name.as_deref()), (Some("99"), None));
    assert_eq!(switches[1].billing_policy, Some(BillingPolicy::Other("by_moonlight".to_owned())));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn switches_not_read_yet_are_not_the_same_as_none(pool: PgPool) {
    let backend = backend(pool);
    add_plan(&backend, "1", "Mail", None).await;
    add_plan(&backend, "2", "Files", Some(json!([]))).await;
    assert_eq!(plan(&backend, "1").await.unwrap().switches, None);
    assert_eq!(plan(&backend, "2").await.unwrap().switches, Some(Vec::new()));
    assert!(matches!(plan(&backend, "3").await, Err(Error::NotFound("plan"))));
    let found = plans(&backend, &ListRequest::default(), Some("FIL")).await.unwrap();
    assert_eq!(found.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["2"]);
}
