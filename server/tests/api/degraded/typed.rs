//! Nothing that was typed is lost, whichever form it was typed into.

use super::*;
use crate::browser::field;
use app::paths::segment;

fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", segment(name), segment(value))).collect::<Vec<_>>().join("&")
}

const ACCOUNT: [(&str, &str); 10] = [
    ("account[name]", "Aldgate & Sons"),
    ("account[external_id]", "K-4711"),
    ("account[street]", "1 High Street"),
    ("account[postal_code]", "E1 7PT"),
    ("account[city]", "London"),
    ("account[country]", "GB"),
    ("account[contacts][0][kind]", "admin"),
    ("account[contacts][0][first_name]", "Ana"),
    ("account[contacts][0][email]", "ana@aldgate.example"),
    ("account[contacts][0][phone]", "020 7946 0958"),
];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_customer_that_cannot_be_sent_comes_back_as_it_was_typed(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let customer = world.find("select id from customer where status = 'active' order by id limit 1").await;
    let edit = format!("/customers/{customer}/edit");
    let token = field(&browser.get("/customers/new").await.body, "form_token").unwrap();
    let edited = browser.get(&edit).await.body;
    let (seen, edit_token) = (field(&edited, "seen").unwrap(), field(&edited, "form_token").unwrap());
    take_down(&world).await;
    let (name, customer) =
        (("form_token", &*token), [("customer", &*customer), ("seen", &*seen), ("form_token", &*edit_token)]);
    for (path, back, more) in
        [("/api/create_customer", "/customers/new", &[name][..]), ("/api/update_customer", &*edit, &customer[..])]
    {
        let answer = browser.post(path, &form(&[&ACCOUNT[..], more].concat())).await;
        assert_eq!(answer.location.as_deref(), Some(back));
        let page = get(&mut browser, back).await;
        assert!(page.contains("The marketplace has not answered since"), "{path} says why");
        for (name, typed) in ACCOUNT.iter().filter(|(name, _)| !name.contains("country") && !name.contains("kind")) {
            assert_eq!(field(&page, name).as_deref(), Some(*typed), "{path}: {name}");
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_po_number_typed_at_a_review_goes_along_into_the_draft(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let path = format!("/subscriptions/{subscription}/renew");
    let review = browser.get(&path).await.body;
    let token = field(&review, "form_token").unwrap_or_else(|| panic!("no price in the review: {review}"));
    take_down(&world).await;
    let fields = [("subscription", &*subscription), ("act", "renew"), ("po_number", "PO 77 & 81")];
    let answer = browser.post("/api/place_act", &form(&[&fields[..], &[("form_token", &*token)]].concat())).await;
    assert_eq!(answer.location.as_deref(), Some(&*path));
    let page = get(&mut browser, &path).await;
    assert_eq!(
        page.matches("The marketplace could not be asked.").count(),
        1,
        "not for the post and the price: {page}"
    );
    let kept = field(&page, "path").expect("it can be kept as a draft");
    assert_eq!(kept, format!("{path}?po_number=PO+77+%26+81"));
    assert_eq!(world.find("select count(*)::text from intent").await, "0");

    bring_up(&world).await;
    let review = browser.get(&kept).await.body;
    assert_eq!(field(&review, "po_number").as_deref(), Some("PO 77 & 81"), "it is in its field again");
}
