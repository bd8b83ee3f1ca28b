//! The least that can answer the same page: axum, sqlx, the same queries, and `write!`.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use backend::list::Cursor;
use sqlx::{PgPool, Row};
use std::fmt::Write;

#[derive(Clone)]
struct Bare {
    pool: PgPool,
    /// Everything of the page around its rows.
    head: String,
    tail: String,
    keys: String,
}

/// Answers `/customers` with the head and tail of `page` and rows of its own.
pub(crate) fn router(pool: PgPool, path: &str, page: &str) -> Router {
    let (head, rest) = page.split_once("<tbody>").unwrap_or((page, ""));
    let (_, tail) = rest.split_once("</tbody>").unwrap_or(("", rest));
    let state = Bare { pool, head: head.to_owned(), tail: tail.to_owned(), keys: keys_query(path) };
    Router::new().route("/customers", get(customers)).with_state(state)
}

/// The rows of a page, without the markers that Leptos puts between nodes.
pub(crate) fn rows_of(page: &str) -> String {
    let rows = page.split_once("<tbody>").and_then(|(_, rest)| rest.split_once("</tbody>"));
    rows.map(|(rows, _)| rows.replace("<!>", "")).unwrap_or_default()
}

fn keys_query(path: &str) -> String {
    let sort = if path.contains("sort=status") { "status" } else { "lower(name)" };
    let cursor = path.split_once("page=").and_then(|(_, page)| decoded(page).parse::<Cursor>().ok());
    let after = cursor.map(|cursor| cursor.to_string()).and_then(|text| {
        let (id, value) = text.strip_prefix('>')?.split_once('~')?;
        Some(format!("and ({sort}, id) > ('{value}', '{id}')"))
    });
    format!(
        "select id, ({sort})::text from customer where reseller_id is null {} order by {sort}, id limit 51",
        after.unwrap_or_default()
    )
}

async fn customers(State(bare): State<Bare>) -> Html<String> {
    Html(page(&bare).await.unwrap_or_else(|error| error.to_string()))
}

async fn page(bare: &Bare) -> Result<String, sqlx::Error> {
    let count = sqlx::query_scalar::<_, i64>(
        "select count(*), (select reltuples::bigint from pg_class where oid = 'customer'::regclass)
         from (select 1 from customer where reseller_id is null limit 10001) counted",
    );
    let keys = sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(bare.keys.clone()));
    count.persistent(false).fetch_one(&bare.pool).await?;
    let mut ids = keys.persistent(false).fetch_all(&bare.pool).await?;
    ids.truncate(50);
    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "select c.id, c.name, c.status, c.external_id, c.city, c.country_code,
         array_to_string(array(select f.name from customer_manager m join staff f on f.id = m.staff_id
             where m.customer_id = c.id order by lower(f.name)), ', '),
         (select count(*) from subscription s where s.customer_id = c.id and s.status = 'active')
         from customer c where c.id in ('{}')",
        ids.join("','")
    )));
    let mut rows = rows.fetch_all(&bare.pool).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.get::<String, _>(0)));
    let mut html = format!("{}<tbody>", bare.head);
    for row in rows {
        let text = |index: usize| row.get::<Option<String>, _>(index).unwrap_or_default();
        let tone = if text(2) == "active" { "good" } else { "info" };
        let _never_fails = write!(
            html,
            "<tr><td data-label=\"Name\"><a href=\"/customers/{}\" class=\"row-link\">{}</a><span class=\"sub\">{}</span></td>\
             <td data-label=\"Status\"><span data-tone=\"{tone}\" class=\"badge\">{}</span></td>\
             <td data-label=\"Place\">{}, {}</td><td data-label=\"Your number\">{}</td>\
             <td data-label=\"Account managers\">{}</td>\
             <td data-label=\"Active subscriptions\" class=\"num\">{}</td></tr>",
            text(0),
            text(1),
            text(0),
            text(2),
            text(4),
            text(5),
            text(3),
            text(6),
            row.get::<i64, _>(7),
        );
    }
    html.push_str("</tbody>");
    html.push_str(&bare.tail);
    Ok(html)
}

fn decoded(text: &str) -> String {
    text.replace("%3E", ">").replace("%7E", "~").replace("%20", " ")
}
