//! Creating and changing resellers, and customers of theirs, at the stand-in marketplace.

use crate::accounts::AccountForm;
use crate::customers::{self, NewCustomer};
use crate::list::ListRequest;
use crate::resellers::{NewReseller, Whose, create, get, has_any, update};
use crate::staff::Staff;
use crate::test_support::{account_form, copied, staff};
use crate::{Backend, Error, activity};
use domain::{ResellerId, Role};
use marketplace::models::CustomerUpdate;
use marketplace_sim::{Fault, FaultRule, Simulator};
use sqlx::PgPool;
use uuid::Uuid;

struct World {
    backend: Backend,
    marketplace: Simulator,
    admin: Staff,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let (backend, _, marketplace) = copied(pool).await;
        let admin = staff(&backend, Role::Admin).await;
        Self { backend, marketplace, admin }
    }

    async fn create(&self, new: &NewReseller, token: Uuid) -> crate::Result<String> {
        create(&self.backend, &self.admin, new, token).await
    }

    fn calls(&self, operation: &str) -> u64 {
        self.marketplace.stats().calls.get(operation).copied().unwrap_or(0)
    }

    async fn trail(&self) -> Vec<String> {
        let rows = activity::page(&self.backend, None, 20).await.unwrap();
        rows.into_iter().rev().map(|row| row.action).filter(|action| action.starts_with("reseller.")).collect()
    }
}

