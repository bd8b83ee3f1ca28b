//! What is stored of what the marketplace says, without calling it.

use crate::sync::lists::{
    Customers, CustomersBelow, List, NewOrders, OrdersBelow, Plans, Products, Resellers, Subscriptions, Sweep,
};
use crate::sync::{lists, sql, store_order, store_report, store_subscription};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::{PgConnection, PgPool};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

pub(super) const NOW: OffsetDateTime = datetime!(2026-11-23 9:00 UTC);

pub(super) fn model<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn subscription(modified: &str) -> Value {
    json!({
        "id": "1369491", "name": "Microsoft 365 Business Premium", "customerId": "1000027", "status": "active",
        "renewalStatus": true, "creationDate": "2025-12-24", "renewalDate": "2026-12-24",
        "lastModifiedDate": modified, "expirationDate": "2026-12-24", "billingModel": "chargeBeforeBillingPeriod",
        "billingPeriod": { "type": "month", "duration": 1 }, "subscriptionPeriod": { "type": "year", "duration": 1 }
    })
}

fn detail(seats: i32) -> Value {
    let mut detail = subscription("2026-11-01");
    let line = |mpn: &str, seats| {
        json!({
            "mpn": mpn, "vendor": "Microsoft", "name": "Premium", "quantity": seats,
            "unitPrice": { "currency": "USD", "amount": "22.10" }, "unitCost": { "currency": "USD", "amount": "18" }
        })
    };
    detail["products"] = json!([line("CFQ7TTC0LH16:0001", seats), line("CFQ7TTC0LH16:0002", 1)]);
    detail["totalSubscriptionPrice"] = json!({ "currency": "USD", "amount": "265.2" });
    detail["planId"] = json!(4711);
    detail
}

async fn list_subscription(db: &mut PgConnection, modified: &str, at: OffsetDateTime) -> i64 {
    Subscriptions.store(db, &[model(subscription(modified))], at).await.unwrap()
}

/// As if its detail had been asked for and answered at one moment.
async fn read_subscription(db: &mut PgConnection, detail: Value, at: OffsetDateTime) {
    let key = sql::subscriptions::list_key(db, "1369491").await.unwrap();
    lists::store_subscription_detail(db, &model(detail), key.as_deref(), at).await.unwrap();
}

