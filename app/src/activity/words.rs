use crate::writes;
use std::borrow::Cow;

/// What was done, completing the actor's name: `placed an order`. An action without words of its own is shown as it is
/// recorded.
pub(crate) fn action(recorded: &str) -> Cow<'_, str> {
    let words = WORDS.iter().find(|(action, _)| *action == recorded).map(|(_, words)| Cow::Borrowed(*words));
    words.or_else(|| writes::action(recorded).map(Cow::Owned)).unwrap_or(Cow::Borrowed(recorded))
}

/// Kinds of actions to look for: the value in an address, what people read, and what the recorded actions begin with.
pub(super) const GROUPS: &[(&str, &str, &[&str])] = &[
    ("orders", "Orders", &["order"]),
    ("approvals", "Rules for approvals", &["approval_rule"]),
    ("subscriptions", "Subscriptions", &["subscription"]),
    ("customers", "Customers", &["customer", "customers"]),
    ("resellers", "Resellers", &["reseller"]),
    ("reports", "Reports", &["report"]),
    ("console", "API console", &["console"]),
    ("connection", "Connection", &["connection", "secrets"]),
    ("staff", "Staff, roles and sign-ins", &["staff", "role"]),
    ("denied", "Denied access", &["access"]),
    ("activity", "Exports of the activity", &["activity"]),
    ("lists", "Exports of lists", &["list"]),
];

/// Kinds of things to look for: as recorded, and what people read.
pub(super) const SUBJECTS: &[(&str, &str)] = &[
    ("customer", "A customer"),
    ("subscription", "A subscription"),
    ("order", "An order"),
    ("reseller", "A reseller"),
    ("report", "A report"),
    ("report_request", "A report that was asked for"),
    ("approval rule", "A rule for approvals"),
    ("matching", "A bulk match"),
    ("call", "A call in the API console"),
    ("connection", "The connection"),
    ("staff", "A staff member"),
    ("role", "A role"),
    ("policy", "A policy"),
    ("list", "A list"),
    ("page", "A page"),
    ("function", "A function"),
];

