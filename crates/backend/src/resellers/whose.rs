use crate::list::Filter;

/// Whose customers, or whose customers' orders, are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// The account's own.
    #[default]
    Own,
    /// The account's own and those of every reseller below it.
    All,
    /// Those of the reseller with this id.
    Reseller(String),
}

impl Whose {
    /// On a table whose `reseller_id` names a reseller below the account and is null for the account's own.
    pub(crate) fn condition(&self) -> Option<Filter> {
        match self {
            Self::Own => Some(Filter::IsMissing("reseller_id")),
            Self::All => None,
            Self::Reseller(id) => Some(Filter::Is("reseller_id", id.clone())),
        }
    }

    /// What was asked for, where it was not what is listed unless asked otherwise.
    pub(crate) fn asked(&self) -> Option<String> {
        match self {
            Self::Own => None,
            Self::All => Some("all".to_owned()),
            Self::Reseller(id) => Some(id.clone()),
        }
    }
}
