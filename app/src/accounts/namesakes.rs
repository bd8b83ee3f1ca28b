use leptos::prelude::*;

/// An account of the same name or number.
pub(crate) struct Namesake {
    /// Identifier at the marketplace.
    pub(crate) id: String,
    /// Name.
    pub(crate) name: String,
    /// Its page.
    pub(crate) href: String,
}

/// Who else has this name or number, and the box that says that this is somebody else. `noun`: `customer`, `reseller`.
#[component]
pub(crate) fn Namesakes(noun: &'static str, others: Vec<Namesake>) -> impl IntoView {
    let items = others
        .into_iter()
        .map(|other| view! { <li><a href=other.href>{other.name}</a>" "<code class="id">{other.id}</code></li> })
        .collect_view();
    view! {
        <fieldset class="notice" data-tone="warn">
            <div>
                <p class="notice-title">{format!("A {noun} of this name or number exists")}</p>
                <ul>{items}</ul>
                <label class="check">
                    <input id="despite_namesake" type="checkbox" name="despite_namesake" value="yes"/>
                    <span>{format!("This is another {noun}; create it")}</span>
                </label>
            </div>
        </fieldset>
    }
}
