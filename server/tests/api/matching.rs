//! Account managers and bulk matching, as a browser without a script does it.

use super::browser::{Answer, Browser, email, field};
use super::connected::Connected;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::Role;
use sqlx::PgPool;
use tower::ServiceExt;

struct World {
    connected: Connected,
    customer: String,
    manager: Browser,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let connected = Connected::new(pool).await;
        let customer = connected.find("select id from customer order by id limit 1").await;
        let manager = connected.site.signed_in(Role::AccountManager).await;
        Self { connected, customer, manager }
    }

    async fn staff_id(&self, role: Role) -> String {
        let id = sqlx::query_scalar::<_, String>("select id::text from staff where email = $1").bind(email(role));
        id.fetch_one(&self.connected.site.backend.pool).await.unwrap()
    }

    /// Posts the table as text; answers with where that leads.
    async fn check(&mut self, table: &str) -> String {
        let form = format!("csv={}", app::paths::segment(table));
        self.manager.post("/api/check_matching", &form).await.location.expect("a form is answered by a page")
    }
}

/// Posts a file as a browser does.
async fn upload(browser: &Browser, bytes: &[u8]) -> Answer {
    let mut body = b"--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let mut request = Request::post("/customers/matching/file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = &browser.cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let response = browser.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let location = response.headers().get(header::LOCATION).map(|path| path.to_str().unwrap().to_owned());
    Answer { status: response.status(), location, headers: response.headers().clone(), body: String::new() }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn account_managers_are_ticked_on_the_customers_page_and_named_in_the_list(pool: PgPool) {
    let mut world = World::new(pool).await;
    let path = format!("/customers/{}", world.customer);
    let page = world.manager.get(&path).await.body;
    assert!(page.contains("Nobody looks after this customer yet."));
    // As a browser sends boxes of which the first and the third are ticked.
    let (one, other) = (world.staff_id(Role::Technician).await, world.staff_id(Role::Viewer).await);
    let form = format!("customer={}&staff%5B0%5D={one}&staff%5B2%5D={other}", world.customer);
    assert_eq!(world.manager.post("/api/set_managers", &form).await.location.as_deref(), Some(path.as_str()));
    let page = world.manager.get(&path).await.body;
    for id in [&one, &other] {
        let boxes = page.split("<input").find(|tag| tag.contains(&format!(" id=\"staff-{id}\""))).unwrap();
        assert!(boxes.split('>').next().unwrap().contains("checked"), "{id} is ticked");
    }
    let list = world.manager.get("/customers").await.body;
    assert!(list.contains("Tomas Okafor, Vera Lindqvist"), "the list names them");
    let form = format!("customer={}", world.customer);
    world.manager.post("/api/set_managers", &form).await;
    let page = world.manager.get(&path).await.body;
    assert!(page.contains("Nobody looks after this customer yet."), "no box ticked is nobody");
    let viewers = world.connected.site.signed_in(Role::Viewer).await.get(&path).await.body;
    assert!(!viewers.contains("/api/set_managers") && viewers.contains("Your role does not let you"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_choice_that_is_refused_comes_back_as_it_was_ticked(pool: PgPool) {
    let mut world = World::new(pool).await;
    let (gone, other) = (world.staff_id(Role::Technician).await, world.staff_id(Role::Viewer).await);
    let disable = sqlx::raw_sql("update staff set disabled_at = now() where role = 'technician'");
    disable.execute(&world.connected.site.backend.pool).await.unwrap();
    let form = format!("customer={}&staff[0]={gone}&staff[1]={other}", world.customer);
    let back = world.manager.post("/api/set_managers", &form).await.location.unwrap();
    let page = world.manager.get(&back).await.body;
    assert!(page.contains("can no longer sign in; choose somebody else"));
    let ticked = page.split("<input").find(|tag| tag.contains(&format!(" id=\"staff-{other}\""))).unwrap();
    assert!(ticked.split('>').next().unwrap().contains("checked"), "what was ticked is ticked");
    assert_eq!(world.connected.find("select count(*)::text from customer_manager").await, "0");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_pasted_table_is_checked_applied_and_followed(pool: PgPool) {
    let mut world = World::new(pool).await;
    let me = email(Role::AccountManager);
    let table = format!("customer,external id,account managers\n{},N-1,{me}\nnobody,N-2,\n", world.customer);
    let path = world.check(&table).await;
    let page = world.manager.get(&path).await.body;
    assert!(page.contains("Apply: 1 external id, 1 assignment"), "the button says how much");
    assert!(page.contains("There is no customer with this id or name.") && page.contains(">refused<"));
    let form = format!("batch={}", field(&page, "batch").unwrap());
    assert_eq!(world.manager.post("/api/apply_matching", &form).await.location.as_deref(), Some(path.as_str()));
    let page = world.manager.get(&path).await.body;
    assert!(page.contains("Sending external ids: 1 to go") && page.contains("data-refresh=\"5\""));
    assert!(page.contains("http-equiv=\"refresh\""), "without a script the page loads itself");
    let only = world.manager.get(&format!("{path}?state=waiting")).await.body;
    assert!(only.contains("N-1") && !only.contains("N-2"), "rows are shown by state");
    let start = world.manager.get("/customers/matching").await.body;
    assert!(start.contains("2 rows") && start.contains("1 with a problem"), "it is found again");
    let activity = world.manager.get("/activity").await.body;
    assert!(activity.contains("matched customers in bulk") && activity.contains(&path));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_table_that_cannot_be_read_comes_back_into_its_field(pool: PgPool) {
    let mut world = World::new(pool).await;
    let back = world.check("name,external id\n\"A</textarea><script>&amp;\",7\n").await;
    assert_eq!(back, "/customers/matching");
    let page = world.manager.get(&back).await.body;
    assert!(page.contains("<title>Error: Match in bulk"));
    assert!(page.contains("href=\"#csv\"") && page.contains("The first line names no column “customer”"));
    let typed = page.split("<textarea").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(typed.contains("\"A&lt;/textarea>&lt;script>&amp;amp;\",7"), "{typed}");
    assert!(!world.manager.get(&back).await.body.contains("There is a problem"), "only once");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_table_of_a_thousand_rows_is_taken_although_other_posts_are_smaller(pool: PgPool) {
    let mut world = World::new(pool).await;
    let row = |n: u32| format!("customer number {n} of that name;\"é{n:0>60}\";somebody@x.example\r\n");
    let table =
        (0..1_000).map(row).fold("customer;external id;account managers\r\n".to_owned(), |table, row| table + &row);
    let path = world.check(&table).await;
    assert!(world.manager.get(&path).await.body.contains("1000 refused"), "{path}");
    assert!(upload(&world.manager, table.as_bytes()).await.location.is_some_and(|path| path.len() > 30));
    let form = format!("csv={}", "x".repeat(2 << 20));
    let request = Request::post("/api/check_matching").header("sec-fetch-site", "same-origin");
    assert_eq!(world.manager.send(request, &form).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_file_is_checked_like_pasted_text(pool: PgPool) {
    let mut world = World::new(pool).await;
    let table = format!("\u{feff}customer;external id\r\n{};Ä-1\r\n", world.customer);
    let path = upload(&world.manager, table.as_bytes()).await.location.unwrap();
    assert!(world.manager.get(&path).await.body.contains("Apply: 1 external id"));
    for (bytes, reason) in [
        (b"customer;external id\r\n1;\xc4-1\r\n".as_slice(), "not in UTF-8"),
        (b"", "Paste a table"),
        (b"customer\r\n1\r\n", "neither a column"),
    ] {
        assert_eq!(upload(&world.manager, bytes).await.location.as_deref(), Some("/customers/matching"));
        let page = world.manager.get("/customers/matching").await.body;
        assert!(page.contains(reason) && page.contains("href=\"#file\""), "{reason}");
    }
    assert_eq!(
        upload(&world.connected.site.signed_in(Role::Technician).await, b"x").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(upload(&world.connected.site.nobody(), b"x").await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn tables_are_downloaded_by_those_who_may_edit_customers(pool: PgPool) {
    let mut world = World::new(pool).await;
    let path = world.check("customer,external id\nnobody,N-2\n").await;
    let failed = format!("{path}/failed.csv");
    for (file, part) in
        [("/customers/matching.csv", world.customer.as_str()), (&failed, "nobody,N-2,,There is no customer")]
    {
        let answer = world.manager.get(file).await;
        let header = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!((answer.status, header(header::CONTENT_TYPE)), (StatusCode::OK, "text/csv; charset=utf-8"));
        assert!(header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"customers"));
        assert!(answer.body.contains(part), "{file}: {}", answer.body);
        let technicians = world.connected.site.signed_in(Role::Technician).await.get(file).await;
        assert_eq!(technicians.status, StatusCode::FORBIDDEN, "{file}");
        assert_eq!(world.connected.site.nobody().get(file).await.status, StatusCode::SEE_OTHER, "{file}");
    }
    let unknown = world.manager.get("/customers/matching/1/failed.csv").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
