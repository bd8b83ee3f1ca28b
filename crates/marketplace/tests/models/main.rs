//! What the models read and what they write, without any HTTP.

#![cfg(test)]

mod order_requests;
mod tolerance;

use domain::Money;
use marketplace::models::*;
use serde_json::{Value, json};
use time::macros::{date, datetime};

fn read<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn a_subscription_is_read_with_its_product_lines() {
    let subscription: SubscriptionDetailed = read(json!({
        "id": 1_369_491, "name": "Suite E1", "customerId": "1000201", "status": "active", "renewalStatus": true,
        "creationDate": "2020-02-12", "billingPeriod": {"type": "month", "duration": 1}, "planId": 10005,
        "products": [{"mpn": "A:1", "quantity": 12, "unitPrice":
            {"currency": "USD", "amount": "7.50", "priceTiers": [{"lowerLimit": "10", "amount": "7.10"}]}}],
        "fulfillmentParameters": [{"name": "tenant", "value": "x", "structured_value": {"a": 1}}],
        "somethingNew": {"of": ["no", "interest"]},
    }));
    assert_eq!(subscription.subscription.id.as_str(), "1369491");
    assert_eq!(subscription.subscription.status, Some(SubscriptionStatus::Active));
    assert_eq!(subscription.subscription.creation_date, Some(date!(2020 - 02 - 12)));
    assert_eq!(subscription.subscription.billing_period, Some(Period::months(1)));
    assert_eq!(subscription.plan_id, Some("10005".into()));
    let line = &subscription.products[0];
    assert_eq!(line.quantity, Some(12.into()));
    let unit_price = line.unit_price.as_ref().unwrap();
    assert_eq!(unit_price.price.display(), "7.50 USD");
    assert_eq!(unit_price.price_tiers[0].lower_limit.unwrap().get(), 10.into());
    assert_eq!(subscription.fulfillment_parameters[0].structured_value, Some(json!({"a": 1})));
}

#[test]
fn an_order_is_read_from_a_list_row_and_from_its_own_page() {
    let row = json!({"id": "77", "orderNumber": "CH005810", "type": "change", "customerId": "1000201",
        "creationDate": "2021-10-14 17:46:10+00:00", "status": "completed", "statusCode": "CP",
        "total": {"currency": "USD", "amount": "24.6"}});
    let order: Order = read(row.clone());
    assert_eq!(order.kind, Some(OrderType::Change));
    assert_eq!(order.creation_date, Some(datetime!(2021-10-14 17:46:10 UTC)));
    let mut page = row;
    page["products"] = json!([{"mpn": "A:1", "newMPN": "B:1", "quantity": -1.0}]);
    page["subscriptionId"] = json!("1000201");
    let detailed: OrderDetailed = read(page);
    assert_eq!(detailed.order, order);
    assert_eq!(detailed.products[0].quantity, Some((-1).into()));
    assert_eq!(detailed.products[0].new_mpn.as_deref(), Some("B:1"));
}

#[test]
fn a_change_order_is_written_without_anything_absent() {
    let line = OrderLineRequest {
        vendor: Some("Maker".into()),
        billing_period: Some(Period::months(1)),
        ..OrderLineRequest::of_mpn("A:1", 12)
    };
    assert_eq!(
        written(&OrderRequest::change("1000027", "1000201", vec![line])),
        json!({"type": "change", "customerId": "1000027", "products": [{"mpn": "A:1", "vendor": "Maker",
            "billingPeriod": {"type": "month", "duration": 1}, "quantity": 12, "subscriptionId": "1000201"}]})
    );
}

#[test]
fn a_sales_order_is_written_with_its_parameters() {
    let line = OrderLineRequest {
        parameters: vec![ParameterValue::new("domain", "example")],
        ..OrderLineRequest::of_product("PRD1", 5)
    };
    let order = OrderRequest { po_number: Some("PO1234".into()), ..OrderRequest::sales("1000027", vec![line]) };
    assert_eq!(
        written(&order),
        json!({"type": "sales", "customerId": "1000027", "poNumber": "PO1234", "products": [
            {"id": "PRD1", "quantity": 5, "parameters": [{"name": "domain", "value": "example"}]}]})
    );
}

#[test]
fn an_order_request_is_read_as_others_write_it() {
    let order: OrderRequest = read(json!({"type": "change", "customerId": 1_000_027, "poNumber": null,
        "products": [{"subscriptionId": 1_000_201, "mpn": "A:1", "quantity": "12.0"}]}));
    assert_eq!(order.customer_id.as_str(), "1000027");
    assert_eq!(order.po_number, None);
    assert_eq!(order.products[0].quantity, Some("12.0".parse().unwrap()));
}

#[test]
fn a_report_is_asked_for_in_lower_case_and_read_in_upper_case() {
    let report: Report = read(json!({"id": "f40c942d-ebec-41b9-b604-5ed9ffb6d4f2", "format": "XLSX"}));
    let request = ReportRequest { format: report.format, ..ReportRequest::default() };
    assert_eq!(written(&request), json!({"format": "xlsx"}));
}

