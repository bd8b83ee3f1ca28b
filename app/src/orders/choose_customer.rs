use crate::ui::{Badge, Empty, Field, Hidden};
use crate::url::Query;
use ::backend::customers::CustomerRow;
use ::backend::list::Page;
use leptos::prelude::*;

/// Whose order it is: a search and a list to choose from. `query` is what the order has so far, `find` what was searched for.
#[component]
pub(super) fn ChooseCustomer(
    path: &'static str,
    query: Query,
    find: Option<String>,
    found: Page<CustomerRow>,
) -> impl IntoView {
    let searched = find.is_some();
    let more = found.next.is_some();
    let nothing = found.rows.is_empty();
    let hidden = query.others(&[]);
    view! {
        <form class="filters" method="get" action=path role="search">
            <Field name="find" label="Search" kind="search" value=find autofocus=true/>
            <Hidden fields=hidden/>
            <button class="button" type="submit">"Search"</button>
        </form>
        {if nothing {
            view! { <Nobody searched/> }.into_any()
        } else {
            view! { <Found path query rows=found.rows/> }.into_any()
        }}
        {more.then(|| view! { <p class="sub">"There are more. Search for part of the name."</p> })}
    }
}

#[component]
fn Found(path: &'static str, query: Query, rows: Vec<CustomerRow>) -> impl IntoView {
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
                    {rows
                        .into_iter()
                        .map(|row| {
                            let href = query.with("customer", &row.id).link(path);
                            view! { <Row href row/> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(href: String, row: CustomerRow) -> impl IntoView {
    let choice = if row.status == "active" {
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
