use crate::typed_amount::typed_amount;
use crate::{FieldError, Result};
use domain::{ApprovalRule, OrderKind, Role};

/// A rule as it was typed; an empty field is no condition.
#[derive(Clone, Debug, Default)]
pub struct RuleForm {
    /// The kind of order.
    pub kind: String,
    /// Who makes the product.
    pub vendor: String,
    /// The role of whoever asks.
    pub role: String,
    /// From this amount on.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// From this change of the seats on, in percent.
    pub percent: String,
}

impl RuleForm {
    /// The rule, or every field at fault at once.
    pub(super) fn check(&self) -> Result<ApprovalRule> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, message: &str| {
            faults.push(FieldError { field: field.to_owned(), message: message.to_owned() });
        };
        let kind = choice(&self.kind, str::parse::<OrderKind>);
        let role = choice(&self.role, str::parse::<Role>);
        let percent = choice(&self.percent, |text| text.trim_end_matches('%').trim().parse::<u32>());
        if kind.is_err() {
            fault("kind", "Choose a kind of order");
        }
        if role.is_err() {
            fault("role", "Choose a role");
        }
        if !matches!(percent, Ok(None | Some(1..=100_000))) {
            fault("percent", "Enter the percent as a whole number from 1 on, such as 50");
        }
        let vendor = Some(self.vendor.trim()).filter(|text| !text.is_empty());
        if vendor.is_some_and(|vendor| vendor.chars().count() > 100 || vendor.chars().any(char::is_control)) {
            fault("vendor", "Use at most 100 characters on one line");
        }
        let amount = typed_amount(&self.amount, &self.currency, fault);
        match (kind, role, percent, faults.is_empty()) {
            (Ok(kind), Ok(role), Ok(percent), true) => {
                Ok(ApprovalRule { kind, vendor: vendor.map(ToOwned::to_owned), role, amount, percent })
            }
            _ => Err(crate::Error::Invalid(faults)),
        }
    }
}

fn choice<T, E>(text: &str, read: impl Fn(&str) -> std::result::Result<T, E>) -> std::result::Result<Option<T>, E> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn faults(form: &RuleForm) -> Vec<String> {
        match form.check() {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_left_empty_is_no_condition() {
        assert_eq!(RuleForm::default().check().unwrap(), ApprovalRule::default());
    }

    #[test]
    fn a_rule_is_read_as_it_is_typed() {
        let form = RuleForm {
            kind: "change".to_owned(),
            vendor: " Adobe ".to_owned(),
            role: "technician".to_owned(),
            amount: "1000.5".to_owned(),
            currency: "usd".to_owned(),
            percent: "50 %".to_owned(),
        };
        let rule = form.check().unwrap();
        assert_eq!(
            rule.to_string(),
            "Change orders of 1,000.50 USD or more for products of Adobe that change 50 % of the seats or more, \
             asked for by a technician"
        );
    }

    #[test]
    fn every_field_at_fault_is_told_at_once() {
        let form = RuleForm {
            kind: "bill".to_owned(),
            vendor: "a\nb".to_owned(),
            role: "owner".to_owned(),
            amount: "1,000".to_owned(),
            currency: "dollars".to_owned(),
            percent: "half".to_owned(),
        };
        assert_eq!(faults(&form), ["kind", "role", "percent", "vendor", "amount", "currency"]);
    }

    #[test]
    fn a_percent_of_nothing_is_refused() {
        assert_eq!(faults(&RuleForm { percent: "0".to_owned(), ..RuleForm::default() }), ["percent"]);
    }
}