#[test]
fn unheard_of_values_are_kept() {
    let subscription: Subscription = read(json!({"id": "1", "status": "hibernating"}));
    assert_eq!(subscription.status, Some(SubscriptionStatus::Other("hibernating".into())));
    assert_eq!(written(&subscription)["status"], "hibernating");
}

#[test]
fn money_without_its_currency_is_absent_and_never_zero() {
    let estimate: Estimate = read(json!({"total": {"amount": "12.0"}, "products": [{"extendedPrice": null}]}));
    assert_eq!((estimate.total, estimate.products[0].extended_price), (None, None));
    let product: Product =
        read(json!({"costs": [{"amount": "1"}, {"currency": "USD", "amount": "1.05", "type": "recurring"}]}));
    assert_eq!(product.costs.iter().map(|cost| cost.price).map(Money::display).collect::<Vec<_>>(), ["1.05 USD"]);
}

#[test]
fn a_list_that_lost_its_rows_is_an_error_and_not_an_empty_list() {
    assert!(serde_json::from_value::<Page<Customer>>(json!({"pagination": {"total": 0}})).is_err());
    let page: Page<Customer> =
        read(json!({"data": [{"id": "1"}], "pagination": {"offset": 0, "limit": 10, "total": 1}}));
    assert_eq!(page, Page::new(vec![Customer::new("1")], 0, 10, 1));
}

#[test]
fn the_alignment_of_a_term_names_its_subscription_by_number() {
    let alignment = AlignExpiration {
        alignment_type: Some(Alignment::CoTermOnSubscription),
        subscription_id: Some("1000201".into()),
    };
    let json = json!({"alignmentType": "CO_TERM_ON_SUBSCRIPTION", "subscriptionId": 1_000_201});
    assert_eq!(written(&alignment), json);
    assert_eq!(read::<AlignExpiration>(json), alignment);
}

#[test]
fn secrets_are_hidden_from_debug() {
    let token: TokenInfo = read(json!({"token": "opensesame", "expiresInSeconds": 1500}));
    let report: Report = read(json!({"id": "1", "downloadUrl": "https://files.example/x?sig=opensesame"}));
    let person: ContactPerson = read(json!({"login": "root", "password": "opensesame"}));
    assert!(!format!("{token:?}{report:?}{person:?}").contains("opensesame"));
}

#[test]
fn a_refusal_speaks_in_all_three_spellings() {
    for (json, text) in [
        (
            json!({"timeStamp": "x", "status": 500, "message": "No stock", "path": "/orders", "correlationId": "a8n-1"}),
            "No stock",
        ),
        (
            json!({"timestamp": "x", "status": 404, "error": "Not Found", "path": "/orders/1", "correlationId": "a8n-1"}),
            "Not Found",
        ),
        (json!({"statusCode": 429, "message": "Rate limit is exceeded."}), "Rate limit is exceeded."),
    ] {
        assert_eq!(read::<ErrorBody>(json).text(), Some(text));
    }
}

#[test]
fn the_list_of_parameters_to_validate_is_written_even_when_it_is_empty() {
    let product = ProductParameters { mpn: Some("A:1".into()), ..ProductParameters::default() };
    assert_eq!(written(&product), json!({"mpn": "A:1", "parameters": []}));
    assert_eq!(written(&Deals { freeze_prices: Some(true), ..Deals::default() })["agreements"], json!([]));
}

#[test]
fn agreed_prices_are_named_in_upper_case() {
    let price = AgreementPrice { kind: Some(AgreementPriceType::Overuse), ..AgreementPrice::default() };
    assert_eq!(written(&price), json!({"type": "OVERUSE"}));
}

#[test]
fn a_price_line_is_charged_for_parts_of_a_period_too() {
    let order = json!({"id": "77", "details": [{"duration": {"type": "month", "duration": 0.5}}]});
    let duration = read::<Order>(order).details.remove(0).duration.unwrap();
    assert_eq!((duration.kind, duration.duration), (Some(PeriodType::Month), Some("0.5".parse().unwrap())));
}

#[test]
fn a_page_whose_total_makes_no_sense_has_none_and_keeps_its_rows() {
    let page = |total: Value| json!({"data": [{"id": "1"}], "pagination": {"offset": 0, "limit": 10, "total": total}});
    for (total, read_as) in [(json!(1.0), Some(1)), (json!("1"), Some(1)), (json!(-1), None), (json!(null), None)] {
        let page: Page<Customer> = read(page(total));
        assert_eq!((page.data.len(), page.total()), (1, read_as));
    }
}

#[test]
fn something_to_hide_is_read_from_a_number_and_hidden_when_it_is_neither() {
    let report: Report = read(json!({"id": "1", "downloadUrl": 12}));
    assert_eq!(report.download_url, Some(Confidential::new("12")));
    let error = serde_json::from_value::<Confidential>(json!({"word": "sesame"})).unwrap_err();
    assert!(!error.to_string().contains("sesame"), "{error}");
}
