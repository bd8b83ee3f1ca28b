//! Creating and changing customers with plain forms: what is refused comes back as it was typed.

use super::browser::{Answer, Browser, field};
use super::connected::Connected;
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

const CREATE: &str = "/api/create_customer";
const TOKEN: &str = "6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refused_customer_comes_back_as_typed_with_each_field_named(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let token = token(&browser.get("/customers/new").await);
    let typed = [
        ("account[name]", "Aldgate & Sons"),
        ("account[country]", "US"),
        ("account[contacts][0][kind]", "admin"),
        ("account[contacts][0][email]", "ana"),
        ("account[contacts][0][phone]", "+1 425"),
        ("form_token", &token),
    ];
    let answer = browser.post(CREATE, &form(&typed)).await;
    assert_eq!(answer.location.as_deref(), Some("/customers/new"));
    let page = browser.get("/customers/new").await.body;
    assert_eq!(field(&page, "account[name]").as_deref(), Some("Aldgate & Sons"));
    assert_eq!(field(&page, "account[contacts][0][phone]").as_deref(), Some("+1 425"));
    for fault in
        ["street", "postal_code", "city", "state", "contact-0-first_name", "contact-0-email", "contact-0-phone"]
    {
        assert!(page.contains(&format!("href=\"#{fault}\"")), "{fault} is linked from the summary");
        assert!(page.contains(&format!("id=\"{fault}-error\"")), "{fault} has its message");
    }
    assert_eq!(token_of(&page), token, "it is still the same form");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_name_that_cannot_be_read_is_refused_beside_its_field(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let token = token(&browser.get("/customers/new").await);
    let long = "A".repeat(256);
    for (name, said) in [
        ("\u{200B}", "this one has invisible characters only"),
        ("Aldgate \u{202E}latneD", "invisible characters that turn the direction of text"),
        (&*long, "Use at most 255 characters"),
    ] {
        let mut typed = complete(&token);
        typed.retain(|(field, _)| *field != "account[name]");
        typed.push(("account[name]", name));
        assert_eq!(browser.post(CREATE, &form(&typed)).await.location.as_deref(), Some("/customers/new"), "{said}");
        let page = browser.get("/customers/new").await.body;
        assert!(page.contains("id=\"name-error\"") && page.contains("href=\"#name\""), "{said}: {page}");
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_customer_is_created_edited_and_held_with_plain_forms(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let token = token(&browser.get("/customers/new").await);
    let answer = browser.post(CREATE, &form(&complete(&token))).await;
    let customer = answer.location.expect("the customer's page");
    let page = browser.get(&customer).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Aldgate Dental") && page.body.contains("K-4711"));
    assert_eq!(browser.post(CREATE, &form(&complete(&token))).await.location.as_deref(), Some(&*customer), "once");

    let page = browser.get(&format!("{customer}/edit")).await.body;
    let id = customer.rsplit('/').next().unwrap().to_owned();
    let seen = field(&page, "seen").unwrap();
    let token = token_of(&page);
    let mut edited = complete(&token);
    edited.retain(|(name, _)| *name != "account[city]");
    edited.extend([("account[city]", "Leeds"), ("customer", &id), ("seen", &seen)]);
    let answer = browser.post("/api/update_customer", &form(&edited)).await;
    assert_eq!(answer.location.as_deref(), Some(&*customer));
    assert!(browser.get(&customer).await.body.contains("Leeds"));

    let token = token_of(&browser.get(&format!("{customer}/hold")).await.body);
    browser.post("/api/set_hold", &form(&[("customer", &id), ("to", "hold"), ("form_token", &token)])).await;
    assert!(browser.get(&customer).await.body.contains("Only active customers can order"));
    assert!(browser.get(&format!("{customer}/hold")).await.body.contains("Release from credit hold"));
    let trail = browser.get("/activity").await.body;
    for done in ["created a customer", "changed a customer", "put a customer on credit hold"] {
        assert!(trail.contains(done), "{done}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_was_typed_about_one_customer_does_not_fill_the_form_of_another(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let one = world.find("select id from customer where status = 'active' order by id limit 1").await;
    let two = world.find("select id from customer where status = 'active' order by id offset 1 limit 1").await;
    let refused =
        form(&[("customer", &one), ("account[name]", "Typed about the first"), ("seen", "1"), ("form_token", TOKEN)]);
    let answer = browser.post("/api/update_customer", &refused).await;
    let (back, other) = (format!("/customers/{one}/edit"), format!("/customers/{two}/edit"));
    assert_eq!(answer.location.as_deref(), Some(&*back));
    let name = async |browser: &mut Browser, path: &str| field(&browser.get(path).await.body, "account[name]");
    assert_ne!(name(&mut browser, &other).await.as_deref(), Some("Typed about the first"));
    assert_eq!(name(&mut browser, &back).await.as_deref(), Some("Typed about the first"));
}

pub(crate) fn complete(token: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("account[name]", "Aldgate Dental"),
        ("account[external_id]", "K-4711"),
        ("account[language]", "en_US"),
        ("account[street]", "1 High Street"),
        ("account[postal_code]", "E1 7PT"),
        ("account[city]", "London"),
        ("account[country]", "GB"),
        ("account[contacts][0][kind]", "admin"),
        ("account[contacts][0][first_name]", "Ana"),
        ("account[contacts][0][last_name]", "Silva"),
        ("account[contacts][0][email]", "ana@aldgate.example"),
        ("account[contacts][0][phone]", "020 7946 0958"),
        ("form_token", token),
    ]
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", app::paths::segment(name), app::paths::segment(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

pub(crate) fn token(page: &Answer) -> String {
    token_of(&page.body)
}

fn token_of(page: &str) -> String {
    field(page, "form_token").unwrap_or_else(|| panic!("no form token in: {page}"))
}
