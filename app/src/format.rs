//! How figures, dates and periods are written. The server formats everything, in UTC and says so.

use backend::Period;
use domain::{Margin, Money};
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime};

/// `14 Mar 2027`
pub(crate) fn date(date: Date) -> String {
    date.format(format_description!("[day padding:none] [month repr:short] [year]")).unwrap_or_default()
}

/// `23 Nov 2026, 20:40 UTC`
pub(crate) fn date_time(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    at.format(format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute] UTC"))
        .unwrap_or_default()
}

/// `23 Nov 2026, 20:40:07 UTC`, for what changes within a minute.
pub(crate) fn date_time_seconds(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    at.format(format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute]:[second] UTC"))
        .unwrap_or_default()
}

/// `20:40 UTC`, for what was a few minutes ago.
pub(crate) fn time_of_day(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    at.format(format_description!("[hour]:[minute] UTC")).unwrap_or_default()
}

/// For the `datetime` attribute.
pub(crate) fn machine(at: OffsetDateTime) -> String {
    at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

/// `3 minutes ago`, `in 12 days`
pub(crate) fn relative(at: OffsetDateTime, now: OffsetDateTime) -> String {
    let distance = at - now;
    let words = span(distance.abs());
    match words {
        None => "just now".to_owned(),
        Some(words) if distance.is_negative() => format!("{words} ago"),
        Some(words) => format!("in {words}"),
    }
}

/// `today`, `tomorrow`, `in 12 days`, `3 days ago`
pub(crate) fn relative_day(day: Date, today: Date) -> String {
    match (day - today).whole_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

/// `month`, `3 months`, `year`: how a period reads after "per" or "every".
pub(crate) fn period(kind: Option<&str>, length: Option<i32>) -> Option<String> {
    let kind = kind.filter(|kind| *kind != "unknown")?.replace('_', " ");
    match length {
        None | Some(1) => Some(kind),
        Some(length) => Some(format!("{length} {kind}s")),
    }
}

/// `1 year`, `3 months`
pub(crate) fn length(period: &Period) -> Option<String> {
    let words = self::period(Some(&period.unit), Some(period.length))?;
    Some(if period.length == 1 { format!("1 {words}") } else { words })
}

/// `123.00 USD per month`; without a known period only the amount.
pub(crate) fn price(price: Money, period: Option<&Period>) -> String {
    match period.and_then(|period| self::period(Some(&period.unit), Some(period.length))) {
        Some(period) => format!("{} per {period}", price.display()),
        None => price.display(),
    }
}

/// `13.8%` of the price; `None` where nothing is charged.
pub(crate) fn percent(margin: &Margin) -> Option<String> {
    margin.percent.map(|percent| format!("{percent:.1}%").replace('-', "\u{2212}"))
}

/// `34.00 USD (13.8%)`, with a period `34.00 USD per month (13.8%)`.
pub(crate) fn margin(margin: &Margin, period: Option<&Period>) -> String {
    let amount = price(margin.amount, period);
    percent(margin).map_or(amount.clone(), |percent| format!("{amount} ({percent})"))
}

/// `1,234,567`
pub(crate) fn grouped(count: i64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 seat`, `15 seats`
pub(crate) fn seats(count: i64) -> String {
    if count == 1 { "1 seat".to_owned() } else { format!("{count} seats") }
}

fn span(distance: Duration) -> Option<String> {
    let (count, unit) = match distance {
        d if d < Duration::MINUTE => return None,
        d if d < Duration::HOUR => (d.whole_minutes(), "minute"),
        d if d < Duration::DAY => (d.whole_hours(), "hour"),
        d => (d.whole_days(), "day"),
    };
    Some(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date as day, datetime};

    #[test]
    fn dates_read_the_same_everywhere() {
        assert_eq!(date(day!(2027 - 03 - 04)), "4 Mar 2027");
        assert_eq!(date_time(datetime!(2026-11-23 21:40 +1)), "23 Nov 2026, 20:40 UTC");
    }

    #[test]
    fn distances_are_in_words() {
        let now = datetime!(2026-11-23 20:40 UTC);
        assert_eq!(relative(now, now), "just now");
        assert_eq!(relative(now - Duration::minutes(61), now), "1 hour ago");
        assert_eq!(relative(now + Duration::days(12), now), "in 12 days");
        assert_eq!(relative_day(day!(2026 - 11 - 24), now.date()), "tomorrow");
    }

    #[test]
    fn margins_have_one_decimal_place() {
        let usd = |amount: i64| Money::new(amount.into(), domain::Currency::new("USD").unwrap());
        let nine = Margin::of(usd(100), usd(91)).unwrap();
        assert_eq!(margin(&nine, None), "9.00 USD (9.0%)");
        let below = Margin::of(usd(100), usd(109)).unwrap();
        assert_eq!(margin(&below, None), "\u{2212}9.00 USD (\u{2212}9.0%)", "the same minus in both");
        let monthly = Period { unit: "month".to_owned(), length: 1 };
        assert_eq!(margin(&Margin::of(usd(0), usd(0)).unwrap(), Some(&monthly)), "0.00 USD per month");
    }

    #[test]
    fn periods_read_after_per() {
        assert_eq!(period(Some("month"), Some(1)).as_deref(), Some("month"));
        assert_eq!(period(Some("year"), Some(3)).as_deref(), Some("3 years"));
        assert_eq!(period(Some("unknown"), Some(3)), None);
    }
}
