//! Whose turn it is among several that wait: the first of them comes first, and none of them waits for ever. Pure.

/// One turn in so many goes to those that would otherwise wait until nothing is left to do before them.
const EVERY: u32 = 4;

/// The turns so far.
#[derive(Debug, Default)]
pub(super) struct Turns {
    taken: u32,
    /// Who had the last of the turns that go round.
    last: usize,
}

impl Turns {
    /// Whose turn it is of those that wait; `waiting` is all of them, the most useful first. Three turns of four are the
    /// first one's, and the fourth goes round among the others: of eight that wait each has one in 28 turns at least.
    pub(super) fn next(&mut self, waiting: &[bool]) -> Option<usize> {
        let all = || waiting.iter().enumerate().filter(|(_, waits)| **waits).map(|(at, _)| at);
        let first = all().next()?;
        self.taken = self.taken.wrapping_add(1);
        if !self.taken.is_multiple_of(EVERY) {
            return Some(first);
        }
        let others = || all().skip(1);
        self.last = others().find(|at| *at > self.last).or_else(|| others().next()).unwrap_or(first);
        Some(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_turns_of_four_are_the_first_one_s_and_the_others_go_round() {
        let mut turns = Turns::default();
        let order: Vec<_> = (0..16).filter_map(|_| turns.next(&[true, false, true, true])).collect();
        assert_eq!(order, [0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 3]);
    }

    #[test]
    fn who_waits_alone_has_every_turn_and_where_nobody_does_there_is_none() {
        let mut turns = Turns::default();
        assert!((0..8).all(|_| turns.next(&[false, true, false]) == Some(1)));
        assert_eq!(turns.next(&[false, false, false]), None);
    }

    #[test]
    fn whoever_waits_has_a_turn_within_a_round_whoever_else_does() {
        for waits in 1_u32..256 {
            let waiting: Vec<_> = (0..8).map(|at| (waits >> at) & 1 == 1).collect();
            let mut turns = Turns::default();
            for _ in 0..3 {
                let round: Vec<_> = (0..28).filter_map(|_| turns.next(&waiting)).collect();
                for (at, waits) in waiting.iter().enumerate() {
                    assert_eq!(round.contains(&at), *waits, "{at} of {waiting:?}: {round:?}");
                }
            }
        }
    }
}
