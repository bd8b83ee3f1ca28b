use super::draft::Draft;
use super::page::{Frame, Hidden};
use crate::paths;
use crate::ui::{Badge, Empty, Field};
use crate::url::Query;
use ::backend::customers::CustomerRow;
use ::backend::list::Page;
use leptos::prelude::*;

/// Whose order it is: a search and a list to choose from.
#[component]
pub(super) fn CustomerStep(draft: Draft, query: Query, found: Page<CustomerRow>) -> impl IntoView {
    let search = query.get("find").map(ToOwned::to_owned);
    let searched = search.is_some();
    let more = found.next.is_some();
    let nothing = found.rows.is_empty();
    view! {
        <Frame draft=draft.clone() number=0>
            <form class="filters" method="get" action=paths::NEW_ORDER role="search">
                <Field name="find" label="Search" kind="search" value=search autofocus=true/>
                <Hidden fields=draft.query().others(&[])/>
                <button class="button" type="submit">"Search"</button>
            </form>
            {if nothing {
                view! { <Nobody searched/> }.into_any()
            } else {
                view! { <Found draft rows=found.rows/> }.into_any()
            }}
            {more.then(|| view! { <p class="sub">"There are more. Search for part of the name."</p> })}
        </Frame>
    }
}

#[component]
fn Found(draft: Draft, rows: Vec<CustomerRow>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Customers to choose from">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col"><span class="visually-hidden">"Choose"</span></th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|row| view! { <Row draft=draft.clone() row/> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(draft: Draft, row: CustomerRow) -> impl IntoView {
    let choice = if row.status == "active" {
        let href = Draft { customer: Some(row.id.clone()), ..draft }.link();
        view! { <a class="button" href=href>"Choose"<span class="visually-hidden">" "{row.name.clone()}</span></a> }
            .into_any()
    } else {
        view! { <span class="sub">"Only an active customer can order"</span> }.into_any()
    };
    view! {
        <tr>
            <td data-label="Customer">{row.name}<span class="sub">{row.id}</span></td>
            <td data-label="Status"><Badge text=row.status/></td>
            <td class="actions">{choice}</td>
        </tr>
    }
}

#[component]
fn Nobody(searched: bool) -> impl IntoView {
    if searched {
        view! { <Empty title="No customer matches"><p>"Search for part of the name, the e-mail address or the id."</p></Empty> }
            .into_any()
    } else {
        view! {
            <Empty title="No customers yet">
                <p>"They appear here as soon as they have been read from the marketplace."</p>
            </Empty>
        }
        .into_any()
    }
}
