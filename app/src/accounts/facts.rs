use backend::customers::Address;
use domain::Country;
use leptos::prelude::*;
use serde_json::Value;

/// What is known of an account, for the side of its page. `more` comes before its attributes.
#[component]
pub(crate) fn AccountFacts(
    id: String,
    address: Option<Address>,
    external_id: Option<String>,
    tax_reg_id: Option<String>,
    language: Option<String>,
    more: Vec<(&'static str, AnyView)>,
    attributes: Value,
) -> impl IntoView {
    let lines = lines(address.unwrap_or_default());
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let more =
        more.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    let attributes: Vec<(String, String)> = attributes
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    view! {
        <section class="panel" aria-labelledby="facts">
            <div class="panel-header"><h2 id="facts">"Facts"</h2></div>
            <dl class="facts rows">
                {(!lines.is_empty()).then(|| view! {
                    <div>
                        <dt>"Address"</dt>
                        <dd>{lines.into_iter().map(|line| view! { {line}<br/> }).collect_view()}</dd>
                    </div>
                })}
                {fact("Your number", external_id)}
                {fact("Tax number", tax_reg_id)}
                {fact("Language", language)}
                {more}
                {attributes.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                <div><dt>"Id"</dt><dd><code class="id">{id}</code></dd></div>
            </dl>
        </section>
    }
}

fn lines(address: Address) -> Vec<String> {
    let place = [address.postal_code, address.city].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = address.country_code.map(|code| Country::find(&code).map_or(code, |known| known.name.to_owned()));
    let lines = [address.street_address, address.address_extension, Some(place), address.state, country];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
}
