//! An amount and its currency, as people type them into two fields.

use domain::{Currency, Money};
use rust_decimal::Decimal;

/// The amount, or `None` where both fields are empty. `fault` is told of what cannot be used: the field, `amount` or `currency`,
/// and the remedy.
pub(crate) fn typed_amount(amount: &str, currency: &str, mut fault: impl FnMut(&str, &str)) -> Option<Money> {
    let (amount, currency) = (amount.trim(), currency.trim());
    if amount.is_empty() {
        if !currency.is_empty() {
            fault("amount", "Enter the amount too, or leave the currency empty");
        }
        return None;
    }
    let number = Decimal::from_str_exact(amount).ok().filter(|number| !number.is_sign_negative());
    let number = number.filter(|number| number.normalize().scale() <= 4);
    if number.is_none() {
        fault("amount", "Enter an amount such as 1000.00, with a point and without a thousands separator");
    }
    let code = Currency::new(currency).ok();
    if code.is_none() {
        fault("currency", "Enter the currency as its three letters, such as USD");
    }
    Some(Money::new(number?, code?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(amount: &str, currency: &str) -> Vec<String> {
        let mut faults = Vec::new();
        typed_amount(amount, currency, |field, _| faults.push(field.to_owned()));
        faults
    }

    #[test]
    fn an_amount_and_its_currency_go_together() {
        assert_eq!(faults("10", ""), ["currency"]);
        assert_eq!(faults("", "USD"), ["amount"]);
        assert_eq!(faults("-1", "USD"), ["amount"]);
        assert_eq!(faults("1,000", "dollars"), ["amount", "currency"]);
        assert_eq!(faults("0.00001", "USD"), ["amount"]);
        assert_eq!(faults(" ", ""), Vec::<String>::new());
    }

    #[test]
    fn an_amount_is_read_as_it_is_typed() {
        let typed = typed_amount(" 1000.5 ", "usd", |field, why| panic!("{field}: {why}"));
        assert_eq!(typed.map(Money::display).as_deref(), Some("1,000.50 USD"));
    }
}
