//! What happens in a run, move by move. It depends on the seed alone: what a move finds when it is played does not change
//! the moves after it.

use super::dice::Dice;
use marketplace_sim::{Fault, FaultRule, Outage};
use time::Duration;

/// One of the two servers.
pub(super) type Which = usize;

#[derive(Clone, Debug)]
pub(super) enum Move {
    Post(Post),
    /// A worker takes up to so many steps.
    Work {
        server: Which,
        steps: u32,
        kill: Option<u32>,
    },
    /// Both workers take up to so many steps at the same time; this server may be killed.
    BothWork {
        server: Which,
        steps: u32,
        kill: Option<u32>,
    },
    /// The next calls of an operation go wrong.
    Fault(FaultRule),
    ExpireTokens,
    Outage(Option<Outage>),
    /// Everybody's time passes.
    Advance(Duration),
    /// A server reads what is due for its copy.
    Sync {
        server: Which,
        kill: Option<u32>,
    },
}

/// A review page is confirmed.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) wish: Wish,
    pub(super) server: Which,
    /// The same form reaches the other server at the same time.
    pub(super) twice: bool,
    /// The server dies after so many polls.
    pub(super) kill: Option<u32>,
    /// The same form is posted once more to the other server, as by a reload.
    pub(super) again: bool,
}

/// What is ordered. Numbers are places in the lists of the stage, counted round and round.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Seats { target: u32, more: i64 },
    SeatsAtRenewal { target: u32, more: i64 },
    Sale { customer: u32, product: u32, seats: i64 },
    Switch { target: u32, restart: bool },
    Renewal { target: u32 },
    Cancellation { target: u32 },
}

/// The calls that orders are made of, and how often a fault meets each of them.
const OPERATIONS: [(&str, u32); 6] = [
    ("createOrder", 6),
    ("getOrders", 2),
    ("getOrderDetails", 2),
    ("getSubscription", 1),
    ("estimateOrder", 1),
    ("generateAuthToken", 1),
];

/// The moves of a seed, without end.
pub(super) struct Schedule {
    dice: Dice,
    /// Every fault of every operation is dealt before any comes again.
    deck: Vec<FaultRule>,
    down: bool,
}

impl Schedule {
    pub(super) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), deck: Vec::new(), down: false }
    }

    pub(super) fn next(&mut self) -> Move {
        if self.down && self.dice.percent(40) {
            self.down = false;
            return Move::Outage(None);
        }
        match self.dice.below(100) {
            0..22 => Move::Post(self.post()),
            22..54 => self.work(),
            54..60 => Move::BothWork { server: self.server(), steps: 1 + self.dice.below(6), kill: self.kill(30, 60) },
            60..76 => Move::Fault(self.fault()),
            76..95 => Move::Advance(self.time()),
            95..97 => Move::ExpireTokens,
            97 => Move::Fault(FaultRule { times: 2 + self.dice.below(5), ..FaultRule::once(Fault::RateLimited, "*") }),
            98 => {
                self.down = true;
                Move::Outage(Some(*self.dice.pick(&[Outage::Maintenance, Outage::Reset])))
            }
            _ => Move::Sync { server: self.server(), kill: self.kill(30, 200) },
        }
    }

    fn post(&mut self) -> Post {
        Post {
            wish: self.wish(),
            server: self.server(),
            twice: self.dice.percent(25),
            kill: self.kill(15, 40),
            again: self.dice.percent(20),
        }
    }

    fn wish(&mut self) -> Wish {
        let target = self.dice.below(10_000);
        let more = i64::from(1 + self.dice.below(4));
        match self.dice.below(100) {
            0..50 => Wish::Seats { target, more },
            50..58 => Wish::Seats { target, more: -more },
            58..76 => Wish::Sale { customer: target, product: self.dice.below(10_000), seats: more },
            76..84 => Wish::SeatsAtRenewal { target, more },
            84..89 => Wish::Switch { target, restart: self.dice.percent(50) },
            89..98 => Wish::Renewal { target },
            _ => Wish::Cancellation { target },
        }
    }

    fn work(&mut self) -> Move {
        Move::Work { server: self.server(), steps: 1 + self.dice.below(6), kill: self.kill(50, 25) }
    }

    fn server(&mut self) -> Which {
        self.dice.below(2) as Which
    }

    /// In so many of a hundred cases, after up to `most` polls.
    fn kill(&mut self, percent: u32, most: u32) -> Option<u32> {
        self.dice.percent(percent).then(|| self.dice.below(most))
    }

    fn fault(&mut self) -> FaultRule {
        if self.deck.is_empty() {
            let all = |(operation, share)| {
                let faults = Fault::ALL.iter().map(move |fault| FaultRule::once(*fault, operation));
                std::iter::repeat_n(faults, share as usize).flatten()
            };
            self.deck = OPERATIONS.into_iter().flat_map(all).collect();
            self.dice.shuffle(&mut self.deck);
        }
        self.deck.pop().unwrap_or_else(|| FaultRule::once(Fault::ResetAfter, "createOrder"))
    }

    /// Mostly seconds, as orders take; at times the minutes that leases and patience last, and hours.
    fn time(&mut self) -> Duration {
        let some = i64::from(1 + self.dice.below(10));
        match self.dice.below(100) {
            0..70 => Duration::seconds(some),
            70..85 => Duration::minutes(some),
            85..95 => Duration::minutes(25 + some),
            _ => Duration::hours(some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(seed: u64) -> Vec<String> {
        let mut schedule = Schedule::new(seed);
        (0..2_000).map(|_| format!("{:?}", schedule.next())).collect()
    }

    #[test]
    fn the_moves_depend_on_the_seed_alone() {
        assert_eq!(moves(7), moves(7));
        assert_ne!(moves(7), moves(8));
    }

    #[test]
    fn every_kind_of_move_and_every_fault_of_every_operation_comes() {
        let moves = moves(7);
        for kind in
            ["Post", "Work", "BothWork", "Fault", "ExpireTokens", "Outage(Some", "Outage(None", "Advance", "Sync"]
        {
            assert!(moves.iter().any(|next| next.starts_with(kind)), "{kind}");
        }
        for (operation, _) in OPERATIONS {
            for fault in Fault::ALL {
                let both = format!("fault: {fault:?}, operation: {operation:?}");
                assert!(moves.iter().any(|next| next.contains(&both)), "{both}");
            }
        }
    }
}
