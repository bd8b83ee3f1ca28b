use crate::support::{BASE, answer, client, marketplace};
use futures::TryStreamExt;
use marketplace::models::{Customer, OrderStatus, SubscriptionStatus};
use marketplace::{AllPlans, CustomerFilter, OrderFilter, ReportFilter, ResellerOrders, SubscriptionFilter};
use serde_json::{Value, json};
use std::collections::HashMap;
use time::macros::{date, datetime};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Lists `total` customers and never gives more than `most` of them at once.
async fn list_customers(server: &MockServer, total: u64, most: u64) {
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/customers")))
        .respond_with(move |request: &Request| {
            let query: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
            let number = |name: &str| query[name].parse::<u64>().unwrap();
            let (offset, limit) = (number("offset"), number("limit"));
            let rows: Vec<Value> = (offset..total.min(offset + limit.min(most))).map(|id| json!({"id": id})).collect();
            let pagination = json!({"offset": offset, "limit": limit, "total": total});
            ResponseTemplate::new(200).set_body_json(json!({"data": rows, "pagination": pagination}))
        })
        .mount(server)
        .await;
}

async fn queries(server: &MockServer, place: &str) -> Vec<String> {
    let place = format!("{BASE}{place}");
    let requests = server.received_requests().await.unwrap();
    let asked = requests.iter().filter(|request| request.url.path() == place);
    asked.map(|request| request.url.query().unwrap_or_default().to_owned()).collect()
}

async fn walk(server: &MockServer, offset: u64) -> Vec<Customer> {
    let pages = client(&server.uri()).pages_from(CustomerFilter::default(), offset).try_collect::<Vec<_>>().await;
    pages.unwrap().into_iter().flat_map(|page| page.data).collect()
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_and_no_further() {
    let server = marketplace().await;
    list_customers(&server, 1_000, 500).await;
    assert_eq!(walk(&server, 0).await.len(), 1_000);
    assert_eq!(queries(&server, "/customers").await, ["offset=0&limit=500", "offset=500&limit=500"]);
}

#[tokio::test]
async fn a_walk_goes_on_where_another_stopped() {
    let server = marketplace().await;
    list_customers(&server, 1_001, 500).await;
    let customers = walk(&server, 500).await;
    assert_eq!((customers.len(), customers[0].id.as_str()), (501, "500"));
}

#[tokio::test]
async fn no_row_is_skipped_when_pages_are_smaller_than_asked_for() {
    let server = marketplace().await;
    list_customers(&server, 250, 100).await;
    assert_eq!(walk(&server, 0).await.len(), 250);
}

#[tokio::test]
async fn an_empty_list_is_one_empty_page() {
    let server = marketplace().await;
    list_customers(&server, 0, 500).await;
    let pages: Vec<_> = client(&server.uri()).pages(CustomerFilter::default()).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.data.len()).collect::<Vec<_>>(), [0]);
}

#[tokio::test]
async fn a_page_is_never_larger_than_is_known_to_work() {
    let server = marketplace().await;
    list_customers(&server, 3, 500).await;
    let client = client(&server.uri());
    client.page(&CustomerFilter::default(), 0, 9_999).await.unwrap();
    client.page(&CustomerFilter::default(), 0, 0).await.unwrap();
    assert_eq!(queries(&server, "/customers").await, ["offset=0&limit=500", "offset=0&limit=1"]);
}

#[tokio::test]
async fn filters_are_spelled_as_the_marketplace_knows_them() {
    let server = marketplace().await;
    let empty = ResponseTemplate::new(200).set_body_json(json!({"data": [], "pagination": {"total": 0}}));
    for place in ["/customers", "/subscriptions", "/orders", "/plans", "/reports", "/resellers/9/orders"] {
        answer(&server, "GET", place, empty.clone()).await;
    }
    let client = client(&server.uri());
    let customers = CustomerFilter { name: Some("A & B".into()), external_id: Some("X1".into()), ..Default::default() };
    client.page(&customers, 0, 10).await.unwrap();
    let subscriptions = SubscriptionFilter {
        customer: Some("1000201".into()),
        status: Some(SubscriptionStatus::Active),
        created_from: Some(date!(2026 - 01 - 31)),
        created_to: None,
    };
    client.page(&subscriptions, 0, 10).await.unwrap();
    let orders = OrderFilter {
        subscription: Some("5".into()),
        status: Some(OrderStatus::Processing),
        created_from: Some(datetime!(2026-01-31 12:00 UTC)),
        ..OrderFilter::default()
    };
    client.page(&orders, 0, 10).await.unwrap();
    client.page(&AllPlans, 0, 10).await.unwrap();
    client.reports(&ReportFilter { from: Some(date!(2026 - 01 - 31)), ..ReportFilter::default() }).await.unwrap();
    let of_reseller = ResellerOrders {
        reseller: "9".into(),
        customer: Some("1".into()),
        subscription: None,
        status: None,
        created_from: None,
        created_to: None,
    };
    client.page(&of_reseller, 0, 10).await.unwrap();
    for (place, query) in [
        ("/customers", "name=A+%26+B&externalId=X1&offset=0&limit=10"),
        ("/subscriptions", "customerId=1000201&status=active&creationDateFrom=2026-01-31&offset=0&limit=10"),
        ("/orders", "subscriptionId=5&status=processing&creationTimeFrom=2026-01-31T12%3A00%3A00Z&offset=0&limit=10"),
        ("/plans", "offset=0&limit=10"),
        ("/reports", "from=2026-01-31"),
        ("/resellers/9/orders", "customerId=1&offset=0&limit=10"),
    ] {
        assert_eq!(queries(&server, place).await, [query]);
    }
}