fn partners() -> NewReseller {
    NewReseller {
        form: account_form(),
        currency: " eur ".to_owned(),
        taxation_provider: "Vertex".to_owned(),
        ..NewReseller::default()
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_is_created_once_with_everything_that_was_typed(pool: PgPool) {
    let world = World::new(pool).await;
    assert!(!has_any(&world.backend).await.unwrap());
    let token = Uuid::new_v4();
    let id = world.create(&partners(), token).await.unwrap();
    assert_eq!(world.create(&partners(), token).await.unwrap(), id, "it is no namesake of itself");
    assert_eq!(world.calls("createReseller"), 1);
    let reseller = get(&world.backend, &id).await.unwrap();
    assert_eq!((reseller.name.as_str(), reseller.status.as_str()), ("Aldgate Dental", "active"));
    assert_eq!((reseller.currency.as_deref(), reseller.taxation_provider.as_deref()), (Some("EUR"), Some("Vertex")));
    assert_eq!(reseller.customer_class.as_deref(), Some("Default"), "left to the marketplace");
    assert_eq!(reseller.attributes["segment"], "health");
    assert!(has_any(&world.backend).await.unwrap());
    assert_eq!(world.trail().await, ["reseller.create_asked", "reseller.created"]);
    let names = activity::page(&world.backend, None, 1).await.unwrap();
    let names = activity::subject_names(&world.backend, &names).await.unwrap();
    assert_eq!(names.into_values().collect::<Vec<_>>(), ["Aldgate Dental"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_reseller_whose_answer_was_lost_is_found_and_not_created_again(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createReseller"));
    let id = world.create(&partners(), Uuid::new_v4()).await.unwrap();
    assert_eq!(get(&world.backend, &id).await.unwrap().name, "Aldgate Dental");
    assert_eq!(world.calls("createReseller"), 1);
    assert_eq!(world.trail().await, ["reseller.create_asked", "reseller.create_unknown", "reseller.created"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_missing_is_named_and_a_namesake_has_to_be_confirmed(pool: PgPool) {
    let world = World::new(pool).await;
    let mut lacking = NewReseller { currency: "dollars".to_owned(), ..partners() };
    (lacking.form.city, lacking.form.language) = (String::new(), String::new());
    let Err(Error::Invalid(problems)) = world.create(&lacking, Uuid::new_v4()).await else { panic!("it is refused") };
    let fields: Vec<_> = problems.into_iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["city", "language", "currency"]);
    assert_eq!(world.calls("createReseller"), 0);

    world.create(&partners(), Uuid::new_v4()).await.unwrap();
    let Err(Error::Invalid(problems)) = world.create(&partners(), Uuid::new_v4()).await else {
        panic!("it is refused")
    };
    assert_eq!(problems[0].field, "despite_namesake");
    let despite = NewReseller { despite_namesake: true, ..partners() };
    world.create(&despite, Uuid::new_v4()).await.unwrap();
    assert_eq!(world.calls("createReseller"), 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_what_was_changed_is_sent_and_recorded_and_nothing_is_overwritten(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.create(&partners(), Uuid::new_v4()).await.unwrap();
    let form = async || get(&world.backend, &id).await.unwrap().form();
    let seen = form().await;
    let after = AccountForm { city: "Leeds".to_owned(), external_id: String::new(), ..seen.clone() };
    update(&world.backend, &world.admin, &id, &after, &seen.digest(), Uuid::new_v4()).await.unwrap();
    assert_eq!(form().await, after);
    let row = activity::of_subject(&world.backend, "reseller", &id, 1).await.unwrap().remove(0);
    assert_eq!((row.action.as_str(), row.correlation_id.is_some()), ("reseller.updated", true));
    let facts =
        |value: Option<serde_json::Value>| value.unwrap().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        (facts(row.before), facts(row.after)),
        (vec!["address".to_owned(), "your number".to_owned()], vec!["address".to_owned()])
    );

    update(&world.backend, &world.admin, &id, &after, &after.digest(), Uuid::new_v4()).await.unwrap();
    assert_eq!(world.calls("updateReseller"), 1, "nothing differs");
    let elsewhere = CustomerUpdate { name: Some("Renamed elsewhere".to_owned()), ..CustomerUpdate::default() };
    let client = world.backend.marketplace().unwrap();
    client.update_reseller(&ResellerId::from(id.as_str()), &elsewhere).await.unwrap();
    let mine = AccountForm { city: "York".to_owned(), ..after.clone() };
    let refused = update(&world.backend, &world.admin, &id, &mine, &after.digest(), Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    assert_eq!(form().await.name, "Renamed elsewhere");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_an_admin_creates_and_changes_resellers(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let refused = create(&world.backend, &manager, &partners(), Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    let refused = update(&world.backend, &manager, "1", &account_form(), "", Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert_eq!(world.calls("createReseller"), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_customer_created_for_a_reseller_is_the_reseller_s_and_not_the_account_s(pool: PgPool) {
    let world = World::new(pool).await;
    let reseller = world.create(&partners(), Uuid::new_v4()).await.unwrap();
    let manager = staff(&world.backend, Role::AccountManager).await;
    let mut new = NewCustomer { form: account_form(), reseller: Some(reseller.clone()), ..NewCustomer::default() };
    new.form.name = "Mere Dental".to_owned();
    let id = customers::create(&world.backend, &manager, &new, Uuid::new_v4()).await.unwrap();
    assert_eq!((world.calls("createCustomerForReseller"), world.calls("createCustomer")), (1, 0));
    let owner = customers::get(&world.backend, &id).await.unwrap().reseller.unwrap();
    assert_eq!(owner.id, reseller);
    let found = async |whose: Whose| {
        let filter = customers::CustomerFilter { search: Some("Mere Dental".to_owned()), whose, ..Default::default() };
        customers::page(&world.backend, &ListRequest::default(), &filter).await.unwrap().rows.len()
    };
    assert_eq!((found(Whose::Own).await, found(Whose::Reseller(reseller)).await), (0, 1));

    customers::set_hold(&world.backend, &manager, &id, true, Uuid::new_v4()).await.unwrap();
    let owner = customers::get(&world.backend, &id).await.unwrap().reseller.unwrap();
    assert_eq!(owner.name, "Aldgate Dental", "a change leaves it with its reseller");

    let of_nobody = NewCustomer { reseller: Some("1".to_owned()), ..new };
    let refused = customers::create(&world.backend, &manager, &of_nobody, Uuid::new_v4()).await;
    assert!(matches!(refused, Err(Error::NotFound("reseller"))));
}
