//! Seatboard's own pages, as the search finds them.

use super::answer::{Hit, Section};
use crate::{context, paths};
use backend::list::Count;
use domain::Permission;

/// Each page with its name, what else it may be looked for by, and who may open it.
const PLACES: [(&str, &str, &str, Permission); 26] = [
    (paths::OVERVIEW, "Overview", "home start", Permission::Browse),
    (paths::CUSTOMERS, "Customers", "", Permission::Browse),
    (paths::SUBSCRIPTIONS, "Subscriptions", "seats renewals", Permission::Browse),
    (paths::ORDERS, "Orders", "", Permission::Browse),
    (paths::NEW_ORDER, "New order", "buy place", Permission::PlaceOrders),
    (paths::NEW_CUSTOMER, "New customer", "create", Permission::EditCustomers),
    (paths::MATCHING, "Match in bulk", "customers external ids account managers csv", Permission::EditCustomers),
    (paths::MIGRATE, "Migrate a subscription", "transfer", Permission::PlaceOrders),
    (paths::DRAFTS, "Drafts", "orders kept", Permission::Browse),
    (paths::APPROVALS, "Approvals", "orders that wait", Permission::Browse),
    (paths::PRODUCTS, "Products", "catalogue prices", Permission::Browse),
    (paths::PLANS, "Plans", "catalogue", Permission::Browse),
    (paths::REPORTS, "Reports", "", Permission::Browse),
    (paths::NEW_REPORT, "Schedule report", "new", Permission::ScheduleReports),
    (paths::RESELLERS, "Resellers", "", Permission::Browse),
    (paths::NEW_RESELLER, "New reseller", "create", Permission::EditResellers),
    (paths::ACTIVITY, "Activity", "trail log who did what", Permission::ViewActivity),
    (paths::CONSOLE, "API console", "calls by hand", Permission::UseConsole),
    (paths::CONNECTION, "Connection", "settings marketplace", Permission::ManageConnection),
    (paths::APPROVAL_RULES, "Rules for approvals", "settings", Permission::ManageApprovals),
    (paths::STAFF, "Staff", "settings people invite", Permission::ManageStaff),
    (paths::ROLES, "Roles", "settings permissions", Permission::ManageRoles),
    (paths::SESSIONS, "Sessions", "settings signed in", Permission::ManageSessions),
    (paths::PROFILE, "Profile", "settings", Permission::Browse),
    (paths::PASSWORD, "Password", "settings change", Permission::Browse),
    (paths::SECOND_FACTOR, "Second factor", "settings codes", Permission::Browse),
];

/// The pages of the person's role whose name or other words begin with each word of the text; all of them without one.
pub(super) fn section(text: &str) -> Section {
    let has_resellers = context::has_resellers();
    let hits: Vec<Hit> = PLACES
        .into_iter()
        .filter(|(path, _, _, permission)| {
            context::may(*permission) && (has_resellers || !path.starts_with(paths::RESELLERS))
        })
        .filter(|(_, label, words, _)| answers(text, label, words))
        .map(|(path, label, ..)| Hit::new(path, label))
        .collect();
    let count = Count::Exactly(i64::try_from(hits.len()).unwrap_or(i64::MAX));
    Section { id: "pages", title: "Pages", noun: ("page", "pages"), hits, count, all: None }
}

fn answers(text: &str, label: &str, words: &str) -> bool {
    let known = format!("{label} {words}").to_lowercase();
    let begins = |word: &str| known.split(' ').any(|one| one.starts_with(word));
    text.to_lowercase().split_whitespace().all(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_the_beginnings_of_its_words_in_any_order() {
        for text in ["New order", "order new", "ORD", "pla", ""] {
            assert!(answers(text, "New order", "buy place"), "{text}");
        }
        for text in ["rder", "new customer", "orders"] {
            assert!(!answers(text, "New order", "buy place"), "{text}");
        }
    }
}
