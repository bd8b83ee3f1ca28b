//! Resellers below the account: seen where there are some, apart from the account's own, and edited with plain forms.

use super::browser::{Browser, Site, field};
use super::connected::Connected;
use super::customers::{complete, form, token};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

const ITEM: &str = "<a href=\"/resellers\"";
const CHOICE: &str = "name=\"reseller\"";

const RESELLER: &str = "select id from reseller order by id limit 1";
const RESELLER_NAME: &str = "select name from reseller order by id limit 1";
const THEIR_CUSTOMER: &str = "select id from customer where reseller_id is not null order by reseller_id, id limit 1";
const THEIR_ORDER: &str = "select id from marketplace_order where reseller_id = (select min(id) from reseller) \
    order by created_at desc, id desc limit 1";

async fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.body
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_account_without_resellers_sees_nothing_of_them(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    for path in ["/", "/customers", "/orders"] {
        let page = page(&mut browser, path).await;
        assert!(!page.contains(ITEM) && !page.contains(CHOICE), "{path}");
    }
    assert!(page(&mut browser, "/resellers").await.contains("lists no reseller below your account"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn before_the_marketplace_was_asked_nothing_is_said_about_resellers(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    assert!(page(&mut browser, "/resellers").await.contains("Resellers were not read yet"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn resellers_are_listed_each_with_a_page_of_its_customers_and_orders(pool: PgPool) {
    let world = Connected::with_resellers(pool, 2).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    assert!(page(&mut browser, "/").await.contains(ITEM));
    let list = page(&mut browser, "/resellers").await;
    let id = world.find(RESELLER).await;
    assert!(list.contains(&format!("href=\"/resellers/{id}\"")) && list.contains("2 resellers"));
    let reseller = page(&mut browser, &format!("/resellers/{id}")).await;
    let (customer, order) = (world.find(THEIR_CUSTOMER).await, world.find(THEIR_ORDER).await);
    for part in [
        &*format!("href=\"/customers?reseller={id}\""),
        &*format!("href=\"/orders?reseller={id}\""),
        &*format!("href=\"/customers/{customer}\""),
        &*format!("href=\"/orders/{order}\""),
        "Not told by the marketplace",
        "Vertex",
        "does not let you create and edit resellers",
    ] {
        assert!(reseller.contains(part), "{part}");
    }
    let none = page(&mut browser, "/resellers?search=no+such+thing").await;
    assert!(none.contains("No reseller matches"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn lists_show_the_account_s_own_until_a_reseller_is_chosen(pool: PgPool) {
    let world = Connected::with_resellers(pool, 2).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    let (id, name) = (world.find(RESELLER).await, world.find(RESELLER_NAME).await);
    let own_customer = world.find("select id from customer where reseller_id is null order by id limit 1").await;
    let own_order =
        "select id from marketplace_order where reseller_id is null order by created_at desc, id desc limit 1";
    let own_order = world.find(own_order).await;
    let (customer, order) = (world.find(THEIR_CUSTOMER).await, world.find(THEIR_ORDER).await);
    for (list, own, theirs) in [("/customers", own_customer, customer), ("/orders", own_order, order)] {
        let has = |page: &str, id: &str| page.contains(&format!("href=\"{list}/{id}\" class=\"row-link\""));
        let default = page(&mut browser, list).await;
        assert!(default.contains(CHOICE) && default.contains(&format!(">{name}</option>")), "{list}");
        assert!(has(&default, &own) && !has(&default, &theirs), "{list}");
        let chosen = page(&mut browser, &format!("{list}?reseller={id}")).await;
        assert!(!has(&chosen, &own) && has(&chosen, &theirs), "{list} of one reseller");
    }
    let all = page(&mut browser, "/customers?reseller=all").await;
    let counted = world.find("select count(*)::text from customer").await;
    assert!(all.contains(&format!("{counted} customers")) && all.contains(&format!(" · {name}")));
    let elsewhere = page(&mut browser, "/customers?search=no+such+thing").await;
    assert!(elsewhere.contains("href=\"/customers?search=no+such+thing&amp;reseller=all\""), "the way to the others");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_customer_of_a_reseller_says_whose_they_are_and_what_is_not_told(pool: PgPool) {
    let world = Connected::with_resellers(pool, 1).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (id, name) = (world.find(RESELLER).await, world.find(RESELLER_NAME).await);
    let theirs = page(&mut browser, &format!("/customers/{}", world.find(THEIR_CUSTOMER).await)).await;
    assert!(theirs.contains(&format!("<a href=\"/resellers/{id}\">{name}</a>")));
    assert!(theirs.contains("are not told by the marketplace") && !theirs.contains("Subscriptions in use"));
    let own = world.find("select id from customer where reseller_id is null order by id limit 1").await;
    let own = page(&mut browser, &format!("/customers/{own}")).await;
    assert!(!own.contains("not told by the marketplace") && own.contains("Subscriptions in use"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_reseller_is_created_and_edited_and_given_a_customer_with_plain_forms(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let token_of_form = token(&browser.get("/resellers/new").await);
    let mut typed = complete(&token_of_form);
    typed.extend([("currency", "dollars"), ("taxation_provider", "Vertex")]);
    let answer = browser.post("/api/create_reseller", &form(&typed)).await;
    assert_eq!(answer.location.as_deref(), Some("/resellers/new"));
    let refused = page(&mut browser, "/resellers/new").await;
    assert!(refused.contains("href=\"#currency\"") && refused.contains("id=\"currency-error\""));
    assert_eq!(field(&refused, "currency").as_deref(), Some("dollars"));
    assert_eq!(field(&refused, "taxation_provider").as_deref(), Some("Vertex"));
    assert_eq!(field(&refused, "account[city]").as_deref(), Some("London"));
    assert_eq!(field(&refused, "form_token"), Some(token_of_form.clone()), "it is still the same form");

    typed.retain(|(name, _)| *name != "currency");
    typed.push(("currency", "GBP"));
    let reseller = browser.post("/api/create_reseller", &form(&typed)).await.location.expect("the reseller's page");
    let created = page(&mut browser, &reseller).await;
    assert!(created.contains("GBP") && created.contains("were not read yet") && created.contains(ITEM));
    assert_eq!(browser.post("/api/create_reseller", &form(&typed)).await.location, Some(reseller.clone()), "once");

    let id = reseller.rsplit('/').next().unwrap().to_owned();
    let edit = page(&mut browser, &format!("{reseller}/edit")).await;
    let (seen, token_of_edit) = (field(&edit, "seen").unwrap(), field(&edit, "form_token").unwrap());
    let mut edited = complete(&token_of_edit);
    edited.retain(|(name, _)| *name != "account[city]");
    edited.extend([("account[city]", "Leeds"), ("reseller", &id), ("seen", &seen)]);
    let answer = browser.post("/api/update_reseller", &form(&edited)).await;
    assert_eq!(answer.location.as_deref(), Some(&*reseller));
    assert!(page(&mut browser, &reseller).await.contains("Leeds"));

    let new_customer = format!("/customers/new?reseller={id}");
    let empty = browser.get(&new_customer).await;
    assert!(empty.body.contains("New customer of Aldgate Dental"));
    let token_of_form = token(&empty);
    let mut theirs = complete(&token_of_form);
    theirs.retain(|(name, _)| *name != "account[name]");
    theirs.push(("reseller", &id));
    let answer = browser.post("/api/create_customer", &form(&theirs)).await;
    assert_eq!(answer.location.as_deref(), Some(&*new_customer), "it comes back to the form of this reseller");
    theirs.push(("account[name]", "Mere Dental"));
    theirs.retain(|(name, _)| *name != "account[external_id]");
    let customer = browser.post("/api/create_customer", &form(&theirs)).await.location.expect("the customer's page");
    assert!(page(&mut browser, &customer).await.contains("A customer of Aldgate Dental"));
    assert!(page(&mut browser, &reseller).await.contains("Mere Dental"));
    let trail = page(&mut browser, "/activity").await;
    for done in ["created a reseller", "changed a reseller", &*format!("href=\"{reseller}\"")] {
        assert!(trail.contains(done), "{done}");
    }
}
