use super::World;
use crate::matching::{RowState, check, export, failed, set_managers};
use crate::test_support::staff;
use crate::{Error, matching};
use domain::Role;
use sqlx::PgPool;

async fn copy_customer(world: &World, id: &str, name: &str, external_id: Option<&str>) {
    sqlx::query!(
        "insert into customer (id, name, external_id, status, contacts, attributes, as_of)
         values ($1, $2, $3, 'active', '[]', '{}', now())",
        id,
        name,
        external_id,
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
}

async fn disable(world: &World, email: &str) {
    sqlx::query!("update staff set disabled_at = now() where email = $1", email)
        .execute(&world.backend.pool)
        .await
        .unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_row_is_told_what_is_wrong_with_it_and_what_to_do(pool: PgPool) {
    let world = World::new(pool).await;
    let gone = staff(&world.backend, Role::Technician).await.email;
    disable(&world, &gone).await;
    copy_customer(&world, "a1", "Twin Ltd", None).await;
    copy_customer(&world, "a2", "twin ltd", Some("T-2")).await;
    copy_customer(&world, "a3", "Sole Ltd", Some("S-1")).await;
    copy_customer(&world, "a4", "Fourth", None).await;
    copy_customer(&world, "a5", "Fifth", None).await;
    copy_customer(&world, "a6", "Sixth", None).await;
    let me = world.manager.email.to_uppercase();
    let long = "9".repeat(101);
    let cases = [
        (format!("SOLE ltd;S-9;{me}"), RowState::Ready, ""),
        ("nobody at all;X-1;".to_owned(), RowState::Refused, "no customer with this id or name"),
        ("twin ltd;X-2;".to_owned(), RowState::Refused, "2 customers have this name: a1, a2"),
        (";X-3;".to_owned(), RowState::Refused, "Write the customer's id or name"),
        (format!("a1;{long};"), RowState::Refused, "at most 100 characters"),
        ("a2;T-2;-".to_owned(), RowState::Unchanged, ""),
        ("a4;T-2;".to_owned(), RowState::Refused, "Customer a2 has this external id"),
        (format!("a5;;\"{me}; no@x.example; {gone}\""), RowState::Refused, "no@x.example. Check it"),
        ("a6;X-4;".to_owned(), RowState::Refused, "Line 11 is about this customer as well"),
        ("Sixth;X-4;".to_owned(), RowState::Refused, "Line 10 is about this customer as well"),
    ];
    let lines: Vec<&str> = cases.iter().map(|(line, ..)| line.as_str()).collect();
    let batch = world.check(&format!("customer;external id;account managers\n{}", lines.join("\n"))).await;
    let rows = world.rows(batch).await;
    assert_eq!(rows.len(), cases.len());
    for (row, (line, state, part)) in rows.iter().zip(&cases) {
        assert_eq!(row.state, *state, "{line}: {:?}", row.message);
        assert!(row.message.as_deref().unwrap_or_default().contains(part), "{line}: {:?}", row.message);
        assert_eq!(row.message.is_some(), *state == RowState::Refused, "{line}");
    }
    assert!(
        rows[7].message.as_ref().unwrap().contains(&format!("{gone} can no longer sign in")),
        "each problem is told"
    );
    assert_eq!(rows[0].external_id, Some((Some("S-1".to_owned()), "S-9".to_owned())));
    let (before, after) = rows[0].managers.clone().unwrap();
    assert_eq!((before, after[0].staff_id), (vec![], world.manager.id));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_dry_run_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let customers = "select md5(string_agg(c::text, '' order by id)) from customer c";
    let digest = async || sqlx::query_scalar::<_, String>(customers).fetch_one(&world.backend.pool).await.unwrap();
    let before = (digest().await, world.trail().await, world.updates());
    let batch = world
        .check(&format!("customer,external id,account managers\n{},N-1,{}", world.customers[0], world.manager.email))
        .await;
    assert_eq!(world.states(batch).await, [RowState::Ready]);
    assert_eq!((digest().await, world.trail().await, world.updates()), before);
    assert!(!matching::manages_any(&world.backend, world.manager.id).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn customers_can_exchange_their_numbers_but_not_share_one(pool: PgPool) {
    let world = World::new(pool).await;
    for (id, number) in [("a1", "N-1"), ("a2", "N-2"), ("a3", "N-3"), ("a4", "N-4")] {
        copy_customer(&world, id, id, Some(number)).await;
    }
    let swap = world.check("customer,external id\na1,N-2\na2,N-1\n").await;
    assert_eq!(world.states(swap).await, [RowState::Ready; 2]);
    let shared = world.check("customer,external id\na1,N-9\na2,N-9\na3,N-3\n").await;
    assert_eq!(world.states(shared).await, [RowState::Refused, RowState::Refused, RowState::Unchanged]);
    // The last one cannot have its number, so it keeps N-3, so the second cannot have N-3, and so on up.
    let chain = world.check("customer,external id\na1,N-2\na2,N-3\na3,N-4\n").await;
    assert_eq!(world.states(chain).await, [RowState::Refused; 3]);
    let message = world.rows(chain).await[0].message.clone().unwrap();
    assert!(message.contains("Customer a2 has this external id"), "{message}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_export_is_safe_to_open_and_changes_nothing_when_it_is_checked(pool: PgPool) {
    let world = World::new(pool).await;
    copy_customer(&world, "a1", "=HYPERLINK(\"https://x.example\"), Ltd", Some("=1+1")).await;
    copy_customer(&world, "a2", "Plain", Some("-5")).await;
    let gone = staff(&world.backend, Role::Technician).await;
    set_managers(&world.backend, &world.manager, "a1", &[world.manager.id, gone.id]).await.unwrap();
    disable(&world, &gone.email).await;
    let file = export(&world.backend, &world.manager).await.unwrap();
    assert!(file.text.starts_with("\u{feff}customer,name,external id,account managers\r\n"), "{}", file.text);
    assert!(file.text.contains("'=HYPERLINK") && file.text.contains(",'=1+1,") && file.text.contains(",'-5,"));
    let batch = world.check(&file.text).await;
    let rows = world.rows(batch).await;
    assert_eq!(rows.len(), world.customers.len() + 2);
    for row in rows {
        assert_eq!(row.state, RowState::Unchanged, "{:?}: {:?}", row.typed, row.message);
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_refused_can_be_taken_away_corrected_and_checked_again(pool: PgPool) {
    let world = World::new(pool).await;
    let good = &world.customers[0];
    let batch = world.check(&format!("customer,external id\n{good},N-1\n=nobody,N-2\n")).await;
    let file = failed(&world.backend, &world.manager, batch).await.unwrap();
    let problem = "There is no customer with this id or name. Copy the id from the export.";
    let expected = format!("\u{feff}customer,external id,account managers,problem\r\n'=nobody,N-2,,{problem}\r\n");
    assert_eq!(file.text, expected);
    let corrected = file.text.replace("'=nobody", &world.customers[1]);
    assert_eq!(world.states(world.check(&corrected).await).await, [RowState::Ready]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_table_that_nobody_applied_is_forgotten_after_a_week(pool: PgPool) {
    let world = World::new(pool).await;
    let csv = format!("customer,external id\n{},N-1\n", world.customers[0]);
    let (applied, forgotten) = (world.apply(&csv).await, world.check("customer,external id\n1,2\n").await);
    world.clock.advance(time::Duration::days(8));
    world.check(&csv).await;
    assert_eq!(world.rows(applied).await.len(), 1);
    let gone = matching::get(&world.backend, &world.manager, forgotten).await;
    assert!(matches!(gone, Err(Error::NotFound("table"))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_technician_matches_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, technician) = (&world.backend, staff(&world.backend, Role::Technician).await);
    let batch = world.check("customer,external id\n1,2\n").await;
    let customer = &world.customers[0];
    let refusals = [
        check(backend, &technician, "customer,external id\n1,2\n").await.map(drop),
        matching::apply(backend, &technician, batch).await,
        matching::get(backend, &technician, batch).await.map(drop),
        matching::recent(backend, &technician).await.map(drop),
        export(backend, &technician).await.map(drop),
        failed(backend, &technician, batch).await.map(drop),
        set_managers(backend, &technician, customer, &[technician.id]).await,
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Err(Error::Forbidden(domain::Permission::EditCustomers))), "{refusal:?}");
    }
}
