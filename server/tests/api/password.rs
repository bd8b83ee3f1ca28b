//! Settings, Password: as a browser without scripts sees it.

use super::browser::{PASSWORD, Site, email};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

const PAGE: &str = "/settings/password";
const RIGHT: &str = "current=a+password+for+tests+only&new=seven+quiet+otters";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_changed_password_ends_other_sessions_and_gives_this_one_a_new_id(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut here, mut elsewhere) = (site.signed_in(Role::Viewer).await, site.signed_in(Role::Viewer).await);
    let stolen = here.cookie.clone();
    let answer = here.post("/api/change_password", RIGHT).await;
    assert_eq!(answer.location.as_deref(), Some(PAGE));
    assert!(here.get(PAGE).await.body.contains("Your password is changed"));
    assert!(!here.get(PAGE).await.body.contains("Your password is changed"), "it is told once");
    assert_eq!(elsewhere.get("/customers").await.status, StatusCode::SEE_OTHER);
    elsewhere.cookie = stolen;
    assert_eq!(elsewhere.get("/customers").await.status, StatusCode::SEE_OTHER, "a stolen cookie is worth nothing");
    assert!(site.nobody().sign_in(email(Role::Viewer), PASSWORD).await.location.unwrap().starts_with("/sign-in"));
    let signed_in = site.nobody().sign_in(email(Role::Viewer), "seven quiet otters").await;
    assert_eq!(signed_in.location.as_deref(), Some("/"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_shown(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Technician).await;
    for (form, field, said) in [
        ("current=not+the+password&new=seven+quiet+otters", "current", "This is not the password you have"),
        ("current=a+password+for+tests+only&new=too+short", "new", "at least 12 characters"),
        ("current=a+password+for+tests+only&new=tomas+okafor+2026", "new", "other than the e-mail address, the name"),
    ] {
        assert_eq!(browser.post("/api/change_password", form).await.location.as_deref(), Some(PAGE));
        let page = browser.get(PAGE).await.body;
        assert!(page.contains("<title>Error: Password") && page.contains(&format!("href=\"#{field}\"")), "{form}");
        assert!(page.contains(&format!("id=\"{field}-error\"")) && page.contains(said), "{form}");
        assert!(!page.contains("not the password\"") && !page.contains("tomas okafor"), "{form}");
    }
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK, "still signed in");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn everybody_finds_the_page_and_admins_the_other_parts_beside_it(pool: PgPool) {
    let site = Site::new(pool).await;
    for role in super::browser::ROLES {
        let page = site.signed_in(role).await.get(PAGE).await.body;
        let tabs = page.split("aria-label=\"Settings\"").nth(1).unwrap().split("</nav>").next().unwrap();
        assert!(tabs.contains("aria-current=\"page\"") && tabs.contains("Password"), "{role}");
        assert_eq!(tabs.contains("Staff"), role == Role::Admin, "{role}");
        assert!(page.contains(">Settings<"), "{role} finds it from every page");
    }
}