const WORDS: &[(&str, &str)] = &[
    ("order.placed", "placed an order"),
    ("order.approval_asked", "asked for approval of an order"),
    ("order.approved", "approved an order"),
    ("order.rejected", "rejected an order"),
    ("order.withdrawn", "withdrew an order"),
    ("order.commented", "commented on an order"),
    ("approval_rule.added", "made orders wait for approval"),
    ("approval_rule.removed", "removed a rule for approvals"),
    ("order.postponed", "put an order back, to be sent later"),
    ("order.sending", "began to send an order"),
    ("order.outcome_unknown", "lost sight of an order: its outcome is unknown"),
    ("order.absent", "took an order for one that never arrived"),
    ("order.found_late", "found an order that had been taken for one that never arrived"),
    ("order.look_asked", "had an order looked for at once"),
    ("order.submitted", "saw an order accepted by the marketplace"),
    ("order.processing", "saw an order being processed"),
    ("order.completed", "saw an order completed"),
    ("order.failed", "saw an order fail"),
    ("order.cancelled", "saw an order cancelled"),
    ("order.cancel_asked", "cancelled an order"),
    ("order.credit_check_skipped", "let an order pass without its credit check"),
    ("subscription.auto_renewal_on", "turned automatic renewal on"),
    ("subscription.auto_renewal_off", "turned automatic renewal off"),
    ("subscription.attributes_set", "set attributes of a subscription"),
    ("subscription.price_set", "set a special price"),
    ("customer.create_asked", "began to create a customer"),
    ("customer.created", "created a customer"),
    ("customer.create_refused", "had a new customer refused by the marketplace"),
    ("customer.create_unknown", "created a customer whose outcome is unknown"),
    ("customer.updated", "changed a customer"),
    ("customer.held", "put a customer on credit hold"),
    ("customer.released", "released a customer from credit hold"),
    ("customer.managers_set", "set the account managers of a customer"),
    ("customer.external_id_set", "set the external id of a customer"),
    ("customer.external_id_failed", "could not set the external id of a customer"),
    ("customer.external_id_unknown", "set the external id of a customer, whose outcome is unknown"),
    ("customers.matched", "matched customers in bulk"),
    ("reseller.create_asked", "began to create a reseller"),
    ("reseller.created", "created a reseller"),
    ("reseller.create_refused", "had a new reseller refused by the marketplace"),
    ("reseller.create_unknown", "created a reseller whose outcome is unknown"),
    ("reseller.updated", "changed a reseller"),
    ("report.requested", "asked for a report"),
    ("report.scheduled", "scheduled a report"),
    ("report.refused", "had a report refused by the marketplace"),
    ("report.absent", "asked for a report, which was not made"),
    ("report.outcome_unknown", "asked for a report whose outcome is unknown"),
    ("report.previewed", "looked into a report"),
    ("report.downloaded", "downloaded a report"),
    ("console.called", "called the marketplace by hand"),
    ("console.sending", "began to change something at the marketplace by hand"),
    ("console.not_sent", "could not send a call by hand"),
    ("console.outcome_unknown", "changed something by hand, and nobody knows whether it was done"),
    ("console.unanswered", "got no answer to a call by hand"),
    ("connection.tested", "tested a connection to the marketplace"),
    ("connection.changed", "changed the connection to the marketplace"),
    ("connection.forgotten", "forgot the stored connection to the marketplace"),
    ("connection.copy_forgotten", "forgot the copy of another marketplace"),
    ("secrets.rotated", "sealed the stored secrets with another key"),
    ("access.denied", "was denied something"),
    ("activity.exported", "exported the activity"),
    ("list.exported", "exported a list"),
    ("staff.created", "added a staff member"),
    ("staff.invited", "invited a staff member"),
    ("staff.link_made", "made a one-time link for a staff member"),
    ("staff.password_set", "set a password by a one-time link"),
    ("staff.password_changed", "changed their own password"),
    ("staff.password_refused", "did not know their own password"),
    ("staff.role_changed", "gave a staff member another role"),
    ("role.created", "made a role"),
    ("role.changed", "changed what a role allows"),
    ("role.deleted", "deleted a role"),
    ("staff.disabled", "disabled a staff member"),
    ("staff.enabled", "enabled a staff member again"),
    ("staff.demo_set_up", "set up a demo staff member"),
    ("staff.joined", "added a staff member whom a group lets in"),
    ("staff.identity_bound", "bound an account to single sign-on"),
    ("staff.identity_released", "stopped using single sign-on"),
    ("staff.identity_withdrawn", "released a staff member from single sign-on"),
    ("staff.proved", "confirmed that it is them"),
    ("staff.proof_refused", "could not confirm that it is them"),
    ("staff.signed_in", "signed in"),
    ("staff.signed_out", "signed out"),
    ("staff.session_ended", "signed out another browser"),
    ("staff.sessions_ended", "signed out other browsers"),
    ("staff.sign_in_failed", "refused a sign-in"),
    ("staff.identity_accepted", "came by single sign-on, and was asked for the second factor"),
    ("staff.password_accepted", "showed their password, and was asked for the second factor"),
    ("staff.code_refused", "refused a code of a second factor"),
    ("staff.recovery_code_used", "used a recovery code"),
    ("staff.factor_policy_changed", "changed which roles must have a second factor"),
    ("staff.order_proof_changed", "changed from which amount on orders take a proof"),
    ("staff.factor_begun", "began to set up a second factor"),
    ("staff.factor_set_up", "set up a second factor"),
    ("staff.factor_removed", "removed a second factor"),
    ("staff.recovery_codes_made", "made new recovery codes"),
];

#[cfg(test)]
mod tests {
    use super::{GROUPS, WORDS, action};

    #[test]
    fn actions_complete_the_name_of_who_acted() {
        assert_eq!(action("order.placed"), "placed an order");
        assert_eq!(action("staff.signed_in"), "signed in");
    }

    #[test]
    fn every_action_can_be_looked_for_by_its_kind() {
        for (recorded, _) in WORDS {
            let begins = recorded.split('.').next();
            let groups = GROUPS.iter().filter(|(_, _, begin)| begin.iter().any(|begin| Some(*begin) == begins));
            assert_eq!(groups.count(), 1, "{recorded}");
        }
    }

    #[test]
    fn an_action_without_words_is_shown_as_recorded() {
        assert_eq!(action("moon.eclipsed"), "moon.eclipsed");
    }
}
