//! The search over everything: what is in the copy, and the pages that the person's role may open.

use super::browser::{Browser, field};
use super::connected::Connected;
use super::customers::{form, token};
use super::pages::PAGES;
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

async fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    // What separates texts.
    answer.body.replace("<!>", "")
}

/// The addresses that a section of the page leads to.
fn links(page: &str, section: &str) -> Vec<String> {
    let heading = format!("<h2 id=\"found-{section}\">");
    let Some(from) = page.find(&heading) else { return Vec::new() };
    let section = page[from..].split("</section>").next().unwrap();
    section.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn everybody_finds_what_the_copy_has_and_can_open_it(pool: PgPool) {
    let world = Connected::new(pool).await;
    let customer = world.find("select id from customer order by id limit 1").await;
    let subscription = world.find("select id from subscription where status = 'active' order by id limit 1").await;
    let order = world.find("select id from marketplace_order where order_number is not null order by id limit 1").await;
    let number = world
        .find("select order_number from marketplace_order where order_number is not null order by id limit 1")
        .await;
    let plan = world.find("select id from plan order by id limit 1").await;
    let mpn = world.find("select mpn from product where mpn is not null order by key limit 1").await;
    for walker in world.site.walkers().await {
        let mut browser = world.site.signed_in_as(&walker).await;
        for (text, section, there) in [
            (&customer, "customers", format!("/customers/{customer}")),
            (&subscription, "subscriptions", format!("/subscriptions/{subscription}")),
            (&number, "orders", format!("/orders/{order}")),
            (&plan, "plans", format!("/catalogue/plans/{plan}")),
        ] {
            let found = links(&page(&mut browser, &format!("/search?q={text}")).await, section);
            assert!(found.contains(&there), "{text} as {}: {found:?}", walker.role);
            assert_eq!(browser.get(&there).await.status, StatusCode::OK, "{there} as {}", walker.role);
        }
        let found = links(&page(&mut browser, &format!("/search?q={mpn}")).await, "products");
        let listed = page(&mut browser, found.first().unwrap()).await;
        assert!(listed.contains(&mpn), "{mpn} as {}: {found:?}", walker.role);
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_pages_that_are_found_are_those_that_the_role_may_open(pool: PgPool) {
    let world = Connected::with_resellers(pool, 2).await;
    let all = links(&page(&mut world.site.signed_in(Role::Admin).await, "/search").await, "pages");
    assert!(all.len() > 20, "{all:?}");
    for walker in world.site.walkers().await {
        let mut browser = world.site.signed_in_as(&walker).await;
        let found = links(&page(&mut browser, "/search").await, "pages");
        for path in &all {
            let (_, needs, _) = PAGES.iter().find(|(page, ..)| page == path).expect("a page of the table");
            assert_eq!(found.contains(path), walker.may(*needs), "{path} as {}", walker.role);
        }
        for path in &found {
            assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path} as {}", walker.role);
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_page_is_found_by_its_words_and_those_of_resellers_only_where_there_are_some(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    assert_eq!(links(&page(&mut admin, "/search?q=Second+factor").await, "pages"), ["/settings/second-factor"]);
    assert_eq!(links(&page(&mut admin, "/search?q=rol+perm").await, "pages"), ["/settings/roles"]);
    assert!(links(&page(&mut admin, "/search?q=reseller").await, "pages").is_empty());
    let mut viewer = world.site.signed_in(Role::Viewer).await;
    assert!(links(&page(&mut viewer, "/search?q=rol+perm").await, "pages").is_empty());
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_rest_of_many_is_one_link_away_in_the_list(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    let many = "insert into customer (id, name, status, contacts, attributes, as_of)
        select 'x' || n, 'Quayside & Sons ' || n, 'active', '[]', '{}', now() from generate_series(1, 12) n";
    sqlx::raw_sql(many).execute(&world.site.backend.pool).await.unwrap();
    let found = page(&mut browser, "/search?q=quayside+%26").await;
    assert!(found.contains("12 customers") && found.contains(">All 12 in Customers</a>"), "{found}");
    let links = links(&found, "customers");
    assert_eq!(links[0], "/customers?search=quayside+%26");
    assert_eq!(links.len(), 6, "the list, and a few of them: {links:?}");
    assert!(page(&mut browser, &links[0]).await.contains("12 customers"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_slip_is_told_apart_from_what_is_called_that_and_nothing_found_says_where_was_looked(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    let one = "insert into customer (id, name, status, contacts, attributes, as_of)
        values ('x1', 'Quayside Motors', 'active', '[]', '{}', now())";
    sqlx::raw_sql(one).execute(&world.site.backend.pool).await.unwrap();
    let near = page(&mut browser, "/search?q=quaysied").await;
    assert!(near.contains("these are close") && !near.contains("Looked for among"), "{near}");
    assert!(links(&near, "customers").contains(&"/customers/x1".to_owned()), "{near}");
    let found = page(&mut browser, "/search?q=quayside").await;
    assert!(!found.contains("these are close") && found.contains("1 customer"), "{found}");
    let nothing = page(&mut browser, "/search?q=%3Cb%3E7%3C/b%3E").await;
    assert!(nothing.contains("Nothing found for") && nothing.contains("Looked for among"), "{nothing}");
    assert!(!nothing.contains("<b>7"), "what was typed is text: {nothing}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn customers_of_resellers_are_found_and_say_whose_they_are(pool: PgPool) {
    let world = Connected::with_resellers(pool, 2).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    let customer = world.find("select id from customer where reseller_id is not null order by id limit 1").await;
    let reseller =
        world.find("select r.name from customer c join reseller r on r.id = c.reseller_id order by c.id limit 1").await;
    let found = page(&mut browser, &format!("/search?q={customer}")).await;
    assert_eq!(links(&found, "customers").first(), Some(&format!("/customers/{customer}")));
    assert!(found.contains(&reseller.replace('&', "&amp;")), "{reseller}: {found}");
    let id = world.find("select id from reseller order by id limit 1").await;
    let found = page(&mut browser, &format!("/search?q={id}")).await;
    assert!(links(&found, "resellers").contains(&format!("/resellers/{id}")), "{found}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_search_takes_nothing_that_another_page_is_to_tell(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let token = token(&browser.get("/customers/new").await);
    let typed = [("account[name]", "Quayside"), ("account[country]", "GB"), ("form_token", &token)];
    let refused = browser.post("/api/create_customer", &form(&typed)).await;
    assert_eq!(refused.location.as_deref(), Some("/customers/new"));
    page(&mut browser, "/search?q=quayside").await;
    let told = page(&mut browser, "/customers/new").await;
    assert_eq!(field(&told, "account[name]").as_deref(), Some("Quayside"));
    assert!(told.contains("href=\"#street\""), "{told}");
}
