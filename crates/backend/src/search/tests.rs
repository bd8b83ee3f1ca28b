use super::*;
use crate::list::Count;
use crate::test_support::{backend, staff};
use domain::Role;
use sqlx::PgPool;

/// One of each kind, and beside some of them one that is nearly the same.
const ROWS: &str = r#"
    insert into reseller (id, name, status, external_id, contacts, attributes, as_of) values
        ('7000001', 'Harbour Partners', 'active', 'PARTNER-001', '[]', '{}', now());
    insert into customer (id, reseller_id, name, status, external_id, email, contacts, attributes, as_of) values
        ('1000017', null, 'Contoso Dental', 'active', 'K-17', 'ana@contoso-dental.example', '[]', '{}', now()),
        ('1000018', null, '1000017 Street Bakery', 'active', 'K-177', null, '[]', '{}', now()),
        ('1000019', '7000001', 'Lakeside Optics', 'active', null, null, '[]', '{}', now());
    insert into subscription (id, customer_id, name, status, attributes, as_of) values
        ('2000031', '1000017', 'Mail Shield', 'removed', '{}', now()),
        ('2000032', '1000017', 'Mail Shield', 'active', '{}', now());
    update subscription set fulfilment_parameters = '[{"name": "ms_customer_id", "value": "3d0b64a5-4f0e"}]',
        order_parameters = '[{"name": "microsoft_domain", "value": "Quay.example"},
            {"name": "admin_email", "value": "ana@hidden.example"}]'
        where id = '2000032';
    insert into marketplace_order (id, order_number, kind, customer_id, status, po_number, created_at, attributes, as_of)
    values
        ('3000041', 'SO000041', 'sales', '1000018', 'completed', 'PO 7788', timestamptz '2026-03-01 09:00Z', '{}', now()),
        ('3000042', 'SO000042', 'sales', '1000018', 'completed', 'PO 7788/2', timestamptz '2026-03-02 09:00Z', '{}', now());
    insert into product (key, id, mpn, vendor, name, prices, costs, depends_on, as_of) values
        ('p1', '4000051', 'NW-0001', 'Northwind', 'Workplace Files', '[]', '[]', '[]', now());
    insert into plan (id, name, short_description, terms, as_of) values
        ('5000061', 'Workplace Suite', 'Office and meetings', '[]', now());"#;

/// Not at the marketplace; the only one of the staff asked for it.
const PLACED: &str = "
    insert into intent (id, kind, state, customer_id, subscription_id, po_number, body, lines, estimate, estimated_at,
        requested_by, form_token, created_at)
    values ('6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11', 'change', 'unknown', '1000018', '2000099', 'LOST-503', '{}', '[]', '{}',
        now(), (select id from staff limit 1), gen_random_uuid(), now())";

async fn filled(pool: PgPool) -> Backend {
    let backend = backend(pool);
    staff(&backend, Role::Technician).await;
    for sql in [ROWS, PLACED] {
        sqlx::raw_sql(sql).execute(&backend.pool).await.unwrap();
    }
    backend
}

