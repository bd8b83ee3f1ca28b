//! What breaks: the rows of the matrix.

use marketplace_sim::Fault as Played;

/// What breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    ResetBefore,
    ResetAfter,
    TimeoutBefore,
    TimeoutAfter,
    HtmlBefore,
    HtmlAfter,
    Conflict,
    Storm,
    ExpiredToken,
    Truncated,
    Slow,
    /// The marketplace's machine restarts when the write has had its effect, before it is answered.
    MarketplaceRestart,
    /// Postgres restarts at that moment.
    PostgresRestart,
    /// `kill -9` when the call has arrived and not had its effect.
    KillBefore,
    /// `kill -9` when it has had its effect and is not answered.
    KillAfter,
    /// `kill -9` just before the n-th transaction about this write is committed.
    KillAtCommit(u32),
}

/// No write path has more transactions than this.
pub(crate) const MOST_COMMITS: u32 = 6;

impl Fault {
    /// Every row.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![
            Self::None,
            Self::ResetBefore,
            Self::ResetAfter,
            Self::TimeoutBefore,
            Self::TimeoutAfter,
            Self::HtmlBefore,
            Self::HtmlAfter,
            Self::Conflict,
            Self::Storm,
            Self::ExpiredToken,
            Self::Truncated,
            Self::Slow,
            Self::MarketplaceRestart,
            Self::PostgresRestart,
            Self::KillBefore,
            Self::KillAfter,
        ];
        all.extend((1..=MOST_COMMITS).map(Self::KillAtCommit));
        all
    }

    /// Its name in the table and in `FAULT_CELL`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::ResetBefore => "reset-before".to_owned(),
            Self::ResetAfter => "reset-after".to_owned(),
            Self::TimeoutBefore => "timeout-before".to_owned(),
            Self::TimeoutAfter => "timeout-after".to_owned(),
            Self::HtmlBefore => "html-504-before".to_owned(),
            Self::HtmlAfter => "html-504-after".to_owned(),
            Self::Conflict => "conflict-500".to_owned(),
            Self::Storm => "429-storm".to_owned(),
            Self::ExpiredToken => "expired-token".to_owned(),
            Self::Truncated => "truncated-body".to_owned(),
            Self::Slow => "slow-body".to_owned(),
            Self::MarketplaceRestart => "marketplace-restart".to_owned(),
            Self::PostgresRestart => "postgres-restart".to_owned(),
            Self::KillBefore => "kill-before-effect".to_owned(),
            Self::KillAfter => "kill-after-effect".to_owned(),
            Self::KillAtCommit(nth) => format!("kill-at-commit-{nth}"),
        }
    }

    /// What the stand-in plays on the write, and how often.
    pub(crate) fn played(self) -> Option<(Played, u32)> {
        let played = match self {
            Self::None | Self::KillAtCommit(_) => return None,
            Self::ResetBefore => Played::ResetBefore,
            Self::ResetAfter => Played::ResetAfter,
            Self::TimeoutBefore => Played::TimeoutBefore,
            Self::TimeoutAfter => Played::TimeoutAfter,
            Self::HtmlBefore => Played::Html504Before,
            Self::HtmlAfter => Played::Html504After,
            Self::Conflict => Played::Conflict500,
            Self::Storm => return Some((Played::RateLimited, 3)),
            Self::ExpiredToken => Played::ExpiredToken,
            Self::Truncated => Played::TruncatedBody,
            Self::Slow => Played::SlowBody,
            Self::KillBefore => Played::HoldBefore,
            Self::MarketplaceRestart | Self::PostgresRestart | Self::KillAfter => Played::HoldAfter,
        };
        Some((played, 1))
    }

    /// Whether the call stands still while something else breaks.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Self::MarketplaceRestart | Self::PostgresRestart | Self::KillBefore | Self::KillAfter)
    }

    /// What breaks is shared by everything in its world, so that one write must be over before the next one begins.
    pub(crate) fn one_at_a_time(self) -> bool {
        self.holds() || matches!(self, Self::KillAtCommit(_) | Self::Storm | Self::ExpiredToken)
    }
}
