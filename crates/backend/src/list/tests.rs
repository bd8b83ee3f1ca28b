use super::{Count, ListRequest, PAGE_SIZE, Page};
use crate::Backend;
use crate::customers::{self, CustomerFilter, CustomerRow};
use crate::order_list::{self, OrderFilter};
use crate::subscriptions::{self, StatusFilter, SubscriptionFilter};
use crate::test_support::backend;
use sqlx::PgPool;

async fn run(pool: &PgPool, sql: &'static str) {
    sqlx::raw_sql(sql).execute(pool).await.unwrap();
}

async fn found(backend: &Backend, search: &str) -> String {
    let filter = CustomerFilter { search: Some(search.to_owned()), ..CustomerFilter::default() };
    let page = customers::page(backend, &ListRequest::default(), &filter).await.unwrap();
    page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>().join(" ")
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_typed_is_looked_for_as_it_is_whatever_its_case(pool: PgPool) {
    run(
        &pool,
        r"insert into customer (id, name, status, external_id, email, contacts, attributes, as_of) values
          ('101', '100% Dental', 'active', 'K-1', 'ana@harbour.example', '[]', '{}', now()),
          ('102', '1000 Dentists', 'active', null, null, '[]', '{}', now()),
          ('103', 'Under_score', 'active', 'K-2', null, '[]', '{}', now()),
          ('104', 'Underscore', 'active', null, null, '[]', '{}', now()),
          ('105', 'Back\slash', 'active', null, null, '[]', '{}', now()),
          ('106', 'Grünwald & Söhne', 'active', null, null, '[]', '{}', now())",
    )
    .await;
    let backend = backend(pool);
    for (search, ids) in [
        ("100%", "101"),
        ("0% d", "101"),
        ("1%0", ""),
        ("r_s", "103"),
        ("k\\s", "105"),
        ("k\\\\s", ""),
        ("DENTAL", "101"),
        ("grÜN", "106"),
        ("SÖHNE", "106"),
        ("ana@HARBOUR", "101"),
        ("k-2", "103"),
        ("entist", "102"),
        // One or two characters: where a word begins, and as they are.
        ("un", "103 104"),
        ("nd", ""),
        ("sö", "106"),
        ("u", "103 104"),
        ("&", "106"),
        ("%", ""),
        ("_", ""),
        ("%%", ""),
        ("\\", ""),
        // A search does not run from one part into the next.
        ("dental101", ""),
        ("dental 101", ""),
        ("k-1ana", ""),
        ("", "101 102 105 106 103 104"),
    ] {
        assert_eq!(found(&backend, search).await, ids, "{search:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn orders_are_found_by_any_of_their_numbers_and_by_the_name_of_their_customer_alone(pool: PgPool) {
    run(
        &pool,
        "insert into customer (id, name, status, email, contacts, attributes, as_of)
         values ('c1', 'Harbour Dental', 'active', 'ana@tamar.example', '[]', '{}', now());
         insert into marketplace_order (id, order_number, kind, customer_id, status, attributes, po_number, as_of)
         values ('801', 'SO0077', 'sales', 'c1', 'completed', '{}', 'PO-Spring', now()),
                ('802', null, 'sales', 'not copied', 'completed', '{}', null, now())",
    )
    .await;
    let backend = backend(pool);
    let text = |text: &str| Some(text.to_owned());
    for (search, customer, ids) in [
        (text("so0077"), None, "801"),
        (text("spring"), None, "801"),
        (text("802"), None, "802"),
        (text("BOUR"), None, "801"),
        (text("tamar"), None, ""),
        (None, text("BOUR"), "801"),
        (None, text("de"), "801"),
        (None, text("en"), ""),
        (None, text("tamar"), ""),
        (None, text("not copied"), "802"),
    ] {
        let filter = OrderFilter { search: search.clone(), customer: customer.clone(), ..OrderFilter::default() };
        let page = order_list::page(&backend, &ListRequest::default(), &filter).await.unwrap();
        let found: Vec<_> = page.rows.into_iter().map(|row| row.id).collect();
        assert_eq!(found.join(" "), ids, "{search:?} {customer:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_name_that_many_customers_have_finds_the_orders_of_each(pool: PgPool) {
    run(
        &pool,
        "insert into customer (id, name, status, contacts, attributes, as_of)
         select 'c' || n, 'Number ' || n || ' Ltd', 'active', '[]', '{}', now() from generate_series(1, 600) n;
         insert into marketplace_order (id, kind, customer_id, status, attributes, as_of)
         values ('801', 'sales', 'c1', 'completed', '{}', now()), ('802', 'sales', 'c600', 'completed', '{}', now()),
                ('803', 'sales', 'not copied', 'completed', '{}', now())",
    )
    .await;
    let backend = backend(pool);
    for (search, ids) in [("ltd", vec!["801", "802"]), ("number 600", vec!["802"]), ("limited", vec![])] {
        let filter = OrderFilter { search: Some(search.to_owned()), ..OrderFilter::default() };
        let page = order_list::page(&backend, &ListRequest::default(), &filter).await.unwrap();
        let mut found: Vec<_> = page.rows.into_iter().map(|row| row.id).collect();
        found.sort();
        assert_eq!(found, ids, "{search}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn numbers_are_sorted_as_numbers_where_few_rows_match(pool: PgPool) {
    run(
        &pool,
        "insert into subscription (id, customer_id, name, status, seats, attributes, as_of)
         values ('1', 'c1', 'Mail', 'active', 9, '{}', now()), ('2', 'c1', 'Mail', 'active', 100, '{}', now()),
                ('3', 'c1', 'Mail', 'active', 10, '{}', now()), ('4', 'c1', 'Mail', 'active', null, '{}', now())",
    )
    .await;
    let backend = backend(pool);
    let filter = SubscriptionFilter { status: StatusFilter::Any, ..SubscriptionFilter::default() };
    let request = ListRequest { sort: Some("seats".to_owned()), ..ListRequest::default() };
    let page = subscriptions::page(&backend, &request, &filter).await.unwrap();
    assert_eq!(page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), ["2", "3", "1", "4"]);
}

async fn all_pages(backend: &Backend, reversed: bool) -> Vec<Page<CustomerRow>> {
    let filter = CustomerFilter { status: Some("hold".to_owned()), ..CustomerFilter::default() };
    let mut request = ListRequest { reversed, ..ListRequest::default() };
    let mut pages = Vec::new();
    loop {
        let page = customers::page(backend, &request, &filter).await.unwrap();
        request.cursor = page.next.clone();
        pages.push(page);
        if request.cursor.is_none() {
            break;
        }
    }
    while let Some(previous) = pages.last().and_then(|page| page.previous.clone()) {
        request.cursor = Some(previous);
        pages.push(customers::page(backend, &request, &filter).await.unwrap());
    }
    pages
}

fn keys(pages: &[Page<CustomerRow>]) -> Vec<Vec<&str>> {
    pages.iter().map(|page| page.rows.iter().map(|row| row.id.as_str()).collect()).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn pages_are_the_same_whether_the_index_is_walked_or_what_matches_is_sorted(pool: PgPool) {
    run(
        &pool,
        "insert into customer (id, name, status, contacts, attributes, as_of)
         select n::text, 'Name ' || n % 37, (array['hold', 'active'])[1 + n % 2], '[]', '{}', now()
         from generate_series(1, 301) n",
    )
    .await;
    let backend = backend(pool);
    // Sorted before Postgres knows how large the table is and where few rows match; walked where half of them do.
    let mut seen = Vec::new();
    for rows in [-1.0_f32, 300.0, 3_000_000.0] {
        let size = sqlx::query!("update pg_class set reltuples = $1 where oid = 'customer'::regclass", rows);
        size.execute(&backend.pool).await.unwrap();
        for reversed in [false, true] {
            seen.push(all_pages(&backend, reversed).await);
        }
    }
    assert!(seen.iter().flatten().all(|page| page.count == Count::Exactly(150)));
    assert_eq!(keys(&seen[0]).iter().map(Vec::len).collect::<Vec<_>>(), [PAGE_SIZE; 5], "there and back again");
    for (forwards, backwards) in [(0, 1), (2, 3), (4, 5)] {
        assert_eq!(keys(&seen[forwards]), keys(&seen[0]));
        assert_eq!(keys(&seen[backwards]), keys(&seen[1]));
    }
    let mut turned: Vec<_> = keys(&seen[1])[..3].concat();
    turned.reverse();
    assert_eq!(turned, keys(&seen[0])[..3].concat());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_damaged_page_link_is_refused_whichever_way_the_keys_are_found(pool: PgPool) {
    run(
        &pool,
        "insert into marketplace_order (id, kind, customer_id, status, attributes, as_of)
         select n::text, 'sales', 'c', 'completed', '{}', now() from generate_series(1, 60) n",
    )
    .await;
    let backend = backend(pool);
    let request = ListRequest { cursor: Some(">7~no moment".parse().unwrap()), ..ListRequest::default() };
    for rows in [-1.0_f32, 60.0] {
        let size = sqlx::query!("update pg_class set reltuples = $1 where oid = 'marketplace_order'::regclass", rows);
        size.execute(&backend.pool).await.unwrap();
        let refused = order_list::page(&backend, &request, &OrderFilter::default()).await;
        assert!(matches!(refused, Err(crate::Error::Invalid(_))), "{refused:?}");
    }
}
