//! Roles that admins make, as whoever has them meets the site.

use super::browser::{Browser, PASSWORD, ROLES, Site, field};
use super::functions;
use axum::http::{Method, StatusCode};
use backend::roles::{RoleForm, save};
use backend::staff::{Caller, NewStaff, Staff, invite, use_link};
use domain::{Permission, Permissions, Role};
use sqlx::PgPool;
use uuid::Uuid;

async fn admin(site: &Site) -> Staff {
    let id =
        sqlx::query_scalar("select id from staff where role = 'admin'").fetch_one(&site.backend.pool).await.unwrap();
    backend::staff::find(&site.backend, id).await.unwrap().unwrap()
}

/// A browser in which somebody new of the role is signed in.
async fn signed_in(site: &Site, role: &str) -> Browser {
    let email = format!("{}@seatboard.example", Uuid::new_v4().simple());
    let new = NewStaff { email: email.clone(), name: "Nora Vance".to_owned(), role: role.to_owned() };
    let invited = invite(&site.backend, &admin(site).await, &new).await.unwrap();
    use_link(&site.backend, &Caller::default(), &invited.link.token, &PASSWORD.into()).await.unwrap();
    let mut browser = site.nobody();
    assert_eq!(browser.sign_in(&email, PASSWORD).await.location.as_deref(), Some("/"));
    browser
}

async fn made(site: &Site, name: &str, permissions: Permissions) -> Uuid {
    let id = Uuid::new_v4();
    let permissions = permissions.iter().map(Permission::name).collect();
    let form = RoleForm { name: name.to_owned(), permissions, ..RoleForm::default() };
    save(&site.backend, &admin(site).await, id, true, &form).await.unwrap();
    id
}

/// Every function but those that begin or end a session.
fn staying() -> Vec<(Method, functions::Row)> {
    let others = ["/api/sign_out", "/api/sign_in", "/api/use_link", "/api/change_password"];
    functions::all().into_iter().filter(|(_, row)| !others.contains(&row.path)).collect()
}

/// How each of them answers.
async fn answers(browser: &mut Browser) -> Vec<(&'static str, StatusCode)> {
    let mut answers = Vec::new();
    for (method, row) in staying() {
        answers.push((row.path, browser.call(method, row.path, row.arguments).await.status));
    }
    answers
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_custom_role_is_answered_like_the_built_in_one_of_the_same_permissions(pool: PgPool) {
    let site = Site::new(pool).await;
    for role in ROLES.into_iter().filter(|role| *role != Role::Admin) {
        let id = made(&site, &format!("Like {role}"), role.permissions()).await;
        let built_in = answers(&mut site.signed_in(role).await).await;
        let custom = answers(&mut signed_in(&site, &id.to_string()).await).await;
        assert_eq!(custom, built_in, "{role}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_new_built_in_roles_are_refused_what_they_may_not_and_nothing_else(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut viewer = site.signed_in(Role::Viewer).await;
    for role in [Role::ReportsManager, Role::Approver] {
        let mut browser = signed_in(&site, role.as_str()).await;
        let mut looked_at = 0;
        for (method, row) in staying() {
            let refused = viewer.call(method.clone(), row.path, row.arguments).await;
            let needed = Permission::ALL.into_iter().find(|permission| {
                refused.status == StatusCode::FORBIDDEN
                    && refused.body.contains(&format!("let you {}.", permission.description()))
            });
            let Some(needed) = needed else { continue };
            let answer = browser.call(method, row.path, row.arguments).await;
            looked_at += 1;
            let wants_more = Permission::ALL
                .into_iter()
                .any(|other| !role.may(other) && answer.body.contains(&format!("let you {}.", other.description())));
            let is_refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(is_refused, !role.may(needed) || wants_more, "{} as {role}: {}", row.path, answer.body);
        }
        assert!(looked_at > 20, "{looked_at} functions take more than looking");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_admin_makes_a_role_and_a_change_of_it_holds_from_the_next_click(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let token = field(&admin.get("/settings/roles").await.body, "form_token").unwrap();
    let form = "name=Desk&permissions[0]=Browse&permissions[5]=ViewActivity&amount=5000.00&currency=USD&seats=20";
    let answer = admin.post("/api/create_role", &format!("form_token={token}&{form}")).await;
    assert_eq!(answer.location, Some(format!("/settings/roles/{token}")));
    let mut nora = signed_in(&site, &token).await;
    assert_eq!(nora.get("/activity").await.status, StatusCode::OK);
    let profile = nora.get("/settings/profile").await.body;
    for said in ["Orders up to 5,000.00 USD", "At most 20 seats added in one change", "The role Desk includes it"] {
        assert!(profile.contains(said), "{said}");
    }
    let cookie = nora.cookie.clone();
    let form = format!("role={token}&name=Desk&permissions[0]=Browse&amount=&currency=&seats=");
    assert_eq!(admin.post("/api/edit_role", &form).await.location.as_deref(), Some("/settings/roles"));
    assert_eq!(nora.get("/activity").await.status, StatusCode::NOT_FOUND);
    assert_ne!(nora.cookie, cookie, "the session has a new id");
    let activity = admin.get("/activity").await.body;
    assert!(activity.contains("made a role") && activity.contains("changed what a role allows"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refused_role_comes_back_with_its_errors_beside_the_fields(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let token = Uuid::new_v4();
    let form = format!("form_token={token}&name=Orders+only&permissions[3]=PlaceOrders&amount=&currency=USD&seats=");
    assert_eq!(admin.post("/api/create_role", &form).await.location.as_deref(), Some("/settings/roles"));
    let page = admin.get("/settings/roles").await.body;
    for said in [
        "value=\"Orders only\"",
        "href=\"#permission-PlaceOrders\"",
        "id=\"permission-PlaceOrders-error\"",
        "id=\"amount-error\"",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_role_in_use_cannot_be_deleted_and_its_page_says_why(pool: PgPool) {
    let site = Site::new(pool).await;
    let id = made(&site, "Desk", Role::Viewer.permissions()).await;
    signed_in(&site, &id.to_string()).await;
    let mut admin = site.signed_in(Role::Admin).await;
    assert!(admin.get(&format!("/settings/roles/{id}")).await.body.contains("In use by Nora Vance."));
    admin.post("/api/delete_role", &format!("role={id}")).await;
    let refused = admin.get(&format!("/settings/roles/{id}")).await;
    assert!(refused.body.contains("This role is in use by Nora Vance"), "{}", refused.status);
}
