//! Values that the contract allows, made of choices that proptest draws and shrinks.

mod answer;
mod request;

pub(crate) use answer::{ANY_TEXT, Manner, answer};
pub(crate) use request::{Call, Known, call};

use proptest::prelude::*;

/// Decisions, used up one by one. Zero decides for the simplest, and zero is also what comes when there are none left: so
/// proptest, which removes choices and makes them smaller, ends at the simplest value that still fails.
pub(crate) struct Choices<'a>(std::slice::Iter<'a, u32>);

/// At most so many choices.
pub(crate) fn choices(most: usize) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..most)
}

impl<'a> Choices<'a> {
    pub(crate) fn new(choices: &'a [u32]) -> Self {
        Self(choices.iter())
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        let choice = self.0.next().copied().unwrap_or(0);
        usize::try_from(choice).unwrap_or(0) % end
    }

    /// True in one case of `cases`.
    fn one_in(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }

    fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        &from[self.below(from.len())]
    }
}
