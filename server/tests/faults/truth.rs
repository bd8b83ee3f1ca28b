//! Everything the suite knows of Seatboard's tables: what is recorded of a write, what the copy shows, what the activity
//! says, and time that passes.

use super::path::{NEW_NAME, Path};
use super::target::Target;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgPool};

/// Where a write stands, as Seatboard shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// On its way, in the state of that name.
    Between(String),
    /// Nobody knows, and it is said.
    Unknown,
    /// It was done; with the marketplace's id where something was made.
    Done(Option<String>),
    /// It was not done, and it is said.
    NotDone,
}

/// What is recorded of a write: its intents, or the records of what is no order.
pub(crate) async fn records(pool: &PgPool, path: Path, target: &Target) -> Result<Vec<Stand>, sqlx::Error> {
    let kind = match path {
        Path::NewCustomer => "customer.create",
        Path::Report => "report.schedule",
        Path::Customer => "customer.update",
        Path::Price => "subscription.price",
        Path::AutoRenewal => "subscription.auto_renewal",
        _ => {
            let sql =
                "select jsonb_build_array(state, order_id) from intent where customer_id = $1 order by created_at";
            let rows = sqlx::query_scalar(sql).bind(&target.customer).fetch_all(pool).await?;
            return Ok(rows.into_iter().map(stand).collect());
        }
    };
    let sql = "select jsonb_build_array(state, subject_id) from write where split_part($1, '.', 1) = split_part(kind, '.', 1) \
        and case $2 when '' then part = 'creation' else subject_id = $2 end order by asked_at";
    let subject = match path {
        Path::Customer => target.customer.as_str(),
        Path::Price | Path::AutoRenewal => target.subscription.as_str(),
        _ => "",
    };
    let rows = sqlx::query_scalar(sql).bind(kind).bind(subject).fetch_all(pool).await?;
    Ok(rows.into_iter().map(stand).collect())
}

fn stand(Json((state, id)): Json<(String, Option<String>)>) -> Stand {
    match state.as_str() {
        "unknown" => Stand::Unknown,
        "completed" | "created" | "scheduled" | "done" => Stand::Done(id),
        "failed" | "cancelled" | "refused" | "absent" | "rejected" | "void" => Stand::NotDone,
        between => Stand::Between(between.to_owned()),
    }
}

/// What the copy shows of what the write sets, in words that [`super::judge`] finds for the marketplace too.
pub(crate) async fn shown(pool: &PgPool, path: Path, target: &Target, newer_than: i64) -> Result<String, sqlx::Error> {
    let sql = match path {
        Path::Sales => {
            "select coalesce(string_agg(s.id || ':' || coalesce(s.seats, -1), ' ' order by s.id), '') from subscription s \
             where s.customer_id = $2 and s.id::bigint > $4"
        }
        Path::Seats => "select seats::text from product_line where subscription_id = $1 and line = 1",
        Path::Switch => {
            "select p.name || ' ' || coalesce(s.renews_on, s.expires_on) from subscription s join plan p on p.id = s.plan_id \
             where s.id = $1"
        }
        Path::Renewal => "select coalesce(renews_on, expires_on)::text from subscription where id = $1",
        Path::Cancellation => "select status from subscription where id = $1",
        Path::AutoRenewal => "select auto_renew::text from subscription where id = $1",
        Path::Price => "select trim_scale(unit_price)::text from product_line where subscription_id = $1 and line = 1",
        Path::Customer => "select city from customer where id = $2",
        Path::NewCustomer => "select coalesce(string_agg(id, ' ' order by id), '') from customer where name = $3",
        Path::Report => "select coalesce(string_agg(id, ' ' order by id), '') from report",
    };
    // Every query takes the same values.
    let sql = format!("select * from ({sql}) shown where $1::text || $2::text || $3::text || $4::bigint is not null");
    let query = sqlx::query_scalar::<_, Option<String>>(AssertSqlSafe(sql));
    let query = query.bind(&target.subscription).bind(&target.customer).bind(NEW_NAME).bind(newer_than);
    let shown = query.fetch_optional(pool).await?;
    Ok(shown.flatten().unwrap_or_else(|| "nothing".to_owned()))
}

