//! Which forms can be kept, and what a kept one is called.

use crate::manage::ActKind;
use crate::orders::MOST_LINES;
use crate::paths;
use crate::url::{Query, local_path};
use ::backend::drafts::NewDraft;
use domain::Permission;

/// A form that was found from its address.
pub(super) struct Form {
    /// What it takes to send it, and so to keep it.
    pub(super) permission: Permission,
    pub(super) draft: NewDraft,
}

/// Fields that say nothing of what is asked for: the step, and where activation parameters are kept.
const BESIDES: [&str; 2] = ["step", "draft"];

impl Form {
    /// The form at the address; `None` for anything else. Its path is written anew from its parts, so it leads nowhere but
    /// to that form.
    pub(super) fn at(address: &str) -> Option<Self> {
        let address = local_path(address)?.split('#').next()?;
        let (place, query) = address.split_once('?').unwrap_or((address, ""));
        let query = Query::parse(query);
        let text = |name: &str| query.get(name).map(ToOwned::to_owned);
        let place: Vec<&str> = place.split('/').skip(1).collect();
        match place[..] {
            ["orders", "new"] => {
                let parameters_id = query.get("draft").and_then(|id| id.parse().ok());
                let draft = draft(paths::NEW_ORDER, &query, new_order(&query));
                let draft = NewDraft { customer_id: text("customer"), parameters_id, ..draft };
                Some(Self { permission: Permission::PlaceOrders, draft })
            }
            ["orders", "migrate"] => {
                let draft = draft(paths::MIGRATE, &query, "Migrate a subscription".to_owned());
                let draft = NewDraft { customer_id: text("customer"), ..draft };
                Some(Self { permission: Permission::PlaceOrders, draft })
            }
            ["subscriptions", id, page] if is_plain(id) => {
                let (title, permission) = of_subscription(page, &query)?;
                let draft = draft(&paths::of_subscription(id, page), &query, title);
                Some(Self { permission, draft: NewDraft { subscription_id: Some(id.to_owned()), ..draft } })
            }
            _ => None,
        }
    }
}

fn of_subscription(page: &str, query: &Query) -> Option<(String, Permission)> {
    if page == "seats" {
        let to = query.get("seats").map(|seats| format!(" to {seats}")).unwrap_or_default();
        return Some((format!("Change seats{to}"), Permission::ChangeSeats));
    }
    let kind = ActKind::of(page)?;
    Some((kind.title().to_owned(), kind.permission()))
}

fn new_order(query: &Query) -> String {
    match (0..MOST_LINES).take_while(|line| query.get(&format!("product-{line}")).is_some()).count() {
        0 => "New order".to_owned(),
        1 => "New order: 1 product".to_owned(),
        lines => format!("New order: {lines} products"),
    }
}

fn draft(place: &str, query: &Query, title: String) -> NewDraft {
    let mut fields = query.others(&BESIDES);
    fields.sort();
    let key = format!("{place}?{}", serde_urlencoded::to_string(&fields).unwrap_or_default());
    NewDraft {
        key,
        title: title.chars().take(LONGEST_TITLE).collect(),
        path: query.link(place),
        customer_id: None,
        subscription_id: None,
        parameters_id: None,
    }
}

/// A number of seats can be typed as long as anybody likes.
const LONGEST_TITLE: usize = 100;

/// An identifier as the marketplace makes them, which needs no encoding.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(address: &str) -> Option<String> {
        Form::at(address).map(|form| form.draft.path)
    }

    #[test]
    fn the_forms_that_ask_for_an_estimate_can_be_kept() {
        for (address, title) in [
            ("/subscriptions/1000201/seats?line=1&seats=15&po_number=PO+7%268&step=review", "Change seats to 15"),
            ("/subscriptions/1000201/seats-at-renewal?line=1&seats=15", "Change seats with the renewal"),
            ("/subscriptions/1000201/switch?to=a&start=now", "Switch plan or term"),
            ("/subscriptions/1000201/move?product=a&into=same&step=review", "Move seats to another product"),
            ("/subscriptions/1000201/renew", "Renew now"),
            ("/subscriptions/1000201/cancel", "Cancel subscription"),
            ("/orders/new?customer=7&product-0=a&seats-0=1&product-1=b&seats-1=2&step=review", "New order: 2 products"),
            ("/orders/migrate?customer=7&product=a&step=review", "Migrate a subscription"),
        ] {
            let form = Form::at(address).unwrap_or_else(|| panic!("{address}"));
            assert_eq!((form.draft.path.as_str(), form.draft.title.as_str()), (address, title));
        }
    }

    #[test]
    fn no_other_address_can_be_kept() {
        for address in [
            "https://evil.example/orders/new",
            "//evil.example/orders/new",
            "/\\evil.example/orders/new",
            "/api/place_order?customer=7",
            "/orders",
            "/orders/new/../../api/sign_out",
            "/subscriptions/../seats",
            "/subscriptions//seats",
            "/subscriptions/1000201/attributes",
            "/subscriptions/1000201/seats/more",
            "/sign-in?next=/orders/new",
            "",
        ] {
            assert_eq!(path(address), None, "{address}");
        }
        assert_eq!(path("/orders/new?customer=7#//evil.example").as_deref(), Some("/orders/new?customer=7"));
    }

    #[test]
    fn the_same_form_is_known_again_whatever_the_order_of_its_fields_and_its_step() {
        let key = |address| Form::at(address).unwrap().draft.key;
        let kept = key("/orders/new?customer=7&product-0=a&seats-0=1&step=review");
        assert_eq!(key("/orders/new?seats-0=1&customer=7&step=parameters&draft=6f3c1f0e&product-0=a"), kept);
        assert_ne!(key("/orders/new?customer=7&product-0=a&seats-0=2&step=review"), kept);
    }
}
