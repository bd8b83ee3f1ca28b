//! Whatever is typed for a telephone number, an amount, a quantity or a setting, reading it ends with a value or a reason.

use crate::{Country, Currency, Money, OrderKind, Phone, Role, Seats, UndoWindows, dialled};
use fuzz::fuzz_text;
use rust_decimal::Decimal;

#[test]
fn telephone_numbers() {
    let samples = [
        "+44 (0)20 7946-0958",
        "0044 20 79460958",
        "+1 425.555.0100 x12",
        "020 7946 0958 ext 4",
        "44#20#79460958#4",
        "1#425#5550100#",
        "###",
    ];
    let countries = ["GB", "US", "DE", "IT", "RU"].map(|code| Country::find(code).unwrap());
    fuzz_text("telephone numbers", &samples, |text| {
        for country in countries.into_iter().map(Some).chain([None]) {
            if let Ok(phone) = Phone::parse(text, country) {
                let kept = phone.to_string();
                assert_eq!(kept.parse::<Phone>().as_ref(), Ok(&phone), "what is read is kept");
            }
        }
        let _dialled = dialled(text);
        let _read = text.parse::<Phone>();
    });
}

#[test]
fn money() {
    let samples = [
        "12.50",
        "-0.005",
        "79228162514264337593543950335",
        "1234567.891 USD",
        "0.0000000000000000000000000001",
        "JPY",
    ];
    fuzz_text("money", &samples, |text| {
        let currency = Currency::new(text).or_else(|_| Currency::new("EUR")).unwrap();
        for word in text.split_whitespace() {
            let Ok(amount) = word.parse::<Decimal>() else { continue };
            let money = Money::new(amount, currency);
            let _shown = (money.display(), money.display_signed());
            let _sums = (money.checked_add(money), money.checked_sub(money), money.checked_mul(amount));
        }
    });
}

#[test]
fn quantities_and_settings() {
    let samples = ["15", "4294967295", " 3 ", "-1", "1.5", "Microsoft=7,Adobe=14", "=,=", "account_manager", "sales"];
    fuzz_text("quantities and settings", &samples, |text| {
        let _read = (Seats::parse(text), text.parse::<UndoWindows>(), text.parse::<Role>(), text.parse::<OrderKind>());
        let _from_decimal = text.parse::<Decimal>().ok().and_then(Seats::from_decimal);
    });
}
