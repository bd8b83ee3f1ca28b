//! Cutting lists into pages.

use marketplace::models::Page;

/// Which rows of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

/// The rows in the window, and how many there are in all. Only the rows shown are converted.
pub(crate) fn page<T, M>(rows: impl Iterator<Item = T>, window: Window, show: impl Fn(T) -> M) -> Page<M> {
    let shown = u64::from(window.offset)..u64::from(window.offset) + u64::from(window.limit);
    let (mut data, mut total) = (Vec::new(), 0);
    for row in rows {
        if shown.contains(&total) {
            data.push(show(row));
        }
        total += 1;
    }
    Page::new(data, window.offset.into(), window.limit.into(), total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_put_together_are_the_list(rows in prop::collection::vec(any::<u8>(), 0..60), limit in 1u32..20) {
            let mut together = Vec::new();
            let mut offset = 0;
            loop {
                let page = page(rows.iter().copied(), Window { offset, limit }, |row| row);
                prop_assert_eq!(page.total(), Some(rows.len() as u64));
                if page.data.is_empty() {
                    break;
                }
                prop_assert!(page.data.len() <= limit as usize);
                together.extend(page.data);
                offset += limit;
            }
            prop_assert_eq!(together, rows);
        }
    }
}
