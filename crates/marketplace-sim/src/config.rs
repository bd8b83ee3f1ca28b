//! What a simulator can be told.

use crate::clock::Pace;
use crate::seed::Dice;
use std::net::{Ipv4Addr, SocketAddr};
use time::macros::datetime;
use uuid::Builder;

/// What a change order's detail answers in `products[].quantity`; integrators have seen both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadBack {
    /// The signed difference for an immediate change, the target total for one scheduled on renewal.
    #[default]
    Difference,
    /// The total as it was sent.
    Total,
}

/// The settings of a simulator. `Config::default()` is the demo's; [`Config::for_tests`] stands still and never says 429.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the API listens; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The path of the API, such as `/marketplace/us`; no trailing slash.
    pub base_path: String,
    /// The code `POST /token` expects.
    pub marketplace: String,
    /// How many customers to invent; at least 1, at most as many as there are names (52,800).
    pub customers: u32,
    /// How many resellers below the account to invent, each with customers and orders of its own; at most 20.
    pub resellers: u32,
    /// The same seed on the same day gives the same data.
    pub seed: u64,
    /// Calls per key in any 60 seconds of real time; 0 is unlimited.
    pub rate_per_minute: u32,
    /// Calls per key in 24 hours of real time; 0 is unlimited.
    pub calls_per_day: u32,
    /// How time moves.
    pub pace: Pace,
    /// The largest `limit` a list accepts.
    pub largest_page: u32,
    /// What a change order reads back as.
    pub read_back: ReadBack,
    /// What the reseller pays is so many times what it is in the price list: more than 1 makes costs that no price looks like.
    pub costs_times: u32,
    /// Orders forget their custom attributes; whether the real service keeps them is not known for every type.
    pub drops_order_attributes: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            base_path: "/marketplace/us".to_owned(),
            marketplace: "us".to_owned(),
            customers: 25,
            resellers: 0,
            seed: 1,
            rate_per_minute: 60,
            calls_per_day: 5_000,
            pace: Pace::Running { speed: 1.0 },
            largest_page: 1_000,
            read_back: ReadBack::default(),
            costs_times: 1,
            drops_order_attributes: false,
        }
    }
}

impl Config {
    /// No limits, and a clock that stands at noon of 23 November 2026 until it is advanced.
    pub fn for_tests() -> Self {
        Self {
            rate_per_minute: 0,
            calls_per_day: 0,
            pace: Pace::Manual(datetime!(2026-11-23 12:00 UTC)),
            ..Self::default()
        }
    }

    /// The only credentials the simulator accepts, derived from the seed.
    pub fn credentials(&self) -> Credentials {
        let mut dice = Dice::new(self.seed, "credentials");
        Credentials {
            marketplace: self.marketplace.clone(),
            username: "demo.API".to_owned(),
            password: format!("sim-password-{:08x}", dice.word()),
            subscription_key: Builder::from_random_bytes(dice.bytes()).into_uuid().simple().to_string(),
        }
    }
}

/// What a client needs to sign in. Invented, and worth nothing outside the simulator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The marketplace code.
    pub marketplace: String,
    /// The API user.
    pub username: String,
    /// The API user's password.
    pub password: String,
    /// The gateway's subscription key: 32 hex digits.
    pub subscription_key: String,
}
