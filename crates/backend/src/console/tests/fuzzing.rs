//! Whatever is typed into the console, it is a call to this marketplace or a reason why it is none.

use super::super::Typed;
use fuzz::fuzz_text;

#[test]
fn calls_by_hand() {
    let samples = [
        "/orders/a%20b/?name=Acme+Ltd&x=%26",
        "/customers?subscription-key=abc&limit=1",
        "/orders/%2e%2E/x",
        "{\"login\": \"ana\", \"seats\": 1.0}",
        "//other.example/orders",
    ];
    fuzz_text("calls by hand", &samples, |text| {
        for (method, path, body) in [("GET", text, ""), ("POST", "/orders", text), (text, "/orders", "{}")] {
            let Ok(request) = Typed::new(method, path, body).check() else { continue };
            let segments = request.call.segments();
            assert!(!segments.iter().any(|segment| matches!(*segment, "" | "." | "..")), "{segments:?}");
            assert!(!segments[0].eq_ignore_ascii_case("token"));
        }
    });
}
