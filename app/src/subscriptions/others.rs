//! What is to be known before a subscription is changed: who else is at it, what is under way in it, and whether its
//! customer can order at all. On its page and on every form that changes it.

use super::change_seats;
use crate::context::{backend, is_unattended, may, surface};
use crate::error::AppError;
use crate::ui::{Icon, TimeText, status_words};
use crate::{format, live, paths};
use backend::presence::{self, Present};
use backend::staff::Staff;
use backend::subscriptions;
use backend::under_way::{self, Placed};
use domain::{IntentState, Permission};
use leptos::prelude::*;

/// What others do at a subscription.
#[derive(Clone, Debug)]
pub(crate) struct Others {
    /// The subscription.
    subscription_id: String,
    /// Those who had a form of it open lately.
    people: Vec<Present>,
    /// What is not settled, whoever placed it.
    orders: Vec<Placed>,
    /// The status of its customer, where it is one in which they cannot order.
    customer_is: Option<String>,
}

impl Others {
    /// Whether an order of the subscription is not settled.
    pub(crate) fn has_an_order(&self) -> bool {
        !self.orders.is_empty()
    }
}

/// What others do at the subscription.
pub(crate) async fn others(staff: &Staff, subscription_id: &str) -> Result<Others, AppError> {
    let backend = backend();
    let (people, orders, customer_is) = tokio::try_join!(
        presence::others(&backend, staff, subscription_id),
        under_way::of_subscription(&backend, staff, subscription_id),
        subscriptions::customer_without_orders(&backend, subscription_id),
    )
    .map_err(surface)?;
    Ok(Others { subscription_id: subscription_id.to_owned(), people, orders, customer_is })
}

/// The same for a form, which the others see from now on.
pub(crate) async fn others_at_form(staff: &Staff, subscription_id: &str) -> Result<Others, AppError> {
    if !is_unattended() {
        presence::note(&backend(), staff, subscription_id).await.map_err(surface)?;
    }
    others(staff, subscription_id).await
}

/// The notices. They follow what happens, read from the subscription's page: a form would ask for its estimate again.
#[component]
pub(crate) fn OthersView(others: Others) -> impl IntoView {
    let Others { subscription_id, people, orders, customer_is } = others;
    view! {
        <div
            class="stack"
            id="others"
            aria-live="polite"
            data-live=live::subscription(&subscription_id)
            data-live-from=paths::subscription(&subscription_id)
        >
            {customer_is.map(|status| view! { <CannotOrder status/> })}
            {people.into_iter().map(|person| view! { <Person person/> }).collect_view()}
            {orders
                .into_iter()
                .map(|order| {
                    if order.at_renewal {
                        view! { <Scheduled order/> }.into_any()
                    } else {
                        view! { <UnderWay order/> }.into_any()
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The marketplace's rule; it may have changed its mind since, so nothing is refused here.
#[component]
fn CannotOrder(status: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="warn">
            <Icon name="warning"/>
            <div>
                <p class="notice-title">{format!("The customer's status is {}", status_words(&status))}</p>
                <p>"The marketplace takes orders of active customers only."</p>
            </div>
        </div>
    }
}

/// Nobody is told when a form is left, so this says what is known.
#[component]
fn Person(person: Present) -> impl IntoView {
    let Present { name, seen_at } = person;
    let advice = if may(Permission::ChangeSeats) { " Ask them before you both change it." } else { "" };
    view! {
        <div class="notice" data-tone="info">
            <Icon name="profile"/>
            <div>
                <p class="notice-title">
                    {format!("{name} had a form of this subscription open at {}", format::time_of_day(seen_at))}
                </p>
                <p>{format!("They may have left it since.{advice}")}</p>
            </div>
        </div>
    }
}

#[component]
fn UnderWay(order: Placed) -> impl IntoView {
    let unknown = order.state == IntentState::Unknown;
    let asked = order.state == IntentState::Drafted;
    let title = change_seats::in_words(&order.kind, &order.lines, asked);
    let tone = if unknown { "warn" } else { "info" };
    let text = match order.state {
        IntentState::Unknown => "Nobody knows yet whether the order arrived.",
        IntentState::Drafted => "Nothing has been sent; it waits for approval.",
        _ => "The seats are still those of before.",
    };
    view! {
        <div class="notice" data-tone=tone>
            <Icon name=if unknown { "warning" } else { "clock" }/>
            <div>
                <p class="notice-title">{title}</p>
                <p>{text}" "<PlacedBy order=order.clone()/></p>
            </div>
            <a class="button" href=paths::order(&order.id.to_string())>"Follow the order"</a>
        </div>
    }
}

#[component]
fn Scheduled(order: Placed) -> impl IntoView {
    view! {
        <div class="notice" data-tone="info">
            <Icon name="clock"/>
            <div>
                <p class="notice-title">{change_seats::with_the_renewal(&order.lines)}</p>
                <p>
                    "Until then the seats stay as they are. The order can be cancelled. "
                    <PlacedBy order=order.clone()/>
                </p>
            </div>
            <a class="button" href=paths::order(&order.id.to_string())>"See the order"</a>
        </div>
    }
}

#[component]
fn PlacedBy(order: Placed) -> impl IntoView {
    let by = if order.own { "you".to_owned() } else { order.placed_by };
    let done = if order.state == IntentState::Drafted { "Asked for" } else { "Placed" };
    view! { {format!("{done} by {by}, ")}<TimeText at=order.placed_at/>"." }
}
