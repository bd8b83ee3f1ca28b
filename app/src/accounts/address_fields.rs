use crate::error::AppError;
use crate::ui::{Field, SelectField};
use backend::accounts::AccountForm;
use domain::Country;
use leptos::prelude::*;

/// Where the account is.
#[component]
pub(super) fn AddressFields(form: AccountForm, error: Option<AppError>) -> impl IntoView {
    let fault = |field: &str| error.as_ref().and_then(|error| error.field(field)).map(ToOwned::to_owned);
    let choose = (String::new(), "Choose a country".to_owned());
    let known = Country::find(&form.country).is_some() || form.country.is_empty();
    let other = (!known).then(|| (form.country.clone(), form.country.clone()));
    let countries = Country::ALL.iter().map(|country| (country.code.to_owned(), country.name.to_owned()));
    let options: Vec<_> = [choose].into_iter().chain(other).chain(countries).collect();
    let country = form.country.to_uppercase();
    view! {
        <fieldset>
            <legend>"Address"</legend>
            <Field id="street" name="account[street]" label="Street and number" value=form.street error=fault("street") autocomplete="address-line1"/>
            <Field
                id="address_extension"
                name="account[address_extension]"
                label="Building, floor, suite"
                may_be_empty=true
                value=form.address_extension
                error=fault("address_extension")
                autocomplete="address-line2"
            />
            <div class="field-row">
                <Field id="postal_code" name="account[postal_code]" label="Postal code" value=form.postal_code error=fault("postal_code") autocomplete="postal-code"/>
                <Field id="city" name="account[city]" label="City" value=form.city error=fault("city") autocomplete="address-level2"/>
            </div>
            <div class="field-row">
                <Field
                    id="state"
                    name="account[state]"
                    label="State or province"
                    may_be_empty=true
                    hint="Needed in Australia, Brazil, Canada, India and the United States."
                    value=form.state
                    error=fault("state")
                    autocomplete="address-level1"
                />
                <SelectField id="country" name="account[country]" label="Country" options value=country error=fault("country") autocomplete="country"/>
            </div>
        </fieldset>
    }
}
