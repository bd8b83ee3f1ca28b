//! "My customers" on every list and on the overview.

use super::connected::Connected;
use domain::Role;
use sqlx::PgPool;

const LISTS: [&str; 4] = ["/", "/customers", "/subscriptions", "/orders"];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn everybody_is_offered_their_customers_and_told_how_to_be_assigned_some(pool: PgPool) {
    let world = Connected::new(pool).await;
    for role in super::browser::ROLES {
        let mut browser = world.site.signed_in(role).await;
        for path in LISTS {
            let all = browser.get(path).await.body;
            assert!(all.contains(&format!("<a href=\"{path}?mine=1\">My customers</a>")), "{path} as {role}");
            let mine = browser.get(&format!("{path}?mine=1")).await.body;
            assert!(mine.contains("You look after no customer yet"), "{path} as {role}");
            let by_oneself = mine.contains("tick your name under Account managers");
            assert_eq!(by_oneself, super::browser::reaches(role, Role::AccountManager), "{path} as {role}");
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_lists_of_ones_own_customers_leave_the_others_out(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mine = world.find("select min(customer_id) from subscription where status = 'active'").await;
    let assign =
        "insert into customer_manager select (select min(customer_id) from subscription where status = 'active'),
        id, now(), id from staff where role = 'viewer'";
    sqlx::raw_sql(assign).execute(&world.site.backend.pool).await.unwrap();
    let mut browser = world.site.signed_in(Role::Viewer).await;
    for path in LISTS {
        let page = browser.get(&format!("{path}?mine=1")).await.body;
        assert!(page.contains("aria-current=\"page\">My customers</a>"), "{path}");
        let linked = page
            .match_indices("href=\"/customers/")
            .map(|(at, start)| page[at + start.len()..].split('"').next().unwrap().to_owned());
        let are_customers = |id: &String| *id != mine && id != "matching" && !id.starts_with("export.csv");
        let others: Vec<String> = linked.filter(are_customers).collect();
        assert!(others.is_empty(), "{path} shows {others:?}");
    }
    let overview = browser.get("/?mine=1").await.body;
    for link in ["/customers?mine=1", "/orders?mine=1", "/subscriptions?mine=1&amp;status=active"] {
        assert!(overview.contains(&format!("href=\"{link}\"")), "the figures lead to the same customers: {link}");
    }
    let filtered = browser.get("/subscriptions?mine=1&status=any").await.body;
    assert!(filtered.contains("<input type=\"hidden\" name=\"mine\" value=\"1\""), "the filter keeps the choice");
}