/// One row of the activity.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// A person did it, whose name is there.
    pub(crate) by_person: bool,
    pub(crate) action: String,
}

/// What the activity says of a write, since the row `after`.
pub(crate) async fn activity(pool: &PgPool, path: Path, target: &Target, after: i64) -> Result<Vec<Told>, sqlx::Error> {
    let sql = "select jsonb_build_array(staff_id is not null and actor <> '', action) from activity \
        where id > $1 and case $2 \
            when 'new-customer' then subject_kind = 'customer' and after::text like '%' || $5 || '%' \
            when 'report' then action like 'report.%' \
            else customer_id = $3 or subject_id in ($3, $4) \
                or intent_id in (select id from intent where customer_id = $3) end \
        order by id";
    let query = sqlx::query_scalar(sql).bind(after).bind(path.name()).bind(&target.customer).bind(&target.subscription);
    let rows = query.bind(NEW_NAME).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|Json((by_person, action))| Told { by_person, action }).collect())
}

/// The last row of the activity.
pub(crate) async fn last_activity(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("select coalesce(max(id), 0) from activity").fetch_one(pool).await
}

/// Tables whose rows are work: they have a state, and times that the work waits for.
const WORK: &str = "select jsonb_build_array(c.table_name, jsonb_agg(c.column_name)) from information_schema.columns c \
    join information_schema.tables t using (table_schema, table_name) \
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'timestamp with time zone' \
    and c.table_name in (select table_name::text from information_schema.columns \
        where table_schema = 'public' and column_name = 'state') \
    and c.table_name <> 'sync_progress' group by c.table_name";

/// What this write waits for is due. What is being sent only where nothing can be under way any more.
pub(crate) async fn hurry(
    pool: &PgPool,
    path: Path,
    target: &Target,
    nothing_under_way: bool,
) -> Result<(), sqlx::Error> {
    let spared = if nothing_under_way { "''" } else { "'sending'" };
    let whose = whose(path, target);
    for (table, columns) in work(pool).await? {
        for column in columns.iter().filter(|column| column.starts_with("next_") || column.ends_with("_until")) {
            let due = format!("{column} > now() and state <> {spared} and {whose}");
            run(pool, format!("update {table} it set {column} = now() where {due}")).await?;
        }
    }
    if nothing_under_way {
        // Whoever was sending it is gone, and his lease is over.
        let abandoned = format!("in_flight_since > now() - interval '5 min' and {whose}");
        let earlier = "set in_flight_since = in_flight_since - interval '6 min'";
        run(pool, format!("update intent it {earlier} where {abandoned}")).await?;
    }
    run(pool, "update report set next_look_at = now() where next_look_at > now()".to_owned()).await
}

/// More than the half hour passes for which Seatboard looks for what it sent, as far as this write is concerned; `false`
/// for an order that was not looked for yet, whose half hour has not begun.
pub(crate) async fn age(pool: &PgPool, path: Path, target: &Target) -> Result<bool, sqlx::Error> {
    let whose = whose(path, target);
    if path.is_order() {
        let looked_for = format!("intent_id in (select id from intent it where state = 'unknown' and {whose})");
        let looks = format!("update intent_look set at = at - interval '31 min' where complete and {looked_for}");
        if sqlx::raw_sql(AssertSqlSafe(looks)).execute(pool).await?.rows_affected() == 0 {
            return Ok(false);
        }
    }
    for (table, columns) in work(pool).await? {
        let earlier: Vec<_> = columns.iter().map(|column| format!("{column} = {column} - interval '31 min'")).collect();
        let open = "state in ('sending', 'unknown')";
        run(pool, format!("update {table} it set {} where {open} and {whose}", earlier.join(", "))).await?;
    }
    Ok(true)
}

