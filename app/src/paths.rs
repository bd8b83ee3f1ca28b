//! Every path of the product, in one place.

/// `/`
pub const OVERVIEW: &str = "/";
/// `/customers`
pub const CUSTOMERS: &str = "/customers";
/// `/customers/new`
pub const NEW_CUSTOMER: &str = "/customers/new";
/// `/customers/matching`
pub const MATCHING: &str = "/customers/matching";
/// `/customers/matching.csv`
pub const MATCHING_EXPORT: &str = "/customers/matching.csv";
/// Where a file of customers to match is posted.
pub const MATCHING_FILE: &str = "/customers/matching/file";
/// `/search`
pub const SEARCH: &str = "/search";
/// `/resellers`
pub const RESELLERS: &str = "/resellers";
/// `/resellers/new`
pub const NEW_RESELLER: &str = "/resellers/new";
/// `/subscriptions`
pub const SUBSCRIPTIONS: &str = "/subscriptions";
/// `/orders`
pub const ORDERS: &str = "/orders";
/// `/orders/new`
pub const NEW_ORDER: &str = "/orders/new";
/// `/orders/migrate`
pub const MIGRATE: &str = "/orders/migrate";
/// `/drafts`
pub const DRAFTS: &str = "/drafts";
/// `/catalogue/products`
pub const PRODUCTS: &str = "/catalogue/products";
/// `/catalogue/plans`
pub const PLANS: &str = "/catalogue/plans";
/// `/reports`
pub const REPORTS: &str = "/reports";
/// `/reports/new`
pub const NEW_REPORT: &str = "/reports/new";
/// `/activity`
pub const ACTIVITY: &str = "/activity";
/// `/console`
pub const CONSOLE: &str = "/console";
/// `/approvals`
pub const APPROVALS: &str = "/approvals";
/// `/settings/approvals`
pub const APPROVAL_RULES: &str = "/settings/approvals";
/// `/settings/connection`
pub const CONNECTION: &str = "/settings/connection";
/// `/settings/staff`
pub const STAFF: &str = "/settings/staff";
/// `/settings/roles`
pub const ROLES: &str = "/settings/roles";
/// `/settings/password`
pub const PASSWORD: &str = "/settings/password";
/// `/welcome`: where one-time links lead.
pub const WELCOME: &str = "/welcome";
/// `/settings/sessions`: who is signed in where.
pub const SESSIONS: &str = "/settings/sessions";
/// `/settings/profile`: one's own.
pub const PROFILE: &str = "/settings/profile";
/// `/settings/second-factor`: one's own.
pub const SECOND_FACTOR: &str = "/settings/second-factor";
/// `/session`: how long the session lasts, for open pages.
pub const SESSION: &str = "/session";
/// `/events`: what changed, for open pages.
pub const EVENTS: &str = "/events";
/// `/sign-in`
pub const SIGN_IN: &str = "/sign-in";
/// The sign-in page for whoever sent something that was not done, because they were signed out.
pub const SIGN_IN_TO_SEND_AGAIN: &str = "/sign-in?sent=1";
/// `/sign-in/oidc`: to the provider of single sign-on.
pub const SINGLE_SIGN_ON: &str = "/sign-in/oidc";
/// `/sign-in/oidc/return`: back from it.
pub const SINGLE_SIGN_ON_RETURN: &str = "/sign-in/oidc/return";

/// `/sign-in/code`: the second step of signing in.
pub const CODE: &str = "/sign-in/code";

/// `/prove`: proving once more that it is oneself.
pub const PROVE: &str = "/prove";

/// `/prove`, and then back to where the form is.
pub fn prove(next: &str) -> String {
    format!("{PROVE}?next={}", segment(next))
}

/// `/customers/{id}`
pub fn customer(id: &str) -> String {
    format!("{CUSTOMERS}/{}", segment(id))
}

/// `/activity`, about one customer.
pub fn activity_of(customer_id: &str) -> String {
    format!("{ACTIVITY}?customer={}", segment(customer_id))
}

/// `/customers/{id}/edit`
pub fn edit_customer(id: &str) -> String {
    format!("{}/edit", customer(id))
}

/// `/customers/{id}/hold`: putting on credit hold, and releasing.
pub fn hold_customer(id: &str) -> String {
    format!("{}/hold", customer(id))
}

