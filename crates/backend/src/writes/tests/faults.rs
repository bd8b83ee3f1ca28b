//! Every fault on every way to write: one effect at most, the state is the truth, the trail is complete.

use super::{Fault, FaultRule, Way, World};
use crate::Error;
use domain::WriteState;
use sqlx::PgPool;
use uuid::Uuid;

const FAULTS: [Fault; 13] = [
    Fault::ResetBefore,
    Fault::ResetAfter,
    Fault::TimeoutBefore,
    Fault::TimeoutAfter,
    Fault::Html504Before,
    Fault::Html504After,
    Fault::Conflict500,
    Fault::InternalError,
    Fault::RateLimited,
    Fault::ExpiredToken,
    Fault::TruncatedBody,
    Fault::EmptyBody,
    Fault::Maintenance503,
];

/// Plays every fault on that way to write and checks what it left.
async fn survives_every_fault(pool: PgPool, way: Way) {
    let world = World::new(pool).await;
    for (nth, fault) in FAULTS.into_iter().enumerate() {
        let wish = world.wish(way, u8::try_from(nth).unwrap()).await;
        let (token, calls, rows) = (Uuid::new_v4(), world.calls(way.operation()), world.last_row().await);
        world.marketplace.add_fault(FaultRule::once(fault, way.operation()));
        let told = world.ask(&wish, token).await;
        let state_told = world.state(token).await;
        world.settle().await;
        let (state, effects, trail) = (world.state(token).await, world.truth(&wish).await, world.trail(rows).await);
        let sent = world.calls(way.operation()) - calls;
        println!(
            "{way:?} × {}: told {}, then {state}; {sent} call, {effects} effect; {}",
            fault.name(),
            match &told {
                Ok(()) => "done",
                Err(Error::Unknown(_)) => "not known",
                Err(_) => "refused",
            },
            trail.join(" → "),
        );
        let expected = match &told {
            Ok(()) => WriteState::Done,
            Err(Error::Marketplace(_)) => WriteState::Refused,
            Err(Error::Unknown(_)) => WriteState::Unknown,
            Err(other) => panic!("{way:?} × {fault:?}: {other}"),
        };
        assert_eq!(state_told, expected, "what the person is told is what is recorded");
        assert!(effects <= 1, "one effect at most");
        assert_eq!(state == WriteState::Done, effects == 1, "done is what the marketplace shows, and nothing else");
        assert!(!state.is_open(), "it is settled");
        // An expired token is refused before anything is done, and asked for anew.
        assert_eq!(sent, if fault == Fault::ExpiredToken { 2 } else { 1 });
        let unknown = usize::from(trail.iter().any(|action| action.ends_with("unknown")));
        assert_eq!(trail.len(), 2 + unknown, "asked, perhaps unknown, and the outcome: {trail:?}");
        if told.is_err() && expected == WriteState::Unknown {
            assert_eq!((state, unknown), (WriteState::Absent, 1), "what is done shows at once");
        }
    }
    assert_eq!(world.marketplace.stats().faults.values().sum::<u64>(), FAULTS.len() as u64, "every fault was played");
}

macro_rules! ways {
    ($($test:ident: $way:ident),+ $(,)?) => {
        $(
            #[sqlx::test(migrator = "crate::MIGRATOR")]
            async fn $test(pool: PgPool) {
                survives_every_fault(pool, Way::$way).await;
            }
        )+

        #[test]
        fn every_way_to_write_meets_every_fault() {
            assert_eq!([$(Way::$way),+], Way::ALL);
        }
    };
}

ways! {
    creating_a_customer_survives_every_fault: CreateCustomer,
    changing_a_customer_survives_every_fault: UpdateCustomer,
    holding_a_customer_survives_every_fault: Hold,
    creating_a_reseller_survives_every_fault: CreateReseller,
    changing_a_reseller_survives_every_fault: UpdateReseller,
    turning_renewal_survives_every_fault: Renewal,
    setting_attributes_survives_every_fault: Attributes,
    setting_a_price_survives_every_fault: Price,
    cancelling_an_order_survives_every_fault: CancelOrder,
    skipping_a_credit_check_survives_every_fault: CreditCheck,
    scheduling_a_report_survives_every_fault: Report,
}
