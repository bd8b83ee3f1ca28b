//! The requests of the rarer kinds of orders.

use crate::{read, written};
use marketplace::models::{
    AlignExpiration, MigratedTerm, NewSubscriptionType, OrderLine, OrderLineRequest, OrderRequest,
};
use serde_json::json;
use time::macros::date;

#[test]
fn moved_seats_name_both_products_and_what_the_new_term_ends_with() {
    let line = OrderLineRequest::of_mpn("A:1", 4).going_over_to(Some("B:1".into()), None);
    let order = OrderRequest {
        align_expiration_date: Some(AlignExpiration::partial_upgrade("1000201")),
        ..OrderRequest::move_seats("1000027", "1000201", line, None)
    };
    assert_eq!(
        written(&order),
        json!({"type": "change", "customerId": "1000027", "placementType": "MOVE",
            "alignExpirationDate": {"alignmentType": "CO_TERM_PARTIAL_UPGRADE", "subscriptionId": 1_000_201},
            "products": [{"mpn": "A:1", "newMPN": "B:1", "quantity": 4, "subscriptionId": "1000201"}]})
    );
}

#[test]
fn a_switched_product_moves_nowhere() {
    let line = OrderLineRequest::of_product("PRD1", 3).going_over_to(None, Some("PRD2".into()));
    assert_eq!(
        written(&OrderRequest::product_switch("1000027", "1000201", line)),
        json!({"type": "change", "customerId": "1000027",
            "products": [{"id": "PRD1", "newId": "PRD2", "quantity": 3, "subscriptionId": "1000201"}]})
    );
}

#[test]
fn a_migration_says_which_term_the_subscription_is_in() {
    let term = MigratedTerm {
        start: date!(2026 - 03 - 10),
        migration: date!(2026 - 11 - 23),
        expiration: date!(2027 - 03 - 10),
        renews: true,
    };
    assert_eq!(
        written(&OrderRequest::migration("1000027", vec![OrderLineRequest::of_mpn("A:1", 8)], term)),
        json!({"type": "migration", "customerId": "1000027", "products": [{"mpn": "A:1", "quantity": 8}],
            "startDate": "2026-03-10", "migrationDate": "2026-11-23", "expirationDate": "2027-03-10", "autorenewal": true})
    );
}

#[test]
fn the_subscription_that_seats_moved_to_is_named_by_number() {
    let json = json!({"newSubscription": {"id": 1_000_083, "coterming": true, "type": "NEW"}});
    let line: OrderLine = read(json.clone());
    let target = line.new_subscription.clone().unwrap();
    assert_eq!((target.id, target.kind), (Some("1000083".into()), Some(NewSubscriptionType::New)));
    assert_eq!(written(&line), json);
}
