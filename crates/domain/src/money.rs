//! Money: a decimal amount with its currency. Never a float, never added across currencies.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Decimals that amounts are shown with at most.
const MOST_DECIMALS: u32 = 6;

/// An amount in one currency. The amount keeps every decimal it came with; only [`Money::display`] rounds, beyond six.
///
/// Serialises as the marketplace does: `{"currency":"USD","amount":"70.5"}`; an amount given as a JSON number is read too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// ISO 4217 code.
    pub currency: Currency,
    /// In units of the currency (not cents); negative for credits.
    #[serde(with = "amount")]
    pub amount: Decimal,
}

impl Money {
    /// `amount` units of `currency`.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { currency, amount }
    }

    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// How much it is, charged or credited, where it is in that currency.
    pub fn size_in(self, currency: Currency) -> Option<Decimal> {
        (self.currency == currency).then(|| self.amount.abs())
    }

    /// The sum, or `None` when the currencies differ or the sum does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        Some(Self::new(self.amount.checked_add(other.amount)?, self.currency))
    }

    /// The difference, or `None` when the currencies differ or it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self::new(-other.amount, other.currency))
    }

    /// `count` times this amount, or `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(self, count: Decimal) -> Option<Self> {
        Some(Self::new(self.amount.checked_mul(count)?, self.currency))
    }

    /// With all its decimals up to six, and at least as many as are usual in the currency, so that a price of less
    /// than a cent is seen; thousands separated: `1,234.50 USD`, `0.004 USD`.
    pub fn display(self) -> String {
        format!("{} {}", self.display_amount(), self.currency)
    }

    /// As [`Money::display`], with an explicit sign: `+24.60 USD`. Nothing shows as `0.00 USD`.
    pub fn display_signed(self) -> String {
        let sign = if self.rounded().is_sign_positive() && !self.rounded().is_zero() { "+" } else { "" };
        format!("{sign}{}", self.display())
    }

    fn rounded(self) -> Decimal {
        self.amount.round_dp_with_strategy(MOST_DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize()
    }

    fn display_amount(self) -> String {
        let rounded = self.rounded();
        let decimals = rounded.scale().max(self.currency.decimals()) as usize;
        let text = format!("{:.decimals$}", rounded.abs());
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let minus = if rounded.is_sign_negative() && !rounded.is_zero() { "\u{2212}" } else { "" };
        match fraction {
            Some(fraction) => format!("{minus}{grouped}.{fraction}"),
            None => format!("{minus}{grouped}"),
        }
    }
}

/// Sums kept apart by currency, in order of currency code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals(BTreeMap<Currency, Decimal>);

impl Totals {
    /// Adds to the sum of the amount's own currency. Saturates at the decimal's limits.
    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount);
    }

    /// One amount per currency seen.
    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().map(|(currency, amount)| Money::new(*amount, *currency))
    }

    /// No amount was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Money> for Totals {
    fn from_iter<I: IntoIterator<Item = Money>>(amounts: I) -> Self {
        let mut totals = Self::default();
        amounts.into_iter().for_each(|money| totals.add(money));
        totals
    }
}

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code in any case.
    pub fn new(code: &str) -> Result<Self, InvalidCurrency> {
        let code = code.trim();
        let letters: [u8; 3] = code.as_bytes().try_into().map_err(|_| InvalidCurrency(code.to_owned()))?;
        if letters.iter().all(u8::is_ascii_alphabetic) {
            Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
        } else {
            Err(InvalidCurrency(code.to_owned()))
        }
    }

    /// The code, upper case.
    pub fn code(&self) -> &str {
        // The letters are ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimals that amounts are shown with at least (ISO 4217 minor units).
    fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"CLP" | b"VND" | b"ISK" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"JOD" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidCurrency;

    fn try_from(code: String) -> Result<Self, InvalidCurrency> {
        Self::new(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// Not three letters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency code of three letters")]
pub struct InvalidCurrency(String);

mod amount {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(amount)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Text(String),
            Integer(i64),
            // Going through the shortest decimal text keeps 70.1 at 70.1.
            Float(f64),
        }
        let text = match Raw::deserialize(deserializer)? {
            Raw::Text(text) => text,
            Raw::Integer(number) => number.to_string(),
            Raw::Float(number) => number.to_string(),
        };
        let text = text.trim();
        text.parse().or_else(|_| Decimal::from_scientific(text)).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(amount: &str) -> Money {
        Money::new(amount.parse().unwrap(), Currency::new("usd").unwrap())
    }

    #[test]
    fn money_is_shown_with_its_currency_and_grouped() {
        assert_eq!(usd("1234567.5").display(), "1,234,567.50 USD");
        assert_eq!(usd("-24.6050").display(), "\u{2212}24.605 USD");
        assert_eq!(usd("24.6").display_signed(), "+24.60 USD");
        assert_eq!(usd("-0.00").display_signed(), "0.00 USD");
        assert_eq!(Money::new(1500.into(), Currency::new("JPY").unwrap()).display(), "1,500 JPY");
    }

    #[test]
    fn a_price_of_less_than_a_cent_is_not_shown_as_nothing() {
        assert_eq!(usd("0.004").display(), "0.004 USD");
        assert_eq!(usd("-0.001").display_signed(), "\u{2212}0.001 USD");
        assert_eq!(usd("1234.5000").display(), "1,234.50 USD");
        assert_eq!(usd("24.599999999999998").display(), "24.60 USD", "what a float left is no price");
        assert_eq!(usd("0.0000004").display_signed(), "0.00 USD");
        assert_eq!(Money::new(Decimal::new(15, 1), Currency::new("JPY").unwrap()).display(), "1.5 JPY");
    }

    #[test]
    fn money_reads_strings_and_numbers_and_writes_strings() {
        for json in [r#"{"currency":"USD","amount":"70.5"}"#, r#"{"currency":"USD","amount":70.5}"#] {
            assert_eq!(serde_json::from_str::<Money>(json).unwrap(), usd("70.5"));
        }
        assert_eq!(serde_json::to_string(&usd("70.5")).unwrap(), r#"{"currency":"USD","amount":"70.5"}"#);
    }

    #[test]
    fn currencies_are_never_added_together() {
        let eur = Money::new(1.into(), Currency::new("EUR").unwrap());
        assert_eq!(usd("1").checked_add(eur), None);
        let totals: Totals = [usd("1.25"), eur, usd("2.25")].into_iter().collect();
        assert_eq!(totals.iter().map(Money::display).collect::<Vec<_>>(), ["1.00 EUR", "3.50 USD"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(mantissa in any::<i64>(), scale in 0u32..9) {
            let money = Money::new(Decimal::new(mantissa, scale), Currency::new("AUD").unwrap());
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn adding_then_taking_away_changes_nothing(a in -1_000_000_000i64..1_000_000_000, b in -1_000_000_000i64..1_000_000_000) {
            let (a, b) = (usd(&a.to_string()), usd(&b.to_string()));
            prop_assert_eq!(a.checked_add(b).and_then(|sum| sum.checked_sub(b)), Some(a));
        }
    }
}
