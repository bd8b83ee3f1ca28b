//! Randomness that repeats.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::ops::RangeInclusive;

/// A stream of random numbers, fixed by a seed and the stream's name: drawing more from one stream moves no other.
#[derive(Debug)]
pub(crate) struct Dice(StdRng);

impl Dice {
    pub(crate) fn new(seed: u64, stream: &str) -> Self {
        // FNV-1a keeps the name's share of the seed the same everywhere.
        let name = stream
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(StdRng::seed_from_u64(seed ^ name))
    }

    /// Any number.
    pub(crate) fn word(&mut self) -> u32 {
        self.0.random()
    }

    /// Sixteen random bytes, for a UUID.
    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        self.0.random()
    }

    /// A number in a range, each as likely.
    pub(crate) fn between(&mut self, range: RangeInclusive<u32>) -> u32 {
        self.0.random_range(range)
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.0.random_ratio(chance, 100)
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.0.random_range(0..from.len())]
    }

    /// One of several, as likely as its weight.
    pub(crate) fn weighted<'a, T>(&mut self, from: &'a [(u32, T)]) -> &'a T {
        let total: u32 = from.iter().map(|(weight, _)| weight).sum();
        let mut left = self.0.random_range(0..total);
        let mut last = 0;
        for (index, (weight, _)) in from.iter().enumerate() {
            last = index;
            if left < *weight {
                break;
            }
            left -= weight;
        }
        &from[last].1
    }
}
