//! Whatever arrives in a form, an address or a file, reading it ends with a value or a reason. The readers that only their own
//! folder can reach have their run there.

use crate::activity::Head;
use crate::formula::unguard;
use crate::list::Cursor;
use crate::seal::{Purpose, SealingKey};
use crate::subscriptions::parse_price;
use crate::test_support::sealing_key;
use domain::Currency;
use fuzz::{fuzz, fuzz_text};

#[test]
fn prices() {
    let currency = Currency::new("USD").unwrap();
    fuzz_text("prices", &["12.50", " 0.0001 USD", "79228162514264337593543950335", "1e5", "-0"], |text| {
        if let Ok(price) = parse_price(text, currency) {
            assert!(!price.amount.is_sign_negative() || price.amount.is_zero());
            let _shown = price.display();
        }
    });
}

#[test]
fn addresses_of_pages() {
    let head = format!("12:{}", "0a".repeat(32));
    let samples = [">K-1~Aldgate Dental", "<~", ">~2026-03-01 00:00:00+00", &*head, "=cmd|' /C calc'!A0", "'+1"];
    fuzz_text("places in lists, heads and cells", &samples, |text| {
        let _read = (text.parse::<Cursor>(), text.parse::<Head>(), text.parse::<SealingKey>().is_ok());
        let _cell = unguard(text);
    });
}

#[test]
fn sealed_secrets() {
    let key = sealing_key('a');
    let sealed = key.seal(Purpose::MarketplaceKey, &["row"], &"secret".into()).unwrap();
    fuzz("sealed secrets", &[&*sealed], |bytes| {
        let opened = key.open(Purpose::MarketplaceKey, &["row"], bytes);
        assert!(opened.is_err() || bytes == sealed, "only what was sealed opens");
    });
}