/// The rows about this write: they name what it is about. The records of what is made here name nothing, and there is one
/// of each kind in a world.
fn whose(path: Path, target: &Target) -> String {
    let about = path.about(target);
    match path {
        Path::NewCustomer => format!("(to_jsonb(it)::text like '%{about}%' or to_jsonb(it) ? 'look_alikes')"),
        Path::Report => "(to_jsonb(it) ? 'report_id' or to_jsonb(it)::text like '%report%')".to_owned(),
        _ => format!("to_jsonb(it)::text like '%{about}%'"),
    }
}

async fn work(pool: &PgPool) -> Result<Vec<(String, Vec<String>)>, sqlx::Error> {
    let tables: Vec<Json<_>> = sqlx::query_scalar(WORK).fetch_all(pool).await?;
    Ok(tables.into_iter().map(|Json(table)| table).collect())
}

/// The names in it are the schema's own.
async fn run(pool: &PgPool, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.map(drop)
}

/// The copy is of a marketplace at that address.
pub(crate) async fn copied_from(pool: &PgPool, url: &str) -> Result<(), sqlx::Error> {
    let sql = "update marketplace_copy set url = $1 returning true";
    sqlx::query_scalar::<_, bool>(sql).bind(url).fetch_one(pool).await.map(drop)
}

/// The cells of a world fail beside each other, which together looks like an outage. What one cell's faults do must not
/// depend on the others, so no two failures count as in a row here.
pub(crate) async fn without_breaker(pool: &PgPool) -> Result<(), sqlx::Error> {
    let sql = "create function forget_failures() returns trigger language plpgsql as $$ begin \
            new.failures := 0; new.failing_since := null; new.failing_operation := null; new.wide := false; return new; \
        end $$; \
        create trigger forget_failures before update on marketplace_health for each row execute function forget_failures()";
    run(pool, sql.to_owned()).await
}

/// Whether the whole account has been copied.
pub(crate) async fn is_copied(pool: &PgPool) -> Result<bool, sqlx::Error> {
    let sql = "select (select count(*) > 4 and bool_and(complete_as_of is not null) from sync_progress) \
        and not exists (select from subscription where detail_key is distinct from list_key \
            and status not in ('terminated', 'removed')) \
        and not exists (select from plan where detail_key is distinct from list_key)";
    sqlx::query_scalar::<_, Option<bool>>(sql).fetch_one(pool).await.map(|copied| copied == Some(true))
}

/// Subscriptions whose seats can be changed, with their customers.
pub(crate) async fn candidates(pool: &PgPool) -> Result<Vec<Target>, sqlx::Error> {
    let sql = "select jsonb_build_array(s.id, c.id, c.name, l.seats) from subscription s \
        join customer c on c.id = s.customer_id join product_line l on l.subscription_id = s.id and l.line = 1 \
        join product p on p.mpn = l.mpn \
        where s.status = 'active' and c.status = 'active' and coalesce(p.maximum, 1000) > l.seats + 1 \
        and c.reseller_id is null and l.unit_price is not null \
        and not exists (select from marketplace_order o where o.customer_id = c.id \
            and o.status in ('submitted', 'processing')) \
        group by s.id, c.id, c.name, l.seats order by s.id";
    let rows = sqlx::query_scalar(sql).fetch_all(pool).await?;
    let target = |Json((subscription, customer, name, seats))| Target {
        subscription,
        customer,
        name,
        seats,
        choice: String::new(),
    };
    Ok(rows.into_iter().map(target).collect())
}

/// A product that asks for no activation parameters.
pub(crate) async fn product_to_buy(pool: &PgPool) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("select key from product where mpn = 'OS-OFF26-PP' limit 1").fetch_one(pool).await
}

/// Whether the switch does not wait for the next period.
pub(crate) async fn switches_at_once(pool: &PgPool, target: &Target) -> Result<bool, sqlx::Error> {
    let sql = "select exists (select from subscription s join plan p on p.id = s.plan_id, \
        jsonb_array_elements(p.switches) switch where s.id = $1 and switch::text like '%' || split_part($2, '~', 1) || '%' \
        and switch::text ilike '%immediately%')";
    sqlx::query_scalar(sql).bind(&target.subscription).bind(&target.choice).fetch_one(pool).await
}