/// `/customers/matching/{id}`
pub fn matching_batch(id: &str) -> String {
    format!("{MATCHING}/{}", segment(id))
}

/// `/customers/matching/{id}/failed.csv`
pub fn matching_failed(id: &str) -> String {
    format!("{}/failed.csv", matching_batch(id))
}

/// `/resellers/{id}`
pub fn reseller(id: &str) -> String {
    format!("{RESELLERS}/{}", segment(id))
}

/// `/resellers/{id}/edit`
pub fn edit_reseller(id: &str) -> String {
    format!("{}/edit", reseller(id))
}

/// `/customers/new`, for a customer of that reseller.
pub fn new_customer_of(reseller_id: &str) -> String {
    format!("{NEW_CUSTOMER}?reseller={}", segment(reseller_id))
}

/// `/customers`, those of that reseller.
pub fn customers_of(reseller_id: &str) -> String {
    format!("{CUSTOMERS}?reseller={}", segment(reseller_id))
}

/// `/orders`, those of that reseller's customers.
pub fn orders_of(reseller_id: &str) -> String {
    format!("{ORDERS}?reseller={}", segment(reseller_id))
}

/// `/subscriptions/{id}`
pub fn subscription(id: &str) -> String {
    format!("{SUBSCRIPTIONS}/{}", segment(id))
}

/// `/subscriptions/{id}/seats`
pub fn change_seats(subscription_id: &str) -> String {
    format!("{}/seats", subscription(subscription_id))
}

/// `/subscriptions/{id}/{page}`: `renew`, `cancel` and the like.
pub fn of_subscription(subscription_id: &str, page: &str) -> String {
    format!("{}/{}", subscription(subscription_id), segment(page))
}

/// `/orders/{id}`, where the id is the marketplace's or our intent's.
pub fn order(id: &str) -> String {
    format!("{ORDERS}/{}", segment(id))
}

/// `/orders/new?customer={id}`
pub fn new_order_for(customer_id: &str) -> String {
    format!("{NEW_ORDER}?customer={}", segment(customer_id))
}

/// `/orders/migrate?customer={id}`
pub fn migrate_for(customer_id: &str) -> String {
    format!("{MIGRATE}?customer={}", segment(customer_id))
}

/// `/catalogue/plans/{id}`
pub fn plan(id: &str) -> String {
    format!("{PLANS}/{}", segment(id))
}

/// `/console?call={id}`, at its answer.
pub fn console_call(id: &str) -> String {
    format!("{CONSOLE}?call={}#answer", segment(id))
}

/// `/console?draft={id}`: a change to be confirmed.
pub fn console_draft(id: &str) -> String {
    format!("{CONSOLE}?draft={}", segment(id))
}

/// `/console?edit={id}`: the form with a change that was not confirmed.
pub fn console_edit(id: &str) -> String {
    format!("{CONSOLE}?edit={}", segment(id))
}

/// `/orders/new`, with the product chosen.
pub fn new_order_of(product_key: &str) -> String {
    format!("{NEW_ORDER}?product={}", segment(product_key))
}

/// `/reports/{id}`
pub fn report(id: &str) -> String {
    format!("{REPORTS}/{}", segment(id))
}

/// `/reports/{id}/download`
pub fn report_download(id: &str) -> String {
    format!("{}/download", report(id))
}

/// `/settings/staff/{id}`
pub fn staff_member(id: &str) -> String {
    format!("{STAFF}/{}", segment(id))
}

/// `/settings/roles/{id}`
pub fn role(id: &str) -> String {
    format!("{ROLES}/{}", segment(id))
}

/// `/welcome`, with the token of a one-time link.
pub fn welcome(token: &str) -> String {
    format!("{WELCOME}?token={}", segment(token))
}

/// `{list}/export.csv`: everything on all pages of a list, as a file.
pub fn export(list: &str) -> String {
    format!("{list}/export.csv")
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub fn segment(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.push(char::from_digit(u32::from(nibble), 16).map_or('0', |digit| digit.to_ascii_uppercase()));
            }
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_segment() {
        assert_eq!(customer("../a b?c"), "/customers/..%2Fa%20b%3Fc");
        assert_eq!(change_seats("1000201"), "/subscriptions/1000201/seats");
    }
}
