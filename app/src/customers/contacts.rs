use backend::customers::ContactPerson;
use domain::dialled;
use leptos::prelude::*;

/// Whom to talk to.
#[component]
pub(crate) fn Contacts(contacts: Vec<ContactPerson>) -> impl IntoView {
    let content = if contacts.is_empty() {
        view! { <p class="sub">"The marketplace knows no contact person."</p> }.into_any()
    } else {
        let items = contacts.into_iter().map(|contact| view! { <Contact contact/> }).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="contacts">
            <div class="panel-header"><h2 id="contacts">"Contacts"</h2></div>
            {content}
        </section>
    }
}

#[component]
fn Contact(contact: ContactPerson) -> impl IntoView {
    let name: Vec<String> = [contact.first_name, contact.last_name].into_iter().flatten().collect();
    let kind = contact.kind.map(|kind| kind.to_string());
    let phone = contact.phone_number.as_deref().map(dialled).filter(|number| !number.is_empty());
    view! {
        <li>
            <div>
                {name.join(" ")}
                {contact.email.map(|email| {
                    let href = format!("mailto:{email}");
                    view! { <span class="sub"><a href=href>{email}</a></span> }
                })}
                {phone.map(|number| {
                    let href = format!("tel:{}", number.replace(' ', "").replace("ext", ";ext="));
                    view! { <span class="sub"><a href=href>{number}</a></span> }
                })}
            </div>
            {kind.map(|kind| view! { <span class="sub">{kind}</span> })}
        </li>
    }
}
