use crate::ui::SelectField;
use crate::url::Query;
use backend::resellers::{ResellerName, Whose};
use leptos::prelude::*;

/// The field of the query.
const FIELD: &str = "reseller";

/// Its value for the customers of everybody.
pub(crate) const ALL: &str = "all";

/// Whose customers the query asks for: those of the account unless it says otherwise.
pub(crate) fn whose(query: &Query) -> Whose {
    match query.get(FIELD) {
        None => Whose::Own,
        Some(ALL) => Whose::All,
        Some(id) => Whose::Reseller(id.to_owned()),
    }
}

/// The choice, where the account has resellers.
pub(crate) fn whose_field(query: &Query, resellers: Vec<ResellerName>) -> Option<AnyView> {
    if resellers.is_empty() {
        return None;
    }
    let everybody = [("", "Own account"), (ALL, "All")].map(|(value, text)| (value.to_owned(), text.to_owned()));
    let options = everybody.into_iter().chain(resellers.into_iter().map(|reseller| (reseller.id, reseller.name)));
    let value = query.get(FIELD).map(ToOwned::to_owned);
    Some(view! { <SelectField name=FIELD label="Reseller" options=options.collect() value/> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_account_s_own_unless_asked_for_more() {
        let query = Query::default();
        assert_eq!(whose(&query), Whose::Own);
        assert_eq!(whose(&query.with("reseller", "all")), Whose::All);
        assert_eq!(whose(&query.with("reseller", "1000002")), Whose::Reseller("1000002".to_owned()));
    }
}
