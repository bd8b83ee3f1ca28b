//! A walk over every server function, found by enumeration: a new one fails here until it has its row.

use super::browser::Site;
use axum::http::{Method, StatusCode};
use domain::{Permission, Role};
use server_fn::axum::server_fn_paths;
use sqlx::PgPool;

/// A server function: its path, arguments that can be read, and the permission that it asks for (`None`: it answers anybody).
pub(crate) struct Row {
    pub(crate) path: &'static str,
    pub(crate) arguments: &'static str,
    pub(crate) needs: Option<Permission>,
}

const TOKEN: &str = "form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

/// Nothing listens there.
const CONNECTION: &str = "url=http%3A%2F%2F127.0.0.1%3A9&code=us&username=x.API&password=x&subscription_key=x";

/// Of accounts, sessions and roles.
fn accounts() -> Vec<Row> {
    let row = |path, arguments, needs| Row { path, arguments, needs };
    vec![
        row("/api/sign_in", "email=a@b.example&password=wrong", None),
        row("/api/second_step", "code=123456", None),
        row("/api/use_link", "token=x&password=seven+quiet+otters", None),
        row("/api/sign_out", "", Some(Permission::Browse)),
        row("/api/prove", "proof=wrong&next=%2Forders", Some(Permission::Browse)),
        row("/api/change_password", "current=x&new=seven+quiet+otters", Some(Permission::Browse)),
        row("/api/invite_staff", "email=a@b.example&name=x&role=viewer", Some(Permission::ManageStaff)),
        row(
            "/api/change_role",
            "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&role=viewer",
            Some(Permission::ManageStaff),
        ),
        row("/api/disable_staff", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageStaff)),
        row("/api/remove_factor_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageStaff)),
        row("/api/release_identity_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageStaff)),
        row("/api/set_factor_policy", "roles[0]=nonsense", Some(Permission::ManageStaff)),
        row("/api/enable_staff", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageStaff)),
        row("/api/make_staff_link", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageStaff)),
        row("/api/begin_factor", "", Some(Permission::Browse)),
        row("/api/confirm_factor", "code=123456", Some(Permission::Browse)),
        row("/api/renew_recovery_codes", "code=123456", Some(Permission::Browse)),
        row("/api/remove_factor", "code=123456", Some(Permission::Browse)),
        row(
            "/api/create_role",
            concat_token("name=Desk&permissions[0]=Browse&amount=&currency=&seats="),
            Some(Permission::ManageRoles),
        ),
        row(
            "/api/edit_role",
            "role=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&name=Desk&permissions[0]=Browse&amount=&currency=&seats=",
            Some(Permission::ManageRoles),
        ),
        row("/api/delete_role", "role=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageRoles)),
        row("/api/set_order_proof", "proof_amount=nonsense&proof_currency=", Some(Permission::ManageRoles)),
        row("/api/stay_signed_in", "", Some(Permission::Browse)),
        row("/api/end_own_session", "session=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::Browse)),
        row("/api/end_other_sessions", "", Some(Permission::Browse)),
        row("/api/release_single_sign_on", "", Some(Permission::Browse)),
        row(
            "/api/end_anyones_session",
            "session=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
            Some(Permission::ManageSessions),
        ),
        row("/api/end_sessions_of", "staff=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ManageSessions)),
    ]
}

/// Of what people do at the marketplace, and of what Seatboard keeps.
fn work() -> Vec<Row> {
    let row = |path, arguments, needs| Row { path, arguments, needs };
    vec![
        row("/api/estimate_seats", "subscription=1&line=1&seats=2", Some(Permission::ChangeSeats)),
        row("/api/place_seat_change", concat_token("subscription=1&line=1&seats=2"), Some(Permission::ChangeSeats)),
        row(
            "/api/check_parameters",
            "order=customer%3D1&entered[0][product]=x&entered[0][name]=mail&entered[0][value]=y",
            Some(Permission::PlaceOrders),
        ),
        row("/api/place_order", concat_token("order=customer%3D1"), Some(Permission::PlaceOrders)),
        row("/api/place_migration", concat_token("order=customer%3D1"), Some(Permission::PlaceOrders)),
        row(
            "/api/place_act",
            concat_token("subscription=1&act=seats-at-renewal&choice=seats%3D2"),
            Some(Permission::ChangeSeats),
        ),
        row(
            "/api/create_customer",
            concat_token("account[name]=x&account[contacts][0][email]=y"),
            Some(Permission::EditCustomers),
        ),
        row("/api/update_customer", concat_token("customer=1&account[name]=x&seen=1"), Some(Permission::EditCustomers)),
        row(
            "/api/create_reseller",
            concat_token("account[name]=x&currency=USD&taxation_provider=&customer_class="),
            Some(Permission::EditResellers),
        ),
        row("/api/update_reseller", concat_token("reseller=1&account[name]=x&seen=1"), Some(Permission::EditResellers)),
        row("/api/set_hold", concat_token("customer=1&to=hold"), Some(Permission::EditCustomers)),
        row("/api/set_auto_renewal", concat_token("subscription=1&to=off"), Some(Permission::ManageSubscriptions)),
        row(
            "/api/set_attributes",
            concat_token("subscription=1&names[0]=a&values[0]=b"),
            Some(Permission::ManageSubscriptions),
        ),
        row("/api/set_price", concat_token("subscription=1&line=1&price=1"), Some(Permission::ManageSubscriptions)),
        row("/api/amend_order", concat_token("order=1&to=cancel"), Some(Permission::PlaceOrders)),
        row("/api/settle_order", "intent=01a20a70-d36a-7308-9ddb-59f14170dfc2&act=look", Some(Permission::Browse)),
        row(
            "/api/schedule_report",
            concat_token("name=x&format=csv&from=2026-01-01&to=2026-01-31"),
            Some(Permission::ScheduleReports),
        ),
        row("/api/console_call", "method=GET&path=%2Fcustomers&body=", Some(Permission::UseConsole)),
        row(
            "/api/console_send",
            "draft=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&sure=yes",
            Some(Permission::WriteInConsole),
        ),
        row("/api/approve_order", "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::ApproveOrders)),
        row(
            "/api/reject_order",
            "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&reason=x",
            Some(Permission::ApproveOrders),
        ),
        row("/api/withdraw_order", "order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::Browse)),
        row(
            "/api/comment_order",
            concat_token("order=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&comment=x"),
            Some(Permission::Browse),
        ),
        row(
            "/api/add_approval_rule",
            concat_token("kind=&vendor=&role=&amount=&currency=&percent=50"),
            Some(Permission::ManageApprovals),
        ),
        row(
            "/api/remove_approval_rule",
            "rule=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d12",
            Some(Permission::ManageApprovals),
        ),
        row("/api/keep_draft", "path=%2Fsubscriptions%2F1%2Fseats%3Fseats%3D2", Some(Permission::ChangeSeats)),
        row("/api/delete_draft", "draft=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::Browse)),
        row("/api/test_connection", CONNECTION, Some(Permission::ManageConnection)),
        row("/api/save_connection", CONNECTION, Some(Permission::ManageConnection)),
        row("/api/forget_connection", "", Some(Permission::ManageConnection)),
        row(
            "/api/set_managers",
            "customer=1&staff[0]=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
            Some(Permission::EditCustomers),
        ),
        row("/api/check_matching", "csv=customer,external+id%0A1,2", Some(Permission::EditCustomers)),
        row("/api/apply_matching", "batch=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", Some(Permission::EditCustomers)),
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
        if row.needs.is_some() {
            let nonsense = site.nobody().call(method, row.path, "nonsense").await;
            assert_eq!(nonsense.status, StatusCode::UNAUTHORIZED, "{} before its arguments are read", row.path);
            let answer = site.nobody().post(row.path, row.arguments).await;
            let turned_away = (answer.status, answer.location.as_deref());
            let to = if row.path == "/api/sign_out" { "/sign-in" } else { "/sign-in?sent=1" };
            assert_eq!(turned_away, (StatusCode::SEE_OTHER, Some(to)), "{} as a form", row.path);
        }
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_calls_what_it_may_and_is_refused_the_rest(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut counts = std::collections::BTreeMap::<(String, u16), u32>::new();
    for walker in site.walkers().await {
        let mut browser = site.signed_in_as(&walker).await;
        for (method, row) in all() {
            let Some(needs) = row.needs else { continue };
            let answer = browser.call(method, row.path, row.arguments).await;
            let (role, refused) = (&walker.role, answer.status == StatusCode::FORBIDDEN);
            assert_eq!(refused, !walker.may(needs), "{} as {role}: {}", row.path, answer.status);
            // There is no marketplace and nothing in the copy, so what is let in ends with an honest refusal at most.
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{} as {role}: {}", row.path, answer.body);
            *counts.entry((role.clone(), answer.status.as_u16())).or_default() += 1;
            if row.path == "/api/sign_out" {
                browser = site.signed_in_as(&walker).await;
            }
        }
    }
    println!("answers by role and status: {counts:?}");
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
