//! Orders placed here that the marketplace has none of, as they are searched for.

use super::*;
use crate::list::Count;

async fn place(backend: &Backend, customer: &str, po: &str, state: IntentState) -> Uuid {
    let id = Uuid::new_v4();
    let by = staff(backend, Role::AccountManager).await;
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, po_number, body, lines, estimate, estimated_at,
         requested_by, form_token, created_at) values ($1, 'change', $2, $3, $4, '{}', $5, '{}', $6, $7, $1, $6)",
        id,
        state.as_str(),
        customer,
        po,
        json!([{ "name": "Mail \"Plus\" 50%", "before": 0, "after": 5 }, { "name": "Backup", "after": 1 }]),
        START,
        by.id,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    id
}

fn search(text: &str) -> OrderFilter {
    OrderFilter { search: Some(text.to_owned()), ..OrderFilter::default() }
}

fn of_customer(text: &str) -> OrderFilter {
    OrderFilter { customer: Some(text.to_owned()), ..OrderFilter::default() }
}

async fn found(backend: &Backend, filter: &OrderFilter) -> Vec<Uuid> {
    let placed = placed_here(backend, filter).await.unwrap();
    assert_eq!(placed.count, Count::Exactly(i64::try_from(placed.orders.len()).unwrap()));
    placed.orders.into_iter().map(|order| order.id).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_without_one_at_the_marketplace_is_found_by_its_po_number_whatever_its_state(pool: PgPool) {
    let backend = backend(pool);
    for state in IntentState::ALL {
        let po = format!("M5-{state}");
        let id = place(&backend, "c1", &po, state).await;
        let placed = placed_here(&backend, &search(&po.to_lowercase())).await.unwrap();
        assert_eq!(placed.orders.len(), 1, "{po}");
        let order = &placed.orders[0];
        assert_eq!((order.id, order.state, order.status.as_str()), (id, state, state.as_str()));
        assert_eq!(order.po_number.as_deref(), Some(po.as_str()));
    }
    assert!(found(&backend, &search("M5-none")).await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_rejected_or_withdrawn_says_so(pool: PgPool) {
    let backend = backend(pool);
    for decision in ["rejected", "withdrawn"] {
        let id = place(&backend, "c1", &format!("PO-{decision}"), IntentState::Cancelled).await;
        let decide = sqlx::query!("update intent set decision = $2 where id = $1", id, decision);
        decide.execute(&backend.pool).await.unwrap();
        let placed = placed_here(&backend, &search(&format!("po-{decision}"))).await.unwrap();
        assert_eq!((placed.orders[0].id, placed.orders[0].status.as_str()), (id, decision));
        let (_, best) = crate::order_list::find(&backend, &format!("PO-{decision}")).await.unwrap();
        assert_eq!((best.rows[0].id, best.rows[0].status.as_str()), (id, decision), "by the search over everything");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_asked_for_and_never_sent_did_not_fail(pool: PgPool) {
    let backend = backend(pool);
    let by = staff(&backend, Role::AccountManager).await;
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, po_number, body, lines, estimate, estimated_at, requested_by,
         form_token, created_at, settled_at, approval_reasons, decision)
         values (gen_random_uuid(), 'change', 'failed', 'c1', 'PO-void', '{}', '[]', '{}', $1, $2, gen_random_uuid(), $1, $1,
         '[]', 'voided')",
        START,
        by.id,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    let placed = placed_here(&backend, &search("po-void")).await.unwrap();
    assert_eq!(placed.orders[0].status, "not sent");
    let open = open(&backend, None).await.unwrap();
    assert_eq!((open.len(), open[0].status.as_str()), (1, "not sent"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_customers_order_is_left_out(pool: PgPool) {
    let backend = backend(pool);
    copy_customer(&backend, "c1", "Harbour Dental").await;
    copy_customer(&backend, "c2", "Tamar Bakery").await;
    let dental = place(&backend, "c1", "P-100", IntentState::Unknown).await;
    let bakery = place(&backend, "c2", "P-100", IntentState::Drafted).await;
    let nobody = place(&backend, "not copied", "P-100", IntentState::Failed).await;
    assert_eq!(found(&backend, &search("p-100")).await.len(), 3);
    for (filter, id) in [
        (of_customer("bour dent"), dental),
        (of_customer("c2"), bakery),
        (of_customer("not copied"), nobody),
        (search("harbour"), dental),
        (search("not copied"), nobody),
        (OrderFilter { customer: Some("bakery".into()), ..search("p-1") }, bakery),
    ] {
        assert_eq!(found(&backend, &filter).await, [id], "{filter:?}");
    }
    let me = staff(&backend, Role::AccountManager).await.id;
    let mine = OrderFilter { managed_by: Some(me), ..search("p-100") };
    assert!(found(&backend, &mine).await.is_empty());
    let manage = sqlx::query!(
        "insert into customer_manager (customer_id, staff_id, assigned_at, assigned_by) values ('c2', $1, now(), $1)",
        me,
    );
    manage.execute(&backend.pool).await.unwrap();
    assert_eq!(found(&backend, &mine).await, [bakery]);
    let sales = OrderFilter { kind: Some("sales".into()), ..mine };
    assert!(found(&backend, &sales).await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_typed_is_looked_for_as_it_is(pool: PgPool) {
    let backend = backend(pool);
    let percent = place(&backend, "c1", "100%_A", IntentState::Unknown).await;
    place(&backend, "c1", "1000XA", IntentState::Unknown).await;
    let backslash = place(&backend, "c1", r"B\S-1", IntentState::Unknown).await;
    for (text, expected) in [
        ("100%", vec![percent]),
        ("0%_a", vec![percent]),
        ("10__xa", vec![]),
        ("%", vec![]),
        (r"b\s-", vec![backslash]),
        (r"b\\s", vec![]),
    ] {
        assert_eq!(found(&backend, &search(text)).await, expected, "{text}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn any_number_and_any_product_finds_it_until_the_marketplaces_order_is_copied(pool: PgPool) {
    let backend = backend(pool);
    let id = place(&backend, "cust-31", "M503", IntentState::Submitted).await;
    place(&backend, "c1", "", IntentState::Completed).await;
    let known = sqlx::query!(
        "update intent set order_id = '900771234', order_number = 'SO777', subscription_id = '555012345' where id = $1",
        id,
    );
    known.execute(&backend.pool).await.unwrap();
    for text in ["m503", "900771234", "so777", "555012345", "CUST-31", &id.to_string()] {
        assert_eq!(found(&backend, &search(text)).await, [id], "{text}");
    }
    for text in ["mail \"plus\" 50%", "backup"] {
        assert_eq!(found(&backend, &search(text)).await.len(), 2, "{text}");
    }
    let across = found(&backend, &search("50% backup")).await;
    assert!(across.is_empty(), "it does not run from one product into the next: {across:?}");
    copy_order(&backend, "900771234", "change", "submitted", START).await;
    assert!(found(&backend, &search("m503")).await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_newest_are_shown_and_all_are_counted(pool: PgPool) {
    let backend = backend(pool);
    staff(&backend, Role::Admin).await;
    let many = "insert into intent (id, kind, state, customer_id, po_number, body, lines, estimate, estimated_at,
             requested_by, form_token, created_at)
         select gen_random_uuid(), 'sales', 'failed', 'c1', 'N-' || n, '{}', '[]', '{}', now(),
             (select id from staff limit 1), gen_random_uuid(), timestamptz '2026-03-02 09:00Z' - n * interval '1 day'
         from generate_series(1, 23) n";
    sqlx::raw_sql(many).execute(&backend.pool).await.unwrap();
    let placed = placed_here(&backend, &of_customer("c1")).await.unwrap();
    assert_eq!(placed.count, Count::Exactly(23));
    let shown: Vec<String> = placed.orders.into_iter().filter_map(|order| order.po_number).collect();
    assert_eq!(shown, (1..=20).map(|n| format!("N-{n}")).collect::<Vec<_>>());
}
