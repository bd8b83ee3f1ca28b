use super::data::Chosen;
use super::draft::Draft;
use super::page::{Frame, PARAMETERS};
use super::parameter_field::{ParameterInput, id, label};
use super::server_fns::CheckParameters;
use crate::error::{AppError, FieldMessage, Kind};
use crate::ui::{ErrorSummary, NotPriced, unless_not_priced};
use ::backend::catalogue::Product;
use ::backend::orders::{LineParameters, ParameterField};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What the marketplace asks for each product before it can be ordered.
#[component]
pub(super) fn ParametersStep(
    chosen: Chosen,
    asked: Result<Vec<LineParameters>, AppError>,
    refused: Option<AppError>,
) -> impl IntoView {
    let Chosen { draft, products, .. } = chosen;
    let problem = refused.or_else(|| faults(asked.as_deref().unwrap_or_default()));
    view! {
        <Frame draft=draft.clone() number=PARAMETERS refused=problem.is_some()>
            {unless_not_priced(problem, &asked).map(|error| view! { <ErrorSummary error/> })}
            {match asked {
                Ok(lines) => view! { <Fields draft lines products/> }.into_any(),
                Err(error) => view! { <NotPriced heading="The order cannot go on yet" again=draft.parameters_link() error/> }.into_any(),
            }}
        </Frame>
    }
}

/// Every field refused in the last round.
fn faults(lines: &[LineParameters]) -> Option<AppError> {
    let of_line = |(line, asked): (usize, &LineParameters)| {
        let fault = |(at, field): (usize, &ParameterField)| {
            let message = format!("{}: {}", label(field), field.error.as_ref()?);
            Some(FieldMessage { field: id(line, at), message })
        };
        asked.fields.iter().enumerate().filter_map(fault).collect::<Vec<_>>()
    };
    let fields: Vec<FieldMessage> = lines.iter().enumerate().flat_map(of_line).collect();
    let error = AppError::new(Kind::Invalid, "Some of what was entered cannot be used.");
    if fields.is_empty() { None } else { Some(AppError { fields, ..error }) }
}

#[component]
fn Fields(draft: Draft, lines: Vec<LineParameters>, products: Vec<Product>) -> impl IntoView {
    let order = draft.query().link("");
    let mut entry = 0;
    let groups = lines.into_iter().zip(products).enumerate().filter(|(_, (line, _))| !line.fields.is_empty());
    let groups = groups.map(|(line, (asked, product))| {
        let inputs = asked.fields.into_iter().enumerate().map(|(at, field)| {
            let this = entry;
            entry += 1;
            view! { <ParameterInput line at entry=this product_key=product.key.clone() field/> }
        });
        let inputs = inputs.collect_view();
        view! { <fieldset class="stack"><legend>{product.name}</legend>{inputs}</fieldset> }
    });
    let groups = groups.collect_view();
    view! {
        <p>"The marketplace asks for this before it can set the products up."</p>
        <form class="form" method="post" action=CheckParameters::PATH novalidate>
            <input type="hidden" name="order" value=order.trim_start_matches('?').to_owned()/>
            {groups}
            <div class="form-actions">
                <button class="button primary" type="submit">"Review"</button>
                <a class="button quiet" href=draft.link()>"Back to the products"</a>
            </div>
        </form>
    }
}
