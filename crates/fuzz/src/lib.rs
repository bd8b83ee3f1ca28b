//! Feeds readers of untrusted text with damaged samples and counts what breaks.
//!
//! Every input follows from the seed, the reader's name and the input's number, so whatever breaks can be played again. In an
//! ordinary test run each reader gets some thousand inputs; `cargo xtask fuzz` gives them minutes.

mod mutate;
mod random;

use mutate::damaged;
use random::Random;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    seed: u64,
    /// So many inputs, where no time is given.
    inputs: u64,
    time: Option<Duration>,
}

/// Inputs for each reader in an ordinary test run.
const INPUTS: u64 = 3_000;

/// The seed of an ordinary test run, so that it is the same everywhere.
const SEED: u64 = 1;

/// A reader that needs longer for one input could be made to stand still by whoever writes it.
const SLOW: Duration = Duration::from_secs(2);

/// Crashes that are shown; the others are counted.
const SHOWN: usize = 5;

impl Plan {
    /// By `FUZZ_SEED` and `FUZZ_SECONDS`, where they are set.
    pub fn of_environment() -> Self {
        let number = |name: &str| std::env::var_os(name)?.to_str()?.parse::<u64>().ok();
        let time = number("FUZZ_SECONDS").map(Duration::from_secs);
        Self { seed: number("FUZZ_SEED").unwrap_or(SEED), inputs: INPUTS, time }
    }

    /// The same with so many inputs where no time is given.
    #[must_use]
    pub fn inputs(self, inputs: u64) -> Self {
        Self { inputs, ..self }
    }

    /// The inputs for the reader of that name, made from the samples: each sample as it is first, then damaged ones.
    pub fn inputs_for<'a>(self, name: &str, samples: &'a [&'a [u8]]) -> impl Iterator<Item = Vec<u8>> + 'a {
        let base = self.seed
            ^ name
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let begun = Instant::now();
        let goes_on = move |number: &u64| match self.time {
            Some(time) => begun.elapsed() < time,
            None => *number < self.inputs,
        };
        (0..).take_while(goes_on).map(move |number| {
            let whole = usize::try_from(number).ok().and_then(|number| samples.get(number));
            whole
                .map_or_else(|| damaged(samples, &mut Random::new(base.wrapping_add(number))), |sample| sample.to_vec())
        })
    }
}

/// Feeds `read` with damaged samples.
///
/// # Panics
/// If `read` panicked on an input, or took seconds for one. The inputs are named.
pub fn fuzz(name: &str, samples: &[&[u8]], read: impl Fn(&[u8])) {
    let plan = Plan::of_environment();
    let begun = Instant::now();
    let (mut tried, mut slowest, mut crashes) = (0_u64, Duration::ZERO, Vec::new());
    for input in plan.inputs_for(name, samples) {
        tried += 1;
        let at = Instant::now();
        let broke = catch_unwind(AssertUnwindSafe(|| read(&input))).is_err();
        let took = at.elapsed();
        slowest = slowest.max(took);
        if broke || took > SLOW {
            crashes.push(format!("{} on \"{}\"", if broke { "broke" } else { "stood still" }, input.escape_ascii()));
        }
    }
    report(name, plan.seed, tried, begun.elapsed(), slowest, &crashes);
}

/// [`fuzz`] for what reads text.
///
/// # Panics
/// As [`fuzz`] does.
pub fn fuzz_text(name: &str, samples: &[&str], read: impl Fn(&str)) {
    let samples: Vec<&[u8]> = samples.iter().map(|sample| sample.as_bytes()).collect();
    fuzz(name, &samples, |input| read(&String::from_utf8_lossy(input)));
}

/// Says what came of a reader.
///
/// # Panics
/// If there were crashes.
pub fn report(name: &str, seed: u64, tried: u64, took: Duration, slowest: Duration, crashes: &[String]) {
    println!(
        "fuzz: {name}: {tried} inputs, {} crashes, {:.1} s, slowest {:.1} ms, seed {seed}",
        crashes.len(),
        took.as_secs_f64(),
        slowest.as_secs_f64() * 1_000.0
    );
    let shown = &crashes[..crashes.len().min(SHOWN)];
    assert!(crashes.is_empty(), "{name} (seed {seed}) {} times, first:\n{}", crashes.len(), shown.join("\n"));
}

/// The plan's seed, for who writes a report.
impl Plan {
    /// What every input follows from.
    pub fn seed(self) -> u64 {
        self.seed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: [&[u8]; 2] = [b"one=1&two=2", b"[1, {\"a\": null}]"];

    fn plan() -> Plan {
        Plan { seed: 7, inputs: 200, time: None }
    }

    #[test]
    fn the_same_seed_gives_the_same_inputs_and_another_one_others() {
        let of = |plan: Plan, name| plan.inputs_for(name, &SAMPLES).collect::<Vec<_>>();
        assert_eq!(of(plan(), "reader"), of(plan(), "reader"));
        assert_ne!(of(plan(), "reader"), of(plan(), "other reader"));
        assert_ne!(of(plan(), "reader"), of(Plan { seed: 8, ..plan() }, "reader"));
    }

    #[test]
    fn samples_come_first_as_they_are_and_the_others_are_nearly_all_different() {
        let inputs: Vec<_> = plan().inputs_for("reader", &SAMPLES).collect();
        assert_eq!(inputs[..2], SAMPLES);
        let different: std::collections::BTreeSet<_> = inputs.iter().collect();
        assert!(inputs.len() == 200 && different.len() > 150, "{}", different.len());
    }

    #[test]
    fn what_breaks_is_found_and_named() {
        let reader = |input: &[u8]| assert!(!input.contains(&0xff), "a byte that nobody expects");
        let found = catch_unwind(|| fuzz("breaks", &SAMPLES, reader)).unwrap_err();
        let said = found.downcast_ref::<String>().unwrap();
        assert!(said.contains("breaks (seed ") && said.contains("\\xff"), "{said}");
    }
}
