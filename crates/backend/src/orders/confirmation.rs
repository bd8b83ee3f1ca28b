//! The last click of a review, and the way back to it.

use domain::Money;
use uuid::Uuid;

/// What a person confirmed with the last click of a review.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// What they were told it costs now: another price refuses the order.
    pub shown: Option<Money>,
    /// One per review page: the same again answers with the same intent.
    pub form_token: Uuid,
    /// The address of the review page, from where the order can be placed again should it fail. Its field `again` names
    /// the intent that this one takes the place of.
    pub review_path: String,
    /// They know that they placed the same order a moment ago, and want another one.
    pub another: bool,
}

impl Confirmation {
    /// The review's address, if it is one of ours.
    pub(super) fn review_path(&self) -> Option<&str> {
        is_a_review(&self.review_path).then_some(self.review_path.as_str())
    }

    /// The intent that this order takes the place of.
    pub(super) fn again_of(&self) -> Option<Uuid> {
        let (_, query) = self.review_path()?.split_once('?')?;
        query.split('&').find_map(|field| field.strip_prefix(AGAIN)?.parse().ok())
    }
}

/// The address of the review that places the same once more, in place of the intent `id`. What was kept for the first time
/// is gone, so an order with activation parameters begins at its products.
pub(super) fn again_path(review_path: &str, id: Uuid) -> String {
    let (path, query) = review_path.split_once('?').unwrap_or((review_path, ""));
    let fields: Vec<&str> = query.split('&').filter(|field| !field.is_empty()).collect();
    let kept_something = fields.iter().any(|field| field.starts_with("draft="));
    let stays = |field: &&&str| {
        let of_the_draft = field.starts_with("draft=") || field.starts_with("step=");
        !(field.starts_with(AGAIN) || (kept_something && of_the_draft))
    };
    let mut fields: Vec<&str> = fields.iter().filter(stays).copied().collect();
    let again = format!("{AGAIN}{id}");
    fields.push(&again);
    format!("{path}?{}", fields.join("&"))
}

const AGAIN: &str = "again=";
const LONGEST: usize = 8_000;

fn is_a_review(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let of_a_subscription = || {
        let rest = path.strip_prefix("/subscriptions/")?;
        let (id, page) = rest.split_once('/')?;
        (!id.is_empty() && !page.is_empty() && !page.contains('/')).then_some(())
    };
    let known = path == "/orders/new" || path == "/orders/migrate" || of_a_subscription().is_some();
    known && address.len() <= LONGEST && address.chars().all(|c| c.is_ascii_graphic() && c != '\\' && c != '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confirmed_at(review_path: &str) -> Confirmation {
        Confirmation { shown: None, form_token: Uuid::nil(), review_path: review_path.to_owned(), another: false }
    }

    #[test]
    fn only_our_own_reviews_are_gone_back_to() {
        for ours in ["/orders/new?customer=1&step=review", "/orders/migrate?x=1", "/subscriptions/7/seats?line=1"] {
            assert_eq!(confirmed_at(ours).review_path(), Some(ours));
        }
        for other in [
            "https://evil.example/orders/new",
            "//evil.example",
            "/subscriptions/7",
            "/subscriptions//seats",
            "/subscriptions/7/../../x",
            "/api/place_order",
            "/orders/newer",
            "/orders/new?a\\b",
            "/orders/new?a b",
            "/orders/new\n",
            "",
        ] {
            assert_eq!(confirmed_at(other).review_path(), None, "{other}");
        }
    }

    #[test]
    fn the_way_back_names_the_intent_it_takes_the_place_of() {
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let again = again_path("/subscriptions/7/seats?line=1&seats=15&step=review", first);
        assert_eq!(again, format!("/subscriptions/7/seats?line=1&seats=15&step=review&again={first}"));
        assert_eq!(confirmed_at(&again).again_of(), Some(first));
        assert_eq!(confirmed_at(&again_path(&again, second)).again_of(), Some(second));
    }

    #[test]
    fn an_order_whose_parameters_are_gone_begins_at_its_products() {
        let review = "/orders/new?customer=1&draft=6f3c1f0e&product-0=a&seats-0=2&step=review";
        let again = again_path(review, Uuid::nil());
        assert_eq!(again, format!("/orders/new?customer=1&product-0=a&seats-0=2&again={}", Uuid::nil()));
    }
}