async fn due(db: &mut PgConnection, at: OffsetDateTime) -> Vec<String> {
    let mut due = sql::details::changed_subscriptions(db, at, 10).await.unwrap();
    due.extend(sql::details::renewing_subscriptions(db, at.date(), at, 10).await.unwrap());
    due.extend(sql::details::unread_subscriptions(db, at.date(), at, 10).await.unwrap());
    due.into_iter().map(|due| due.id).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_what_differs_counts_as_changed(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let named = |name: &str| model(json!({ "id": "1", "name": name, "contactPersons": [{ "email": "a@b.example" }] }));
    let other = model(json!({ "id": "2", "name": "Beta" }));
    assert_eq!(Customers.store(&mut db, &[named("Alpha"), other], NOW).await.unwrap(), 2);
    assert_eq!(Customers.store(&mut db, &[named("Alpha"), named("Alpha")], NOW).await.unwrap(), 0);
    assert_eq!(Customers.store(&mut db, &[named("Alpha Ltd")], NOW).await.unwrap(), 1);
}

/// How many rows were written anew, and how many of these without a new entry in any index.
async fn rewritten(db: &mut PgConnection, table: &str) -> (i64, i64) {
    sqlx::raw_sql("select pg_stat_force_next_flush()").execute(&mut *db).await.unwrap();
    let counted = sqlx::query!(
        r#"select n_tup_upd as "all!", n_tup_hot_upd as "hot!" from pg_stat_user_tables where relname = $1::text"#,
        table
    );
    let counted = counted.fetch_one(db).await.unwrap();
    (counted.all, counted.hot)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_page_that_says_nothing_new_is_stored_without_touching_an_index(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let ids = || (0..500).map(|n| (1_000_000 + n).to_string());
    let subscriptions: Vec<_> = ids()
        .map(|id| {
            let mut listed = subscription("2026-11-01");
            listed["id"] = json!(id);
            model(listed)
        })
        .collect();
    let customers: Vec<_> = ids().map(|id| model(json!({ "id": id, "name": format!("Alpha {id}") }))).collect();
    for at in [NOW, NOW + Duration::HOUR] {
        Subscriptions.store(&mut db, &subscriptions, at).await.unwrap();
        Customers.store(&mut db, &customers, at).await.unwrap();
    }
    for table in ["subscription", "customer"] {
        assert_eq!(rewritten(&mut db, table).await, (500, 500), "{table}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_s_customer_stays_its_own_whatever_an_answer_leaves_out(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    Resellers.store(&mut db, &[model(json!({ "id": "7", "name": "Partners" }))], NOW).await.unwrap();
    let customer = |id: &str| json!({ "id": id, "name": "Alpha" });
    CustomersBelow("7".into()).store(&mut db, &[model(customer("1"))], NOW).await.unwrap();
    let mut ours = customer("2");
    ours["resellerId"] = json!("1000001");
    let named: Value = json!({ "id": "3", "name": "Alpha", "resellerId": "7" });
    Customers.store(&mut db, &[model(customer("1")), model(ours), model(named)], NOW).await.unwrap();
    let whose = sqlx::query_scalar!("select reseller_id from customer order by id");
    let expected = [Some("7".to_owned()), None, Some("7".to_owned())];
    assert_eq!(whose.fetch_all(&pool).await.unwrap(), expected, "the account is not a reseller below itself");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whose_an_order_is_follows_from_the_list_or_the_customer_and_is_not_forgotten(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    Resellers.store(&mut db, &[model(json!({ "id": "7", "name": "Partners" }))], NOW).await.unwrap();
    CustomersBelow("7".into()).store(&mut db, &[model(json!({ "id": "1", "name": "Alpha" }))], NOW).await.unwrap();
    let order = |id: &str, customer: &str| json!({ "id": id, "type": "sales", "customerId": customer });
    let theirs = OrdersBelow { reseller: "7".into(), status: None };
    theirs.store(&mut db, &[model(order("10", "not read yet"))], NOW).await.unwrap();
    store_order(&mut db, &model(order("10", "not read yet")), NOW).await.unwrap();
    store_order(&mut db, &model(order("11", "1")), NOW).await.unwrap();
    NewOrders.store(&mut db, &[model(order("12", "2"))], NOW).await.unwrap();
    let whose = sqlx::query_scalar!("select reseller_id from marketplace_order order by id");
    assert_eq!(whose.fetch_all(&pool).await.unwrap(), [Some("7".to_owned()), Some("7".to_owned()), None]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_answer_overtaken_by_a_fresher_one_is_not_stored(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let order = |status: &str| json!({ "id": "9", "type": "change", "customerId": "1", "status": status });
    store_order(&mut db, &model(order("completed")), NOW).await.unwrap();
    let late = NOW - Duration::seconds(3);
    assert_eq!(NewOrders.store(&mut db, &[model(order("processing"))], late).await.unwrap(), 0);
    let status = sqlx::query_scalar!("select status from marketplace_order where id = '9'").fetch_one(&pool).await;
    assert_eq!(status.unwrap(), "completed");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_detail_of_a_subscription_gives_its_seats_vendor_and_product_lines(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    store_subscription(&mut db, &model(detail(14)), NOW).await.unwrap();
    let mut fewer_lines = detail(12);
    fewer_lines["products"].as_array_mut().unwrap().pop();
    store_subscription(&mut db, &model(fewer_lines), NOW + Duration::minutes(1)).await.unwrap();

    let row =
        sqlx::query!("select seats, vendor, plan_id, price_amount, term_type from subscription where id = '1369491'");
    let row = row.fetch_one(&pool).await.unwrap();
    assert_eq!((row.seats, row.vendor.as_deref(), row.plan_id.as_deref()), (Some(12), Some("Microsoft"), Some("4711")));
    assert_eq!((row.price_amount, row.term_type.as_deref()), ("265.2".parse().ok(), Some("year")));
    let lines = sqlx::query_scalar!("select seats from product_line where subscription_id = '1369491' order by line");
    assert_eq!(lines.fetch_all(&pool).await.unwrap(), [12]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_detail_is_read_again_only_when_the_list_says_something_new(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(list_subscription(&mut db, "2026-11-01", NOW).await, 1);
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
    read_subscription(&mut db, detail(3), NOW).await;
    assert_eq!(list_subscription(&mut db, "2026-11-01", NOW).await, 0);
    assert!(due(&mut db, NOW).await.is_empty());
    assert_eq!(list_subscription(&mut db, "2026-11-23", NOW).await, 1);
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_list_row_that_changes_while_its_detail_is_read_is_not_missed(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    list_subscription(&mut db, "2026-11-01", NOW).await;
    let key = sql::subscriptions::list_key(&mut db, "1369491").await.unwrap();
    list_subscription(&mut db, "2026-11-23", NOW).await;
    lists::store_subscription_detail(&mut db, &model(detail(3)), key.as_deref(), NOW).await.unwrap();
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_the_list_says_while_a_write_is_under_way_is_not_missed(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    list_subscription(&mut db, "2026-11-01", NOW).await;
    read_subscription(&mut db, detail(3), NOW).await;
    store_subscription(&mut db, &model(detail(3)), NOW + Duration::seconds(1)).await.unwrap();
    assert!(due(&mut db, NOW).await.is_empty(), "the list said nothing new");
    list_subscription(&mut db, "2026-11-23", NOW + Duration::seconds(3)).await;
    store_subscription(&mut db, &model(detail(4)), NOW + Duration::seconds(2)).await.unwrap();
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
    let seats = sqlx::query_scalar!("select seats from subscription where id = '1369491'").fetch_one(&pool).await;
    assert_eq!(seats.unwrap(), Some(5), "four and one, as the answer says");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_change_on_the_same_day_is_seen_once_the_day_is_over(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    list_subscription(&mut db, "2026-11-23", NOW).await;
    read_subscription(&mut db, detail(3), NOW).await;
    list_subscription(&mut db, "2026-11-23", NOW).await;

    let sweep = |now| Sweep { started_at: NOW, now, total: 1 };
    Subscriptions.complete(&mut db, sweep(NOW + Duration::days(1))).await.unwrap();
    assert!(due(&mut db, NOW).await.is_empty());
    Subscriptions.complete(&mut db, sweep(NOW + Duration::days(2))).await.unwrap();
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_completed_order_has_its_subscription_read_again(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    list_subscription(&mut db, "2026-11-01", NOW).await;
    read_subscription(&mut db, detail(3), NOW).await;
    let order = |provisioned: &str| {
        json!({
            "id": "9", "type": "change", "customerId": "1000027", "status": "completed", "poNumber": "PO-7",
            "provisioningDate": provisioned, "products": [{ "subscriptionId": "1369491", "quantity": 1 }]
        })
    };
    store_order(&mut db, &model(order("2026-11-23T08:00:00Z")), NOW).await.unwrap();
    assert!(due(&mut db, NOW).await.is_empty(), "the detail was read after the order was completed");
    store_order(&mut db, &model(order("2026-11-23T09:30:00Z")), NOW + Duration::hours(1)).await.unwrap();
    assert_eq!(due(&mut db, NOW).await, ["1369491"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_only_an_order_s_detail_tells_survives_the_next_list(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let row = json!({ "id": "9", "type": "sales", "customerId": "1", "status": "completed" });
    let mut detailed = row.clone();
    detailed["poNumber"] = json!("PO-7");
    detailed["subscriptionId"] = json!("1369491");
    store_order(&mut db, &model(detailed), NOW).await.unwrap();
    NewOrders.store(&mut db, &[model(row)], NOW + Duration::minutes(1)).await.unwrap();
    let row = sqlx::query!("select po_number, subscription_id from marketplace_order where id = '9'");
    let row = row.fetch_one(&pool).await.unwrap();
    assert_eq!((row.po_number.as_deref(), row.subscription_id.as_deref()), (Some("PO-7"), Some("1369491")));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn one_product_number_with_two_periods_is_two_products(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let product = |years: i32, price: &str| {
        model(json!({
            "mpn": "CFQ7TTC0LH16:0001", "id": "PRD1", "vendor": "Microsoft", "name": "Premium",
            "minimumQuantity": "1.0", "subscriptionPeriod": { "type": "year", "duration": years },
            "prices": [{ "currency": "USD", "amount": "5", "type": "setup" },
                       { "currency": "USD", "amount": price, "type": "recurring" }]
        }))
    };
    let changed = Products.store(&mut db, &[product(1, "22"), product(3, "20"), product(3, "20")], NOW).await;
    assert_eq!(changed.unwrap(), 2);
    assert_eq!(Products.store(&mut db, &[product(1, "23")], NOW).await.unwrap(), 1);
    let prices = sqlx::query_scalar!("select price_amount::text from product order by term_length");
    assert_eq!(prices.fetch_all(&pool).await.unwrap(), [Some("23".to_owned()), Some("20".to_owned())]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_plan_leaves_the_catalogue_when_a_whole_sweep_did_not_see_it(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let plan = |id: &str| model(json!({ "id": id, "name": "Plan" }));
    Plans.store(&mut db, &[plan("1"), plan("2")], NOW).await.unwrap();
    let later = NOW + Duration::hours(6);
    Plans.store(&mut db, &[plan("1")], later).await.unwrap();
    let count = || async { sqlx::query_scalar!("select count(*) from plan").fetch_one(&pool).await.unwrap() };

    Plans.complete(&mut db, Sweep { started_at: later, now: later, total: 2 }).await.unwrap();
    assert_eq!(count().await, Some(2), "the sweep saw fewer than there are, so nothing is removed");
    Plans.complete(&mut db, Sweep { started_at: later, now: later, total: 1 }).await.unwrap();
    assert_eq!(count().await, Some(1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_scheduled_a_report_here_is_not_forgotten_and_its_address_never_stored(pool: PgPool) {
    let backend = crate::test_support::backend(pool);
    let staff = crate::test_support::staff(&backend, domain::Role::AccountManager).await;
    let mut db = backend.pool.acquire().await.unwrap();
    let report = model(json!({
        "id": "5b6a", "name": "Usage", "status": "completed", "format": "XLSX",
        "downloadUrl": "https://files.example/report?sig=secret"
    }));
    store_report(&mut db, &report, Some(staff.id), NOW).await.unwrap();
    store_report(&mut db, &report, None, NOW).await.unwrap();
    let row = sqlx::query!(r#"select requested_by, format, to_jsonb(report)::text as "all!" from report"#);
    let row = row.fetch_one(&backend.pool).await.unwrap();
    assert_eq!((row.requested_by, row.format.as_str()), (Some(staff.id), "xlsx"));
    assert!(!row.all.contains("secret"));
}