/// The kinds and ids of what was found, in the order of the page.
async fn found(backend: &Backend, text: &str) -> String {
    let found = holding(backend, text).await.unwrap();
    let mut ids: Vec<String> = Vec::new();
    ids.extend(found.customers.rows.iter().map(|row| format!("customer {}", row.id)));
    ids.extend(found.subscriptions.rows.iter().map(|row| format!("subscription {}", row.id)));
    ids.extend(found.placed_here.rows.iter().map(|row| format!("placed {}", &row.id.to_string()[..8])));
    ids.extend(found.orders.rows.iter().map(|row| format!("order {}", row.id)));
    ids.extend(found.products.rows.iter().map(|row| format!("product {}", row.key)));
    ids.extend(found.plans.rows.iter().map(|row| format!("plan {}", row.id)));
    ids.extend(found.resellers.rows.iter().map(|row| format!("reseller {}", row.id)));
    assert_eq!(found.is_empty(), ids.is_empty());
    ids.join(", ")
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn everything_is_found_by_any_id_name_domain_order_number_and_po_number(pool: PgPool) {
    let backend = filled(pool).await;
    for (text, expected) in [
        ("contoso", "customer 1000017"),
        ("Dental", "customer 1000017"),
        ("CONTOSO-DENTAL.EXAMPLE", "customer 1000017"),
        ("lakeside", "customer 1000019"),
        ("2000032", "subscription 2000032"),
        ("QUAY.example", "subscription 2000032"),
        ("3d0b64a5", "subscription 2000032"),
        ("hidden.example", ""),
        ("so000041", "order 3000041"),
        ("3000041", "order 3000041"),
        ("lost-503", "placed 6f3c1f0e"),
        ("6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", "placed 6f3c1f0e"),
        ("2000099", "placed 6f3c1f0e"),
        ("nw-0001", "product p1"),
        ("4000051", "product p1"),
        ("5000061", "plan 5000061"),
        ("office and", "plan 5000061"),
        ("workplace", "product p1, plan 5000061"),
        ("partner-001", "reseller 7000001"),
        ("harbour", "reseller 7000001"),
        ("street", "customer 1000018, placed 6f3c1f0e, order 3000042, order 3000041"),
        ("no such thing", ""),
    ] {
        assert_eq!(found(&backend, text).await, expected, "{text}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_exactly_the_text_comes_first_then_what_begins_with_it(pool: PgPool) {
    let backend = filled(pool).await;
    let orders = "placed 6f3c1f0e, order 3000042, order 3000041";
    // By name the bakery would come first, and so it would by what begins with the text.
    assert_eq!(found(&backend, "1000017").await, format!("customer 1000017, customer 1000018, {orders}"));
    // The newer order has a PO number that only begins with the text.
    assert_eq!(found(&backend, "po 7788").await, "order 3000041, order 3000042");
    assert_eq!(found(&backend, "k-17").await, "customer 1000017, customer 1000018");
    // Of the same name, the one in use.
    assert_eq!(found(&backend, "mail shield").await, "subscription 2000032, subscription 2000031");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_few_of_many_are_shown_and_the_exact_one_among_them_however_many_there_are(pool: PgPool) {
    let backend = filled(pool).await;
    let many = "insert into customer (id, name, status, external_id, contacts, attributes, as_of)
        select '8' || n, 'Branch ' || n, 'active', 'B-' || n, '[]', '{}', now() from generate_series(1, 1100) n;
        insert into customer (id, name, status, contacts, attributes, as_of)
        values ('900', 'Twig', 'active', '[]', '{}', now()), ('901', 'The branch', 'active', '[]', '{}', now());
        update customer set external_id = 'BRANCH' where id = '900'";
    sqlx::raw_sql(many).execute(&backend.pool).await.unwrap();
    let all = holding(&backend, "branch").await.unwrap().customers;
    assert_eq!((all.rows.len(), all.count), (5, Count::MoreThan(1000)));
    assert_eq!(all.rows[0].id, "900", "its number is the text, in capitals");
    let some = holding(&backend, "branch 11").await.unwrap().customers;
    // 11, 110 to 119, 1100.
    assert_eq!((some.rows.len(), some.count), (5, Count::Exactly(12)));
    assert_eq!(some.rows[0].name, "Branch 11");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_name_with_a_slip_is_found_and_a_number_with_one_is_not(pool: PgPool) {
    let backend = filled(pool).await;
    for (typed, meant) in [
        ("contsoo", "Contoso Dental"),
        ("Kontoso", "Contoso Dental"),
        ("contosso dentall", "Contoso Dental"),
        ("lakesied optics", "Lakeside Optics"),
        ("workplcae siute", "Workplace Suite"),
        ("Worplace Flies", "Workplace Files"),
        ("harbor partnesr", "Harbour Partners"),
    ] {
        assert_eq!(found(&backend, typed).await, "", "{typed} stands nowhere");
        let near = near(&backend, typed).await.unwrap().unwrap();
        let mut names: Vec<&str> = near.customers.rows.iter().map(|row| &*row.name).collect();
        names.extend(near.products.rows.iter().map(|row| &*row.name));
        names.extend(near.plans.rows.iter().map(|row| &*row.name));
        names.extend(near.resellers.rows.iter().map(|row| &*row.name));
        assert!(names.contains(&meant), "{typed}: {names:?}");
    }
    for text in ["1000071", "SO000014", "K-71", "abc", &*"contsoo ".repeat(20)] {
        assert!(near(&backend, text).await.unwrap().is_none(), "{text}");
    }
    let nothing = near(&backend, "zzyzx quux").await.unwrap().unwrap();
    assert!(nothing.customers.is_empty() && nothing.products.is_empty(), "{nothing:?}");
    assert!(nothing.plans.is_empty() && nothing.resellers.is_empty(), "{nothing:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn how_alike_words_have_to_be_is_set_for_the_one_question_only(pool: PgPool) {
    let backend = filled(pool).await;
    near(&backend, "contsoo").await.unwrap();
    // All that the pool has, so that those are among them that were asked.
    let mut held = Vec::new();
    for _ in 0..backend.pool.size() {
        let mut db = backend.pool.acquire().await.unwrap();
        let set = "select current_setting('enable_seqscan') || ' ' || current_setting('transaction_read_only')";
        let set: String = sqlx::query_scalar(set).fetch_one(&mut *db).await.unwrap();
        assert_eq!(set, "on off");
        held.push(db);
    }
}
