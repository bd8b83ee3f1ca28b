//! Orders that wait for a second person.

mod exactly;

use super::buying::{Buyer, order_of, product};
use super::migrations::migration;
use super::*;
use crate::activity;
use crate::approvals::{self, Decided, RuleForm};
use crate::subscriptions;
use domain::{Money, Permission};

/// A world in which an admin made every order wait.
struct Office {
    world: World,
    manager: Staff,
    admin: Staff,
}

impl Office {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let manager = staff(&world.backend, Role::AccountManager).await;
        let admin = staff(&world.backend, Role::Admin).await;
        approvals::add(&world.backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
        Self { world, manager, admin }
    }

    /// A technician's change of seats that waits, and what it costs.
    async fn asked(&self) -> (Uuid, Option<Money>) {
        let change = self.world.change(3);
        let quote = estimate_seat_change(&self.world.backend, &self.world.technician, &change).await.unwrap();
        assert_eq!(quote.approval, ["Every order"]);
        let (backend, technician) = (&self.world.backend, &self.world.technician);
        let id = place_seat_change(backend, technician, &change, &confirmed(quote.now)).await.unwrap();
        assert_eq!(self.state(id).await, IntentState::Drafted);
        (id, quote.now)
    }

    async fn state(&self, id: Uuid) -> IntentState {
        follow(&self.world.backend, id).await.unwrap().intent.state
    }

    async fn approve(&self, by: &Staff, id: Uuid, shown: Option<Money>) -> crate::Result<Decided> {
        approvals::approve(&self.world.backend, by, id, shown, "").await
    }

    /// Works until nothing is due, and once more after a day: nothing was sent.
    async fn nothing_is_sent(&self, id: Uuid, ended: IntentState) {
        while step(&self.world.backend).await.unwrap() {}
        self.world.clock.advance(Duration::days(1));
        while step(&self.world.backend).await.unwrap() {}
        assert_eq!(self.state(id).await, ended);
        let calls = self.world.marketplace.stats().calls;
        assert_eq!(calls.get("createOrder"), None, "the marketplace was never asked to create an order");
    }

    async fn actions(&self, id: Uuid) -> Vec<String> {
        let trail = activity::of_intent(&self.world.backend, id).await.unwrap();
        trail.into_iter().map(|row| row.action).collect()
    }

    /// Changes the stored body behind everybody's back, as only the owner of the table can.
    async fn tamper(&self, id: Uuid) {
        let mut transaction = self.world.backend.pool.begin().await.unwrap();
        for statement in [
            "alter table intent disable trigger intent_stays_as_asked",
            "update intent set body = jsonb_set(body, '{products,0,quantity}', '\"999\"')",
            "alter table intent enable trigger intent_stays_as_asked",
        ] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *transaction).await.unwrap();
        }
        transaction.commit().await.unwrap();
        assert_eq!(follow(&self.world.backend, id).await.unwrap().intent.id, id);
    }
}

