//! The rules: which orders wait.

use super::RuleForm;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{ApprovalRule, OrderFacts, Permission};
use time::OffsetDateTime;
use uuid::Uuid;

/// A rule in force.
#[derive(Clone, Debug)]
pub struct StoredRule {
    /// Identifier.
    pub id: Uuid,
    /// What it says.
    pub rule: ApprovalRule,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: OffsetDateTime,
}

/// Every rule, the oldest first.
pub async fn list(backend: &Backend) -> Result<Vec<StoredRule>> {
    sql::rules(&backend.pool).await
}

/// Adds a rule. It holds for what is placed from now on. The same `form_token` again adds nothing.
pub async fn add(backend: &Backend, staff: &Staff, form: &RuleForm, form_token: Uuid) -> Result<()> {
    staff.require(Permission::ManageApprovals)?;
    let rule = form.check()?;
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    let added = sql::add_rule(&mut transaction, form_token, &rule, staff.id, now).await?;
    if !added && !sql::is_rule(&mut transaction, form_token).await? {
        return Err(Error::Conflict(format!("There is this rule already: {rule}.")));
    }
    if added {
        let id = form_token.to_string();
        let entry =
            Entry { after: Some(rule.to_string().into()), ..Entry::new("approval_rule.added", "approval rule", &id) };
        activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Removes a rule. What waits already goes on waiting.
pub async fn remove(backend: &Backend, staff: &Staff, id: Uuid) -> Result<()> {
    staff.require(Permission::ManageApprovals)?;
    let mut transaction = backend.pool.begin().await?;
    let rule = sql::remove_rule(&mut transaction, id).await?.ok_or(Error::NotFound("approval rule"))?;
    let subject = id.to_string();
    let entry = Entry {
        before: Some(rule.to_string().into()),
        ..Entry::new("approval_rule.removed", "approval rule", &subject)
    };
    activity::record(&mut transaction, backend.clock.now(), Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The rules that ask about the order, in words; none where it need not wait.
pub(crate) async fn reasons(backend: &Backend, order: &OrderFacts) -> Result<Vec<String>> {
    let rules = list(backend).await?.into_iter().map(|stored| stored.rule);
    Ok(rules.filter(|rule| rule.asks(order)).map(|rule| rule.to_string()).collect())
}
