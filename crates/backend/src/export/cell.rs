//! What stands in one cell of a table.

use crate::Period;
use crate::formula::guard;
use domain::{Money, Seats};
use rust_decimal::Decimal;
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// A cell. What is text stays text in a spreadsheet, whatever it begins with; what is a number can be added up there,
/// also where it is less than nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing is known, or there is nothing.
    #[default]
    Empty,
    /// A name, an identifier, a day: whatever nobody calculates with.
    Text(String),
    /// A quantity or an amount, with every decimal it has.
    Number(Decimal),
}

impl Cell {
    /// As it is written into the file.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => guard(text),
            Self::Number(number) => number.to_string(),
        }
    }

    /// How much money; what of is a cell of its own.
    pub(crate) fn amount(money: Option<Money>) -> Self {
        money.map(|money| money.amount).into()
    }

    /// The currency of that money.
    pub(crate) fn currency(money: Option<Money>) -> Self {
        money.map(|money| money.currency.code().to_owned()).into()
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Seats> for Cell {
    fn from(seats: Seats) -> Self {
        Self::Number(seats.get().into())
    }
}

impl From<bool> for Cell {
    fn from(holds: bool) -> Self {
        Self::from(if holds { "yes" } else { "no" })
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<OffsetDateTime> for Cell {
    fn from(moment: OffsetDateTime) -> Self {
        Self::Text(moment.format(&Rfc3339).unwrap_or_default())
    }
}

impl From<&Period> for Cell {
    fn from(period: &Period) -> Self {
        Self::Text(format!("{} {}", period.length, period.unit))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;
    use time::macros::{date, datetime};

    #[test]
    fn text_runs_nothing_and_a_number_below_nothing_stays_one() {
        for (cell, written) in [
            (Cell::from("=1+1"), "'=1+1"),
            (Cell::from("-5"), "'-5"),
            (Cell::from("+44"), "'+44"),
            (Cell::from("@SUM(A1)"), "'@SUM(A1)"),
            (Cell::from("\t1"), "'\t1"),
            (Cell::from("\r1"), "'\r1"),
            (Cell::from("1000201"), "1000201"),
            (Cell::from(Decimal::new(-2460, 2)), "-24.60"),
            (Cell::from(7_i64), "7"),
            (Cell::Empty, ""),
        ] {
            assert_eq!(cell.written(), written);
        }
    }

    #[test]
    fn money_keeps_its_decimals_and_has_its_currency_beside_it() {
        let money = Some(Money::new(Decimal::new(123_456_789, 6), Currency::new("EUR").unwrap()));
        assert_eq!(Cell::amount(money).written(), "123.456789");
        assert_eq!(Cell::currency(money).written(), "EUR");
        assert_eq!((Cell::amount(None), Cell::currency(None)), (Cell::Empty, Cell::Empty));
    }

    #[test]
    fn days_moments_and_terms_are_written_so_that_any_program_reads_them() {
        assert_eq!(Cell::from(date!(2026 - 03 - 02)).written(), "2026-03-02");
        assert_eq!(Cell::from(datetime!(2026-03-02 09:00 UTC)).written(), "2026-03-02T09:00:00Z");
        assert_eq!(Cell::from(&Period { unit: "year".to_owned(), length: 3 }).written(), "3 year");
        assert_eq!(Cell::from(true).written(), "yes");
        assert_eq!(Cell::from(Some(false)).written(), "no");
    }
}
