//! A walk over every server function, found by enumeration: a new one fails here until it has its row.

use super::browser::Site;
use axum::http::{Method, StatusCode};
use domain::Role;
use server_fn::axum::server_fn_paths;
use sqlx::PgPool;

/// A server function: its path, arguments that can be read, and the least powerful role it answers (`None`: anybody).
pub(crate) struct Row {
    pub(crate) path: &'static str,
    pub(crate) arguments: &'static str,
    pub(crate) least: Option<Role>,
}

const TOKEN: &str = "form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

/// Nothing listens there.
const CONNECTION: &str = "url=http%3A%2F%2F127.0.0.1%3A9&code=us&username=x.API&password=x&subscription_key=x";

/// Of accounts, sessions and roles.
fn accounts() -> Vec<Row> {
    let row = |path, arguments, least| Row { path, arguments, least };
    vec![
        row("/api/sign_in", "email=a@b.example&password=wrong", None),
        row("/api/second_step", "code=123456", None),
        row("/api/use_link", "token=x&password=seven+quiet+otters", None),
        row("/api/sign_out", "", Some(Role::Viewer)),
        row("/api/prove", "proof=wrong&next=%2Forders", Some(Role::Viewer)),
        row("/api/change_password", "current=x&new=seven+quiet+otters", Some(Role::Viewer)),
        row("/api/invite_staff", "email=a@b.example&name=x&role=viewer", Some(Role::Admin)),
        row("/api/change_role", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&role=viewer", Some(Role::Admin)),
        row("/api/disable_staff", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/remove_factor_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/release_identity_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/set_factor_policy", "roles[0]=nonsense", Some(Role::Admin)),
        row("/api/enable_staff", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/make_staff_link", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/begin_factor", "", Some(Role::Viewer)),
        row("/api/confirm_factor", "code=123456", Some(Role::Viewer)),
        row("/api/renew_recovery_codes", "code=123456", Some(Role::Viewer)),
        row("/api/remove_factor", "code=123456", Some(Role::Viewer)),
        row(
            "/api/create_role",
            concat_token("name=Desk&permissions[0]=Browse&amount=&currency=&seats="),
            Some(Role::Admin),
        ),
        row(
            "/api/edit_role",
            "role=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&name=Desk&permissions[0]=Browse&amount=&currency=&seats=",
            Some(Role::Admin),
        ),
        row("/api/delete_role", "role=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/stay_signed_in", "", Some(Role::Viewer)),
        row("/api/end_own_session", "session=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Viewer)),
        row("/api/end_other_sessions", "", Some(Role::Viewer)),
        row("/api/release_single_sign_on", "", Some(Role::Viewer)),
        row("/api/end_anyones_session", "session=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
        row("/api/end_sessions_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Admin)),
    ]
}

/// Of what people do at the marketplace, and of what Seatboard keeps.
fn work() -> Vec<Row> {
    let row = |path, arguments, least| Row { path, arguments, least };
    vec![
        row("/api/estimate_seats", "subscription=1&line=1&seats=2", Some(Role::Technician)),
        row("/api/place_seat_change", concat_token("subscription=1&line=1&seats=2"), Some(Role::Technician)),
        row(
            "/api/check_parameters",
            "order=customer%3D1&entered[0][product]=x&entered[0][name]=mail&entered[0][value]=y",
            Some(Role::AccountManager),
        ),
        row("/api/place_order", concat_token("order=customer%3D1"), Some(Role::AccountManager)),
        row("/api/place_migration", concat_token("order=customer%3D1"), Some(Role::AccountManager)),
        row(
            "/api/place_act",
            concat_token("subscription=1&act=seats-at-renewal&choice=seats%3D2"),
            Some(Role::Technician),
        ),
        row(
            "/api/create_customer",
            concat_token("account[name]=x&account[contacts][0][email]=y"),
            Some(Role::AccountManager),
        ),
        row("/api/update_customer", concat_token("customer=1&account[name]=x&seen=1"), Some(Role::AccountManager)),
        row(
            "/api/create_reseller",
            concat_token("account[name]=x&currency=USD&taxation_provider=&customer_class="),
            Some(Role::Admin),
        ),
        row("/api/update_reseller", concat_token("reseller=1&account[name]=x&seen=1"), Some(Role::Admin)),
        row("/api/set_hold", concat_token("customer=1&to=hold"), Some(Role::AccountManager)),
        row("/api/set_auto_renewal", concat_token("subscription=1&to=off"), Some(Role::AccountManager)),
        row("/api/set_attributes", concat_token("subscription=1&names[0]=a&values[0]=b"), Some(Role::AccountManager)),
        row("/api/set_price", concat_token("subscription=1&line=1&price=1"), Some(Role::AccountManager)),
        row("/api/amend_order", concat_token("order=1&to=cancel"), Some(Role::AccountManager)),
        row("/api/settle_order", "intent=01a20a70-d36a-7308-9ddb-59f14170dfc2&act=look", Some(Role::Technician)),
        row(
            "/api/schedule_report",
            concat_token("name=x&format=csv&from=2026-01-01&to=2026-01-31"),
            Some(Role::AccountManager),
        ),
        row("/api/console_call", "method=GET&path=%2Fcustomers&body=", Some(Role::AccountManager)),
        row("/api/console_send", "draft=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&sure=yes", Some(Role::Admin)),
        row("/api/approve_order", "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::AccountManager)),
        row("/api/reject_order", "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&reason=x", Some(Role::AccountManager)),
        row("/api/withdraw_order", "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Viewer)),
        row(
            "/api/comment_order",
            concat_token("order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&comment=x"),
            Some(Role::Viewer),
        ),
        row(
            "/api/add_approval_rule",
            concat_token("kind=&vendor=&role=&amount=&currency=&percent=50"),
            Some(Role::Admin),
        ),
        row("/api/remove_approval_rule", "rule=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d12", Some(Role::Admin)),
        row("/api/keep_draft", "path=%2Fsubscriptions%2F1%2Fseats%3Fseats%3D2", Some(Role::Technician)),
        row("/api/delete_draft", "draft=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::Viewer)),
        row("/api/test_connection", CONNECTION, Some(Role::Admin)),
        row("/api/save_connection", CONNECTION, Some(Role::Admin)),
        row("/api/forget_connection", "", Some(Role::Admin)),
        row(
            "/api/set_managers",
            "customer=1&staff[0]=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
            Some(Role::AccountManager),
        ),
        row("/api/check_matching", "csv=customer,external+id%0A1,2", Some(Role::AccountManager)),
        row("/api/apply_matching", "batch=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Role::AccountManager)),
    ]
}

/// Leaked once per test process: the table wants `&'static str`.
fn concat_token(arguments: &str) -> &'static str {
    Box::leak(format!("{arguments}&{TOKEN}").into_boxed_str())
}

/// Every server function with its row.
pub(crate) fn all() -> Vec<(Method, Row)> {
    let mut rows: Vec<Row> = accounts().into_iter().chain(work()).collect();
    let found: Vec<(&str, Method)> = server_fn_paths().collect();
    assert!(!found.is_empty(), "no server function is registered");
    let all = found
        .into_iter()
        .map(|(path, method)| {
            let position = rows.iter().position(|row| row.path == path);
            (method, rows.remove(position.unwrap_or_else(|| panic!("{path} has no row in this table"))))
        })
        .collect();
    assert!(rows.is_empty(), "these functions are gone: {:?}", rows.iter().map(|row| row.path).collect::<Vec<_>>());
    all
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn nobody_calls_a_server_function_but_those_that_let_people_in(pool: PgPool) {
    let site = Site::new(pool).await;
    for (method, row) in all() {
        let answer = site.nobody().call(method.clone(), row.path, row.arguments).await;
        // Whoever uses a link shows no other proof than the link.
        let refused = if row.path == "/api/use_link" { StatusCode::NOT_FOUND } else { StatusCode::UNAUTHORIZED };
        assert_eq!(answer.status, refused, "{} as a script", row.path);
        if row.least.is_some() {
            let nonsense = site.nobody().call(method, row.path, "nonsense").await;
            assert_eq!(nonsense.status, StatusCode::UNAUTHORIZED, "{} before its arguments are read", row.path);
            let answer = site.nobody().post(row.path, row.arguments).await;
            let turned_away = (answer.status, answer.location.as_deref());
            assert_eq!(turned_away, (StatusCode::SEE_OTHER, Some("/sign-in")), "{} as a form", row.path);
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_calls_what_it_may_and_is_refused_the_rest(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut counts = std::collections::BTreeMap::<u16, u32>::new();
    for role in super::browser::ROLES {
        for (method, row) in all() {
            let Some(least) = row.least else { continue };
            let mut browser = site.signed_in(role).await;
            let answer = browser.call(method, row.path, row.arguments).await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(refused, !super::browser::reaches(role, least), "{} as {role}: {}", row.path, answer.status);
            // There is no marketplace and nothing in the copy, so what is let in ends with an honest refusal at most.
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{} as {role}: {}", row.path, answer.body);
            *counts.entry(answer.status.as_u16()).or_default() += 1;
        }
    }
    println!("answers by status: {counts:?}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_post_from_another_site_is_refused(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Admin).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let request =
            axum::http::Request::post("/api/sign_out").header(name, value).header("host", "seatboard.example");
        let answer = browser.send(request, "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK, "still signed in");
}
