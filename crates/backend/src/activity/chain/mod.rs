//! The chain of hashes over the activity: each row is sealed when its transaction commits, and [`verify`] finds what was
//! changed, taken away, put in or put elsewhere since.

mod broken;
mod head;
mod sql;

pub use broken::{Break, Named};
pub use head::{Hash, Head, InvalidHead};

use crate::{Backend, Result, pool};
use sqlx::PgConnection;

/// Rows looked at with one query.
const PAGE: i64 = 1_000;

/// What became of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Each row is as it was written, and the chain ends here.
    Intact(Head),
    /// The first thing that is not as it was written.
    Broken(Break),
}

/// Computes every hash again from the rows as they are, in one look at the database while it is being written to. With
/// `noted`, a place written down earlier and elsewhere, the chain must also have led there: who owns the database could
/// have made the whole of it anew.
pub async fn verify(backend: &Backend, noted: Option<&Head>) -> Result<Verdict> {
    let mut db = backend.pool.begin().await?;
    pool::look_once(&mut db).await?;
    let mut walk = Walk { db: &mut db, noted, passed_noted: noted.is_none() };
    let found = walk.follow().await?;
    let verdict = match found {
        Ok(head) => walk.end(head).await?,
        Err(broken) => Verdict::Broken(broken),
    };
    db.rollback().await?;
    Ok(verdict)
}

/// One seal with the row it is of.
struct Link {
    position: i64,
    hash: Vec<u8>,
    activity_id: i64,
    /// The row and its text, unless it is gone.
    row: Option<(Named, String)>,
}

struct Walk<'a> {
    db: &'a mut PgConnection,
    noted: Option<&'a Head>,
    passed_noted: bool,
}

impl Walk<'_> {
    /// Follows the seals from the first to the last.
    async fn follow(&mut self) -> Result<Result<Head, Break>> {
        let mut head = Head::start();
        loop {
            let links = sql::links_after(self.db, head.position, PAGE).await?;
            for link in &links {
                match self.step(&head, link).await? {
                    Ok(next) => head = next,
                    Err(broken) => return Ok(Err(broken)),
                }
            }
            if links.is_empty() {
                return Ok(Ok(head));
            }
        }
    }

    async fn step(&mut self, head: &Head, link: &Link) -> Result<Result<Head, Break>> {
        let position = head.position + 1;
        if link.position != position {
            let unsealed = sql::first_unsealed(self.db).await?;
            return Ok(Err(Break::Gap { position, unsealed }));
        }
        let Some((row, text)) = &link.row else {
            return Ok(Err(Break::Missing { activity_id: link.activity_id, position }));
        };
        let hash = head.hash.followed_by(text);
        if hash.as_bytes().as_slice() != link.hash {
            return Ok(Err(self.why_not(head, link, row).await?));
        }
        let next = Head { position, hash };
        if let Some(noted) = self.noted.filter(|noted| noted.position == position) {
            self.passed_noted = true;
            if *noted != next {
                return Ok(Err(Break::NotAsNoted { noted: noted.clone(), found: Some(next) }));
            }
        }
        Ok(Ok(next))
    }

    /// A hash that does not fit: either another row belongs here, or this one was changed.
    async fn why_not(&mut self, head: &Head, link: &Link, row: &Named) -> Result<Break> {
        let mut after = link.position;
        loop {
            let later = sql::links_after(self.db, after, PAGE).await?;
            let Some(last) = later.last() else { break };
            after = last.position;
            let belongs_here = later.into_iter().find_map(|other| {
                let (named, text) = other.row?;
                let hash = head.hash.followed_by(&text);
                let fits = [&link.hash, &other.hash].into_iter().any(|sealed| hash.as_bytes().as_slice() == sealed);
                fits.then_some(named)
            });
            if let Some(expected) = belongs_here {
                return Ok(Break::OutOfOrder { position: link.position, found: row.clone(), expected });
            }
        }
        Ok(Break::Changed { row: row.clone(), position: link.position })
    }

    /// What the seals themselves cannot tell: rows without one, and seals taken off the end.
    async fn end(&mut self, found: Head) -> Result<Verdict> {
        if let Some(row) = sql::first_unsealed(self.db).await? {
            return Ok(Verdict::Broken(Break::Unsealed { row }));
        }
        let told = sql::head(self.db).await?;
        if told.as_ref() != Some(&found) {
            return Ok(Verdict::Broken(Break::End { found, told }));
        }
        match self.noted {
            Some(noted) if !self.passed_noted && *noted != found => {
                Ok(Verdict::Broken(Break::NotAsNoted { noted: noted.clone(), found: None }))
            }
            _ => Ok(Verdict::Intact(found)),
        }
    }
}
