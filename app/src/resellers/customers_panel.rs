use crate::format;
use crate::paths;
use crate::ui::Badge;
use backend::customers::CustomerRow;
use backend::list::{Count, Page};
use leptos::prelude::*;

/// Customers shown on the reseller's page; the list has all of them.
const SHOWN: usize = 10;

/// A reseller's customers: the first few, how many there are, and the way to all of them.
#[component]
pub(super) fn CustomersPanel(customers: Page<CustomerRow>, reseller_id: String, read: bool) -> impl IntoView {
    let count = match customers.count {
        Count::Exactly(count) => format::grouped(count),
        Count::MoreThan(count) => format!("more than {}", format::grouped(count)),
    };
    let some = !customers.rows.is_empty();
    let content = match (some, read) {
        (true, _) => {
            let rows = customers.rows.into_iter().take(SHOWN).map(item).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
        (false, true) => view! { <p class="sub">"This reseller has no customers."</p> }.into_any(),
        (false, false) => view! { <p class="sub">"Its customers were not read yet."</p> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="customers">
            <div class="panel-header">
                <h2 id="customers">"Customers"</h2>
                {some.then(|| view! { <a class="panel-link" href=paths::customers_of(&reseller_id)>{format!("Show all {count}")}</a> })}
            </div>
            {content}
        </section>
    }
}

fn item(row: CustomerRow) -> AnyView {
    let place: Vec<String> = [row.city, row.country_code].into_iter().flatten().collect();
    view! {
        <li>
            <div>
                <a href=paths::customer(&row.id)>{row.name}</a>
                <span class="sub">{place.join(", ")}</span>
            </div>
            <Badge text=row.status/>
        </li>
    }
    .into_any()
}
