use leptos::prelude::*;

/// Suggestions for the path: where the marketplace can be called, and what for.
#[component]
pub(super) fn Operations(id: &'static str) -> impl IntoView {
    view! {
        <datalist id=id>
            {OPERATIONS
                .iter()
                .map(|(path, uses)| {
                    let uses = uses.iter().map(|(method, what)| format!("{method}: {what}"));
                    let label = uses.collect::<Vec<_>>().join(" · ");
                    view! { <option value=*path label=label></option> }
                })
                .collect_view()}
        </datalist>
    }
}

/// A path, and for each of its methods what it does.
type Operation = (&'static str, &'static [(&'static str, &'static str)]);

/// Everything that the marketplace can be asked, but for tokens.
const OPERATIONS: &[Operation] = &[
    ("/customers", &[("GET", "list customers"), ("POST", "create a customer")]),
    ("/customers/{id}", &[("GET", "one customer"), ("PATCH", "change a customer")]),
    ("/orders", &[("GET", "list orders"), ("POST", "place an order")]),
    ("/orders/estimate", &[("POST", "estimate an order")]),
    ("/orders/{id}", &[("GET", "one order"), ("PATCH", "cancel an order or skip its credit check")]),
    ("/plans", &[("GET", "list plans")]),
    ("/plans/{id}", &[("GET", "one plan with its switches")]),
    ("/products", &[("GET", "list products with prices")]),
    ("/reports", &[("GET", "list reports"), ("POST", "schedule a report")]),
    ("/reports/{id}", &[("GET", "one report")]),
    ("/resellers", &[("GET", "list resellers"), ("POST", "create a reseller")]),
    ("/resellers/{id}", &[("GET", "one reseller"), ("PATCH", "change a reseller")]),
    ("/resellers/{id}/customers", &[("GET", "list a reseller's customers"), ("POST", "create a reseller's customer")]),
    ("/resellers/{id}/orders", &[("GET", "list a reseller's orders")]),
    ("/subscriptions", &[("GET", "list subscriptions")]),
    ("/subscriptions/{id}", &[("GET", "one subscription"), ("PATCH", "change a subscription")]),
    ("/subscriptions/{id}/specialPricing", &[("POST", "set special prices")]),
    ("/validation/parameters", &[("POST", "check activation parameters")]),
];

#[cfg(test)]
mod tests {
    use super::OPERATIONS;

    #[test]
    fn every_operation_but_the_token_is_suggested_once() {
        let all: Vec<_> =
            OPERATIONS.iter().flat_map(|(path, uses)| uses.iter().map(move |(method, _)| (path, method))).collect();
        assert_eq!(all.len(), 27);
        let once: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(once.len(), all.len());
        assert!(OPERATIONS.is_sorted_by_key(|(path, _)| path.replace('{', "~")));
    }
}
