//! Lists as files: what their pages lead to, for whom, and what is left in the activity.

use super::browser::{Answer, ROLES, Site};
use super::connected::Connected;
use app::ExportedList;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::{Permission, Role};
use futures::StreamExt;
use sqlx::PgPool;
use tower::ServiceExt;

/// Lists as somebody looks at them: filtered, searched, sorted, and not at their first page.
const LOOKED_AT: [&str; 8] = [
    "/customers",
    "/customers?status=active&sort=status&order=reversed&page=%3E9%7Eactive",
    "/subscriptions?status=any&term=long&sort=renewal",
    "/subscriptions?auto=on&page=%3E1%7EA",
    "/orders?type=sales",
    "/orders?status=completed&reseller=all&sort=status",
    "/catalogue/products?term=1+year&sort=price&order=reversed",
    "/catalogue/plans?search=1",
];

/// The address of the file that the page leads to.
fn link(page: &str) -> String {
    let rest =
        page.split("href=\"").find(|rest| rest.split('"').next().is_some_and(|href| href.contains("/export.csv")));
    rest.unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

/// How many rows the page says there are; it does not say so where there are none.
fn counted(page: &str) -> usize {
    let text = page.split("class=\"count\">").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or("0");
    let number = text.split(' ').next().unwrap_or_default();
    number.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn rows(file: &Answer) -> usize {
    file.body.split_terminator("\r\n").count() - 1
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_list_leads_to_a_file_of_as_many_rows_as_it_counts(pool: PgPool) {
    let world = Connected::with_resellers(pool, 1).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let mut all = 0;
    for path in LOOKED_AT {
        let page = browser.get(path).await.body;
        let link = link(&page);
        let asked: Vec<&str> = path.split(['?', '&']).skip(1).filter(|field| !field.starts_with("page=")).collect();
        let sent: Vec<&str> = link.split(['?', '&']).skip(1).collect();
        assert_eq!(sent, asked, "{link}");
        let file = browser.get(&link).await;
        assert_eq!(file.status, StatusCode::OK, "{link}");
        assert_eq!(rows(&file), counted(&page), "{link}");
        all += rows(&file);
    }
    assert!(all > 20, "there is something to compare: {all}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_list_is_saved_and_never_shown_or_kept(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut viewer = site.signed_in(Role::Viewer).await;
    for list in ExportedList::ALL {
        let path = list.path();
        let name = path.rsplit('/').nth(1).unwrap();
        let answer = viewer.get(&path).await;
        let head = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(head(header::CONTENT_TYPE), "text/csv; charset=utf-8", "{path}");
        let disposition = format!("attachment; filename=\"{name}-2026-03-02.csv\"");
        assert!(head(header::CONTENT_DISPOSITION).starts_with(&disposition), "{path}: {:?}", answer.headers);
        assert!(head(header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"), "{path}");
        assert_eq!(head(header::CACHE_CONTROL), "no-store", "{path}");
        assert_eq!(head(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert!(answer.body.starts_with("\u{feff}id,"), "{path}: {}", answer.body);
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_the_reseller_pays_has_columns_only_for_those_who_may_see_it(pool: PgPool) {
    let site = Site::new(pool).await;
    for role in ROLES {
        let mut browser = site.signed_in(role).await;
        for path in ["/subscriptions/export.csv", "/catalogue/products/export.csv"] {
            let file = browser.get(path).await.body;
            assert!(file.contains(",price,currency,"), "{file}");
            for heading in [",cost,", ",cost currency,", ",margin,", ",margin percent,"] {
                assert_eq!(file.contains(heading), role.may(Permission::ViewCosts), "{heading} of {path} as {role}");
            }
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_takes_a_list_away_whose_role_does_not_show_it(pool: PgPool) {
    let site = Site::new(pool).await;
    sqlx::raw_sql(
        "insert into role (id, name, permissions, created_by, created_at)
         select 'nothing', 'Nothing', '{}'::text[], id, now() from staff where role = 'admin';
         update staff set role = 'nothing' where role = 'viewer'",
    )
    .execute(&site.backend.pool)
    .await
    .unwrap();
    let mut nothing = site.signed_in(Role::Viewer).await;
    for list in ExportedList::ALL {
        let path = list.path();
        let refused = nothing.get(&path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(refused.body.starts_with("Your role does not let you see customers"), "{path}: {}", refused.body);
        assert!(!refused.headers.contains_key(header::CONTENT_DISPOSITION), "{path}");
        let next = app::paths::segment(&path);
        assert_eq!(site.nobody().get(&path).await.location, Some(format!("/sign-in?next={next}")));
    }
    let actions = "select action from activity where action like 'list.%' or action = 'access.denied'";
    let actions: Vec<String> = sqlx::query_scalar(actions).fetch_all(&site.backend.pool).await.unwrap();
    assert_eq!(actions, ["access.denied"; ExportedList::ALL.len()]);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_took_what_away_is_found_in_the_activity(pool: PgPool) {
    let world = Connected::new(pool).await;
    world.site.signed_in(Role::Viewer).await.get("/orders/export.csv?type=sales&search=SO").await;
    let page = world.site.signed_in(Role::Admin).await.get("/activity?actions=lists").await.body;
    for words in ["Vera Lindqvist", "exported a list", "orders", "type", "sales", "search", "SO", "rows"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page.matches("exported a list").count(), 1, "one entry for each file");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_file_that_breaks_off_does_not_end_like_a_whole_one(pool: PgPool) {
    let world = Connected::new(pool).await;
    let cookie = world.site.signed_in(Role::Viewer).await.cookie.unwrap();
    let request = Request::get("/customers/export.csv").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let answer = world.site.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let mut body = answer.into_body().into_data_stream();
    let headings = body.next().await.unwrap().unwrap();
    assert!(headings.starts_with("\u{feff}id,name".as_bytes()), "the headings come before a row is read");
    world.site.backend.pool.close().await;
    assert!(matches!(body.next().await, Some(Err(_))), "the connection is broken off");
}
