//! Loaders: permission first, then the services.

use super::act::{Kind, line};
use crate::context::{backend, explain, require, surface};
use crate::error::{self, AppError};
use crate::flash::{self, Flash};
use crate::subscriptions::{Others, opened, others_at_form};
use crate::url::Query;
use ::backend::Backend;
use ::backend::catalogue::PlanSwitch;
use ::backend::orders::{self, CancellationWindow, MoveChoices, Quote};
use ::backend::subscriptions::Subscription;
use domain::{Money, Permission};

/// The form's name in the session.
pub(super) const ACT_FORM: &str = "place_act";

/// What the page of an act shows.
pub(super) struct ActLoaded {
    pub(super) kind: Kind,
    pub(super) subscription: Subscription,
    pub(super) query: Query,
    pub(super) step: Step,
    pub(super) window: CancellationWindow,
    pub(super) refused: Option<Flash>,
    pub(super) others: Others,
}

/// How far the choice is.
pub(super) enum Step {
    /// What the subscription holds is not known yet.
    NotRead,
    /// It cannot be done, and why.
    Refused(String),
    /// What to switch to; `None` before the marketplace told.
    ChooseSwitch { switches: Option<Vec<PlanSwitch>>, problem: Option<AppError> },
    /// What the seats become and where they go.
    ChooseMove { choices: MoveChoices, problem: Option<AppError> },
    /// How many seats.
    ChooseSeats { problem: Option<AppError> },
    /// Everything once more, with the estimate.
    Review { switch: Option<PlanSwitch>, quote: Result<Quote, AppError> },
}

/// The page of the act.
pub(super) async fn act(kind: Kind, id: String, query: Query) -> Result<ActLoaded, AppError> {
    let staff = require(kind.permission())?;
    let backend = backend();
    let subscription = opened(&id).await?.without_costs();
    let window = orders::cancellation_window(&backend, &subscription);
    let switches =
        if kind == Kind::Switch { orders::switches(&backend, &subscription).await.map_err(surface)? } else { None };
    let chosen = |switches: &[PlanSwitch]| {
        switches.iter().find(|switch| Some(&*orders::switch_key(switch)) == query.get("to")).cloned()
    };
    let switch = switches.as_deref().and_then(chosen);
    let step = match (kind.refusal(&subscription), kind.order(&id, &query, "")) {
        (Some(reason), _) => Step::Refused(reason),
        _ if subscription.is_unread() => Step::NotRead,
        (None, None) => choose(&backend, kind, &subscription, &query, switches, None).await?,
        (None, Some(order)) => {
            let quote = orders::estimate_act(&backend, &staff, &order).await.map_err(explain);
            match quote {
                Err(problem) if problem.kind == error::Kind::Invalid => {
                    choose(&backend, kind, &subscription, &query, switches, Some(problem)).await?
                }
                quote => Step::Review { switch, quote },
            }
        }
    };
    let others = others_at_form(&staff, &id).await?;
    Ok(ActLoaded { kind, subscription, query, step, window, refused: flash::take(ACT_FORM).await, others })
}

async fn choose(
    backend: &Backend,
    kind: Kind,
    subscription: &Subscription,
    query: &Query,
    switches: Option<Vec<PlanSwitch>>,
    problem: Option<AppError>,
) -> Result<Step, AppError> {
    match kind {
        Kind::Switch => Ok(Step::ChooseSwitch { switches, problem }),
        Kind::Move => {
            let choices = orders::move_choices(backend, subscription, line(query), query.get("find")).await;
            Ok(Step::ChooseMove { choices: choices.map_err(surface)?, problem })
        }
        // They have no field that the problem could stand beside.
        Kind::Renew | Kind::Cancel if problem.is_some() => {
            let reason =
                problem.map(|problem| problem.fields.into_iter().next().map_or(problem.message, |field| field.message));
            Ok(Step::Refused(reason.unwrap_or_default()))
        }
        _ => Ok(Step::ChooseSeats { problem }),
    }
}

/// What a price can be measured against: the catalogue's and, for people who may see it, the cost.
#[derive(Clone, Copy, Default)]
pub(super) struct Usual {
    pub(super) price: Option<Money>,
    pub(super) cost: Option<Money>,
}

/// A subscription one of whose lines gets another price.
pub(super) async fn to_price(
    id: String,
    line: i32,
    form: &str,
) -> Result<(Subscription, Option<Flash>, Usual), AppError> {
    let staff = require(Permission::ManageSubscriptions)?;
    let usual = match orders::seats_now(&backend(), &id, line).await {
        Ok(now) => Usual {
            price: now.list_price.filter(|_| !now.price_varies),
            cost: now.unit_cost.filter(|_| staff.role.may(Permission::ViewCosts)),
        },
        Err(::backend::Error::NotFound(_)) => Usual::default(),
        Err(error) => return Err(surface(error)),
    };
    let (subscription, refused) = to_change(id, form).await?;
    Ok((subscription, refused, usual))
}

/// A subscription to change at once, and what was refused of it.
pub(super) async fn to_change(id: String, form: &str) -> Result<(Subscription, Option<Flash>), AppError> {
    require(Permission::ManageSubscriptions)?;
    let subscription = opened(&id).await?;
    Ok((subscription.without_costs(), flash::take(form).await))
}
