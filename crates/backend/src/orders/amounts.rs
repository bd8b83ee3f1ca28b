//! Which amount of an estimate belongs to which line.

use super::draft::CheckedLine;
use domain::Money;
use marketplace::models::{OrderLine, OrderLineRequest};

/// What each line costs now; `None` where that is not said. Nothing promises that the answer keeps the order of the lines, so
/// they are paired by what they name, and by their order only where that does not tell them apart.
pub(super) fn amounts(lines: &[CheckedLine], answer: &[OrderLine]) -> Vec<Option<Money>> {
    if let ([_], [only]) = (lines, answer) {
        return vec![only.extended_price];
    }
    let amount = |index: usize, line: &CheckedLine| {
        let is_alone = lines.iter().filter(|other| is_same(&other.request, &line.request)).count() == 1;
        let mut named = answer.iter().filter(|priced| is_of(priced, &line.request));
        match (named.next(), named.next()) {
            (Some(only), None) if is_alone => only.extended_price,
            _ => {
                let there = answer.get(index).filter(|_| answer.len() == lines.len())?;
                (is_of(there, &line.request) || is_nameless(there)).then_some(there.extended_price)?
            }
        }
    };
    lines.iter().enumerate().map(|(index, line)| amount(index, line)).collect()
}

fn is_same(one: &OrderLineRequest, other: &OrderLineRequest) -> bool {
    (&one.mpn, &one.id) == (&other.mpn, &other.id)
}

/// Whether the line names the product, or the one that it becomes.
fn is_of(priced: &OrderLine, asked: &OrderLineRequest) -> bool {
    match (&priced.mpn, &priced.id) {
        (Some(_), _) if asked.mpn.is_some() => [&asked.mpn, &asked.new_mpn].contains(&&priced.mpn),
        (_, Some(_)) => [&asked.id, &asked.new_id].contains(&&priced.id),
        _ => false,
    }
}

fn is_nameless(priced: &OrderLine) -> bool {
    priced.mpn.is_none() && priced.id.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, Seats};

    fn usd(amount: i64) -> Money {
        Money::new(amount.into(), Currency::new("USD").unwrap())
    }

    fn line(mpn: &str) -> CheckedLine {
        CheckedLine {
            name: mpn.to_owned(),
            before: Seats::default(),
            after: Seats::default(),
            vendor: None,
            unit_price: None,
            list_price: None,
            billing_period: None,
            request: OrderLineRequest { mpn: Some(mpn.to_owned()), ..OrderLineRequest::default() },
        }
    }

    fn priced(mpn: Option<&str>, amount: i64) -> OrderLine {
        OrderLine { mpn: mpn.map(ToOwned::to_owned), extended_price: Some(usd(amount)), ..OrderLine::default() }
    }

    #[test]
    fn amounts_in_another_order_stay_with_their_products() {
        let answer = [priced(Some("B"), 2), priced(Some("A"), 1)];
        assert_eq!(amounts(&[line("A"), line("B")], &answer), [Some(usd(1)), Some(usd(2))]);
    }

    #[test]
    fn lines_without_names_are_told_apart_by_their_order_if_there_are_as_many() {
        let answer = [priced(None, 1), priced(None, 2)];
        assert_eq!(amounts(&[line("A"), line("B")], &answer), [Some(usd(1)), Some(usd(2))]);
        assert_eq!(amounts(&[line("A"), line("B")], &answer[..1]), [None, None]);
    }

    #[test]
    fn two_lines_of_one_product_do_not_share_an_amount() {
        let answer = [priced(Some("A"), 1), priced(Some("A"), 2)];
        assert_eq!(amounts(&[line("A"), line("A")], &answer), [Some(usd(1)), Some(usd(2))]);
        assert_eq!(amounts(&[line("A"), line("A")], &answer[..1]), [None, None]);
    }

    #[test]
    fn an_amount_of_another_product_is_nobodys() {
        let answer = [priced(Some("A"), 1), priced(Some("C"), 3)];
        assert_eq!(amounts(&[line("A"), line("B")], &answer), [Some(usd(1)), None]);
        assert_eq!(amounts(&[line("A")], &[priced(Some("C"), 3)]), [Some(usd(3))], "one line has one amount");
    }
}