fn conflict(error: &Error) -> &str {
    match error {
        Error::Conflict(message) => message,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_rules_nothing_waits(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.place(&world.change(3)).await.unwrap();
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
    assert!(approvals::of_intent(&world.backend, id).await.unwrap().is_none());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_waits_until_somebody_else_approves_it_and_is_sent_as_it_was_approved(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    while step(&office.world.backend).await.unwrap() {}
    assert_eq!((office.state(id).await, office.world.orders_at_the_marketplace()), (IntentState::Drafted, 0));
    assert_eq!(approvals::price_now(&office.world.backend, &office.manager, id).await.unwrap(), price);

    assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Approved);
    let done = office.world.wait(id, Duration::minutes(5)).await;
    assert_eq!((done.state, office.world.orders_at_the_marketplace()), (IntentState::Completed, 1));
    assert_eq!(office.world.seats_at_the_marketplace(), office.world.line.seats.get() + 3);
    let stored =
        sqlx::query!("select body, asked_digest, approved_digest, approved_amount from intent where id = $1", id)
            .fetch_one(&office.world.backend.pool)
            .await
            .unwrap();
    let sent: marketplace::models::OrderRequest = serde_json::from_value(stored.body).unwrap();
    let sent = Some(approvals::digest(&sent).unwrap());
    assert_eq!((&stored.asked_digest, &stored.approved_digest), (&sent, &sent));
    assert_eq!(stored.approved_amount, price.map(|price| price.amount));
    let actions = office.actions(id).await;
    assert_eq!(actions[..3], ["order.approval_asked", "order.approved", "order.sending"], "{actions:?}");
    let steps = follow(&office.world.backend, id).await.unwrap().steps;
    let titles: Vec<_> = steps.iter().map(|step| step.title).collect();
    assert_eq!(titles[..3], ["Asked for", "Approved", "Sent to the marketplace"]);
    assert!(steps.iter().all(|step| step.at.is_some() || step.title == "Processing" || step.title == "Submitted"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_approves_their_own_order(pool: PgPool) {
    let office = Office::new(pool).await;
    let change = office.world.change(3);
    let (backend, manager) = (&office.world.backend, &office.manager);
    let quote = estimate_seat_change(backend, manager, &change).await.unwrap();
    let id = place_seat_change(backend, manager, &change, &confirmed(quote.now)).await.unwrap();
    let refused = office.approve(manager, id, quote.now).await.unwrap_err();
    assert!(conflict(&refused).contains("Somebody else has to approve it"), "{refused}");
    let refused = approvals::reject(backend, manager, id, "no").await.unwrap_err();
    assert!(conflict(&refused).contains("Withdraw it instead"), "{refused}");
    // Not even in the database.
    let forced = sqlx::query!(
        "update intent set state = 'approved', decision = 'approved', decided_by = requested_by, decided_at = now(), \
         approved_digest = asked_digest where id = $1",
        id,
    );
    let refused = forced.execute(&backend.pool).await.unwrap_err();
    let constraint = refused.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    assert_eq!(constraint, Some("approved_by_a_second_person"));
    let without = sqlx::query!("update intent set state = 'approved', next_look_at = now() where id = $1", id);
    let refused = without.execute(&backend.pool).await.unwrap_err();
    let constraint = refused.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    assert_eq!(constraint, Some("goes_on_only_when_approved"));
    office.nothing_is_sent(id, IntentState::Drafted).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_may_not_approve_is_refused(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    for role in [Role::Viewer, Role::Technician] {
        let other = staff(&office.world.backend, role).await;
        let backend = &office.world.backend;
        for refused in [
            office.approve(&other, id, price).await.map(drop),
            approvals::reject(backend, &other, id, "no").await,
            approvals::price_now(backend, &other, id).await.map(drop),
            approvals::comment(backend, &other, id, "hm", Uuid::new_v4()).await,
        ] {
            assert!(matches!(refused, Err(Error::Forbidden(Permission::ApproveOrders))), "{role}: {refused:?}");
        }
        let refused = approvals::withdraw(backend, &other, id).await.unwrap_err();
        assert!(conflict(&refused).contains("Only the one who asked"), "{refused}");
        let refused = approvals::add(backend, &other, &RuleForm::default(), Uuid::new_v4()).await;
        assert!(matches!(refused, Err(Error::Forbidden(Permission::ManageApprovals))), "{role}: {refused:?}");
    }
    office.nothing_is_sent(id, IntentState::Drafted).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_asked_for_in_the_stead_of_an_order_that_turned_up_is_not_let_go(pool: PgPool) {
    let world = World::new(pool).await;
    let (manager, admin) =
        (staff(&world.backend, Role::AccountManager).await, staff(&world.backend, Role::Admin).await);
    let first = world.lose(Fault::ResetBefore).await;
    assert_eq!(world.wait(first, Duration::hours(2)).await.state, IntentState::Absent);
    approvals::add(&world.backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    let second = again::place_again(&world, &path, 1).await.unwrap();
    assert_eq!(world.intent(second).await.state, IntentState::Drafted);
    client(&world.marketplace).create_order(&world.body(first).await).await.unwrap();
    settle(&world.backend, &world.technician, first, Settlement::LookNow).await.unwrap();
    world.work().await;
    let refused = approvals::approve(&world.backend, &manager, second, None, "").await.unwrap_err();
    assert!(conflict(&refused).contains("has turned up"), "{refused}");
    assert_eq!(world.intent(second).await.state, IntentState::Drafted);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_who_approve_at_once_make_one_order(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let (one, other) =
        tokio::join!(office.approve(&office.manager, id, price), office.approve(&office.admin, id, price));
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!(won.unwrap(), Decided::Approved);
    assert!(conflict(&lost.unwrap_err()).contains("no longer waits"));
    let done = office.world.wait(id, Duration::minutes(5)).await;
    assert_eq!((done.state, office.world.orders_at_the_marketplace()), (IntentState::Completed, 1));
    let actions = office.actions(id).await;
    assert_eq!(actions.iter().filter(|action| *action == "order.approved").count(), 1, "{actions:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn approving_twice_is_approving_once(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    for _ in 0..2 {
        assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Approved);
    }
    let done = office.world.wait(id, Duration::minutes(5)).await;
    assert_eq!((done.state, office.world.orders_at_the_marketplace()), (IntentState::Completed, 1));
    assert_eq!(office.approve(&office.manager, id, price).await.unwrap(), Decided::Approved);
    assert_eq!(office.world.orders_at_the_marketplace(), 1, "however late");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_rejected_order_says_why_and_makes_room_for_another(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let second = office.world.place(&office.world.change(1)).await.unwrap_err();
    assert!(conflict(&second).contains("waits for approval. It has to be approved"), "what waits is open: {second}");
    let backend = &office.world.backend;
    let wordless = approvals::reject(backend, &office.manager, id, "  ").await;
    assert!(matches!(&wordless, Err(Error::Invalid(fields)) if fields[0].field == "reason"), "{wordless:?}");
    approvals::reject(backend, &office.manager, id, "Too many seats").await.unwrap();
    let ended = follow(backend, id).await.unwrap();
    assert_eq!(ended.intent.problem, Some(format!("Rejected by {}: Too many seats", office.manager.name)));
    assert_eq!(ended.steps.last().unwrap().title, "Rejected");
    assert!(conflict(&office.approve(&office.admin, id, price).await.unwrap_err()).contains("no longer waits"));
    office.nothing_is_sent(id, IntentState::Cancelled).await;
    office.world.place(&office.world.change(1)).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_asked_takes_it_back(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, _) = office.asked().await;
    approvals::withdraw(&office.world.backend, &office.world.technician, id).await.unwrap();
    office.nothing_is_sent(id, IntentState::Cancelled).await;
    assert_eq!(office.actions(id).await, ["order.approval_asked", "order.withdrawn"]);
    let again = approvals::withdraw(&office.world.backend, &office.world.technician, id).await.unwrap_err();
    assert!(conflict(&again).contains("no longer waits"), "{again}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn both_say_what_they_think_and_one_form_says_it_once(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, _) = office.asked().await;
    let backend = &office.world.backend;
    let token = Uuid::new_v4();
    for _ in 0..2 {
        approvals::comment(backend, &office.manager, id, " Why three? ", token).await.unwrap();
    }
    office.world.clock.advance(Duration::minutes(1));
    approvals::comment(backend, &office.world.technician, id, "Three joined.", Uuid::new_v4()).await.unwrap();
    let said = approvals::of_intent(backend, id).await.unwrap().unwrap().comments;
    let said: Vec<_> = said.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(said, ["Why three?", "Three joined."]);
    assert_eq!(office.actions(id).await, ["order.approval_asked", "order.commented", "order.commented"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn those_who_approve_see_all_that_waits_and_others_their_own(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let backend = &office.world.backend;
    let other = staff(backend, Role::Technician).await;
    for (who, sees, counts) in
        [(&office.manager, 1, 1), (&office.admin, 1, 1), (&office.world.technician, 1, 1), (&other, 0, 0)]
    {
        let waiting = approvals::waiting_for(backend, who).await.unwrap();
        let count = approvals::count(backend, who.id).await.unwrap().that_concerns(&who.role);
        assert_eq!((waiting.len(), count), (sees, counts), "{}", who.name);
    }
    let waiting = approvals::waiting_for(backend, &office.manager).await.unwrap().remove(0);
    assert_eq!((waiting.intent_id, waiting.price_then), (id, price));
    assert_eq!(
        (waiting.reasons, waiting.requested_by_name),
        (vec!["Every order".to_owned()], office.world.technician.name.clone())
    );
    office.approve(&office.manager, id, price).await.unwrap();
    assert_eq!(approvals::count(backend, office.admin.id).await.unwrap(), approvals::Count { of_others: 0, own: 0 });
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_that_changed_meanwhile_is_judged_anew(pool: PgPool) {
    let office = Office::new(pool).await;
    let (id, price) = office.asked().await;
    let (backend, line) = (&office.world.backend, &office.world.line);
    sqlx::query!("update product_line set seats = seats + 1 where subscription_id = $1", line.subscription_id)
        .execute(&backend.pool)
        .await
        .unwrap();
    let refused = office.approve(&office.manager, id, price).await.unwrap_err();
    assert!(conflict(&refused).contains(&format!("not {}", line.seats)), "{refused}");
    sqlx::query!("update subscription set status = 'hold' where id = $1", line.subscription_id)
        .execute(&backend.pool)
        .await
        .unwrap();
    let refused = office.approve(&office.manager, id, price).await.unwrap_err();
    assert!(conflict(&refused).contains("hold by now"), "{refused}");
    office.nothing_is_sent(id, IntentState::Drafted).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_cancellation_waits_and_takes_what_a_cancellation_takes(pool: PgPool) {
    let office = Office::new(pool).await;
    let (backend, manager) = (&office.world.backend, &office.manager);
    let mut approved = 0;
    let active = sqlx::query_scalar!("select id from subscription where status = 'active' order by id");
    for subscription_id in active.fetch_all(&backend.pool).await.unwrap() {
        let order = SubscriptionAct { subscription_id, act: Act::Cancel, po_number: None };
        let Ok(quote) = estimate_act(backend, manager, &order).await else { continue };
        let subscription = subscriptions::get(backend, &order.subscription_id).await.unwrap();
        let name = subscription.customer_name.unwrap();
        let id = place_act(backend, manager, &order, &name, &confirmed(quote.now)).await.unwrap();
        assert_eq!(office.approve(&office.admin, id, quote.now).await.unwrap(), Decided::Approved);
        let done = office.world.wait(id, Duration::minutes(5)).await;
        assert_eq!((done.state, done.kind.as_str()), (IntentState::Completed, "cancellation"), "{:?}", done.problem);
        approved += 1;
        break;
    }
    assert_eq!(approved, 1, "every vendor's window is closed");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn sales_and_migrations_are_sent_as_they_were_approved(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let (backend, manager) = (&buyer.world.backend, &buyer.manager);
    let admin = staff(backend, Role::Admin).await;
    approvals::add(backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
    let product = product(backend, "Business Basic", "1 year", "1 month").await;
    let mut order = order_of(&buyer.world.line.customer_id, &product, 10);
    order.lines[0].special_price = Some("4.25".to_owned());
    let order = buyer.complete(&order).await;
    let quote = estimate_new_order(backend, manager, &order).await.unwrap();
    let sale = place_new_order(backend, manager, &order, &confirmed(quote.now)).await.unwrap();
    let migration = migration(&buyer).await;
    let costs = estimate_migration(backend, manager, &migration).await.unwrap();
    let moved = place_migration(backend, manager, &migration, &confirmed(costs.now)).await.unwrap();
    for (id, price) in [(sale, quote.now), (moved, costs.now)] {
        assert_eq!(approvals::approve(backend, &admin, id, price, "").await.unwrap(), Decided::Approved);
        let done = buyer.world.wait(id, Duration::minutes(5)).await;
        assert_eq!(done.state, IntentState::Completed, "{}: {:?}", done.kind, done.problem);
    }
    assert_eq!(buyer.world.orders_at_the_marketplace(), 2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_rule_is_added_once_removed_once_and_recorded(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let form = RuleForm { amount: "1000".to_owned(), currency: "usd".to_owned(), ..RuleForm::default() };
    let token = Uuid::new_v4();
    for _ in 0..2 {
        approvals::add(&world.backend, &admin, &form, token).await.unwrap();
    }
    let twice = approvals::add(&world.backend, &admin, &form, Uuid::new_v4()).await.unwrap_err();
    assert!(conflict(&twice).contains("Orders of 1,000.00 USD or more"), "{twice}");
    let rules = approvals::list(&world.backend).await.unwrap();
    let [rule] = rules.as_slice() else { panic!("{rules:?}") };
    assert_eq!((rule.rule.to_string().as_str(), &rule.created_by), ("Orders of 1,000.00 USD or more", &admin.name));
    approvals::remove(&world.backend, &admin, rule.id).await.unwrap();
    let again = approvals::remove(&world.backend, &admin, rule.id).await;
    assert!(matches!(again, Err(Error::NotFound(_))), "{again:?}");
    let trail = activity::of_subject(&world.backend, "approval rule", &token.to_string(), 9).await.unwrap();
    let actions: Vec<_> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["approval_rule.removed", "approval_rule.added"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_what_a_rule_is_about_waits(pool: PgPool) {
    let world = World::new(pool).await;
    let admin = staff(&world.backend, Role::Admin).await;
    let change = world.change(3);
    let asks = async |form: RuleForm| {
        let token = Uuid::new_v4();
        approvals::add(&world.backend, &admin, &form, token).await.unwrap();
        let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
        approvals::remove(&world.backend, &admin, token).await.unwrap();
        !quote.approval.is_empty()
    };
    let with = |kind: &str, role: &str, percent: &str| RuleForm {
        kind: kind.to_owned(),
        role: role.to_owned(),
        percent: percent.to_owned(),
        ..RuleForm::default()
    };
    let amount = |amount: &str, currency: &str| RuleForm {
        amount: amount.to_owned(),
        currency: currency.to_owned(),
        ..RuleForm::default()
    };
    assert!(asks(with("change", "technician", "1")).await);
    assert!(!asks(with("cancellation", "", "")).await && !asks(with("", "admin", "")).await);
    assert!(!asks(with("", "", "100000")).await);
    assert!(!asks(amount("1000000", "USD")).await && asks(amount("0.01", "USD")).await);
    assert!(asks(amount("1000000", "EUR")).await, "it is priced in another currency");
    let vendor = |name: &str| RuleForm { vendor: name.to_owned(), ..RuleForm::default() };
    assert!(asks(vendor(world.line.vendor.as_deref().unwrap())).await && !asks(vendor("Nobody")).await);
}
