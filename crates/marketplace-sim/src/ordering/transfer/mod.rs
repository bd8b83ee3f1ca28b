//! Lines that name another product to go over to: a switch of the product within its subscription, or a move of some or
//! all of its seats into another one.

mod destination;

use super::lines::{check_limits, quantity, special};
use super::{Draft, align, product, rules, switch};
use crate::error::ApiError;
use crate::pricing;
use crate::state::{
    Charge, Customer, FirstTerm, OrderKind, OrderLine, Period, ProductIndex, ProductLine, Special, State, Subscription,
    Switch, Transfer, TransferKind,
};
use marketplace::models::{Alignment, OrderLineRequest, OrderRequest, PlacementType, UpgradeStart};
use time::{Date, OffsetDateTime};

/// Whether a line of the request names another product.
pub(super) fn is_asked_for(request: &OrderRequest) -> bool {
    request.placement_type.is_some()
        || request.products.iter().any(|line| line.new_mpn.is_some() || line.new_id.is_some())
}

/// Checks the one line of such an order.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    subscription: &Subscription,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let [asked] = request.products.as_slice() else {
        return Err(ApiError::invalid("products", "must be one line to switch or move a product"));
    };
    let order = Asked {
        state,
        request,
        customer,
        subscription,
        held: held(state, subscription, asked)?,
        to: target(state, request, subscription, asked)?,
        special: Special::default(),
        today: now.date(),
    };
    let order = Asked { special: special(asked, state.catalogue.product(order.to))?, ..order };
    if order.to == order.held.product {
        return Err(ApiError::invalid("newMPN", "is the present product"));
    }
    match &request.placement_type {
        Some(PlacementType::Move) => order.moved(asked),
        Some(other) => Err(ApiError::invalid("placementType", format_args!("does not know `{other}`"))),
        None => order.switched(asked),
    }
}

/// The line that is left: found by MPN or id. The periods of the request's line are those of the other product.
fn held<'a>(
    state: &State,
    subscription: &'a Subscription,
    asked: &OrderLineRequest,
) -> Result<&'a ProductLine, ApiError> {
    let asked = OrderLineRequest { billing_period: None, subscription_period: None, ..asked.clone() };
    let lines = subscription.lines.iter().map(|line| line.product);
    let index = product::find(&state.catalogue, lines, &asked, None)?;
    subscription.line(index).ok_or_else(|| ApiError::no_entity("product", index))
}

/// The product to go over to: by id or, with the subscription's periods unless others are given, by MPN.
fn target(
    state: &State,
    request: &OrderRequest,
    subscription: &Subscription,
    asked: &OrderLineRequest,
) -> Result<ProductIndex, ApiError> {
    if asked.new_mpn.is_none() && asked.new_id.is_none() {
        return Err(ApiError::invalid("newMPN", "or newId is required"));
    }
    let by_mpn = asked.new_id.is_none();
    let plan = state.catalogue.plan(subscription.plan);
    let periods = |period: Period| by_mpn.then(|| crate::wire::period(period));
    let term = asked.subscription_period.clone().or_else(|| request.subscription_period.clone());
    let named = OrderLineRequest {
        mpn: asked.new_mpn.clone(),
        id: asked.new_id.clone(),
        vendor: asked.vendor.clone(),
        billing_period: asked.billing_period.clone().or_else(|| periods(plan.billing)),
        subscription_period: term.or_else(|| periods(subscription.term)),
        ..OrderLineRequest::default()
    };
    product::find(&state.catalogue, state.catalogue.all(), &named, None)
}

struct Asked<'a> {
    state: &'a State,
    request: &'a OrderRequest,
    customer: &'a Customer,
    subscription: &'a Subscription,
    held: &'a ProductLine,
    to: ProductIndex,
    special: Special,
    today: Date,
}

impl Asked<'_> {
    /// All seats of the line, within the subscription. To another plan or term it is a switch of the subscription.
    fn switched(&self, asked: &OrderLineRequest) -> Result<Draft, ApiError> {
        let all = self.held.quantity;
        if asked.quantity.is_some() && quantity(asked)? != all {
            let reason = format_args!("must be all {all}: with placementType MOVE some can go over").to_string();
            return Err(ApiError::invalid("quantity", reason));
        }
        let offered = self.offered()?;
        if self.offer() != self.own_offer() {
            let (plan, term) = self.offer();
            let restart = self.request.upgrade_start_type == Some(UpgradeStart::FromDateOfUpgrade);
            let chosen = Some((self.held.product, self.to, self.special));
            let to = Switch { plan, term, restart };
            return switch::to(
                self.state,
                self.request,
                self.customer,
                self.subscription,
                (to, offered),
                chosen,
                self.today,
            );
        }
        let next = self.arriving(self.subscription, all)?;
        self.may_change(self.subscription)?;
        let charge = match self.subscription.term_end {
            Some(end) if self.request.scheduled_on.is_some() => pricing::later(&self.state.catalogue, &next, end),
            _ => self.within(self.subscription, &next, all),
        };
        Ok(self.draft(all, Some(self.subscription), TransferKind::Switch, charge, FirstTerm::default()))
    }

    /// Some seats of the line, or all, into a subscription that is there or that the order makes.
    fn moved(&self, asked: &OrderLineRequest) -> Result<Draft, ApiError> {
        let (seats, held) = (quantity(asked)?, self.held.quantity);
        if seats == 0 || seats > held {
            return Err(ApiError::invalid("quantity", format_args!("must be from 1 to {held}, the seats there are")));
        }
        if held > seats {
            check_limits(self.state.catalogue.product(self.held.product), held - seats)?;
        }
        if self.request.scheduled_on.is_some() {
            return Err(ApiError::invalid("scheduledOn", "is not supported with placementType MOVE"));
        }
        self.offered()?;
        match self.named_target(asked)? {
            Some(into) => {
                let next = self.arriving(into, seats)?;
                self.may_change(into)?;
                let charge = self.within(into, &next, seats);
                Ok(self.draft(seats, Some(into), TransferKind::Move, charge, FirstTerm::default()))
            }
            None => self.leave(seats),
        }
    }

    /// Into a new subscription, for a full term of its own unless it ends with the one that is left.
    fn leave(&self, seats: u32) -> Result<Draft, ApiError> {
        let alignment = self.request.align_expiration_date.as_ref().and_then(|asked| asked.alignment_type.as_ref());
        let coterming = alignment == Some(&Alignment::CoTermPartialUpgrade);
        let ends = if coterming {
            self.subscription.term_end
        } else {
            align::new_terms(self.state, self.request, self.customer, &[self.to], self.today)?
        };
        let product = self.state.catalogue.product(self.to);
        if ends.is_some_and(|end| end > product.term.start(self.today, 1)) {
            return Err(ApiError::invalid("alignExpirationDate", "lies after the end of a full term"));
        }
        let next = ProductLine::new(self.to, 0).with(seats, self.special);
        check_limits(product, seats)?;
        self.needed(&[])?;
        self.may_change(self.subscription)?;
        let charge = pricing::both(pricing::sale(&self.state.catalogue, &next, ends, self.today), self.credit(seats));
        let first = FirstTerm { ends, ..FirstTerm::default() };
        Ok(self.draft(seats, None, TransferKind::Leave { coterming }, charge, first))
    }

    fn may_change(&self, into: &Subscription) -> Result<(), ApiError> {
        rules::customer_may_order(self.customer)?;
        for subscription in [self.subscription, into] {
            rules::is_active(subscription)?;
            if self.request.scheduled_on.is_none() {
                rules::no_other_in_progress(self.state, subscription, OrderKind::Change)?;
            }
        }
        Ok(())
    }

    /// The rest of the billing period: charged where the seats arrive, credited where they leave.
    fn within(&self, into: &Subscription, next: &ProductLine, seats: u32) -> Charge {
        let own = into.line(self.to).cloned().unwrap_or_else(|| ProductLine::new(self.to, 0));
        pricing::both(pricing::change(&self.state.catalogue, into, &own, next, self.today), self.credit(seats))
    }

    fn credit(&self, seats: u32) -> Charge {
        let left = self.held.with(self.held.quantity - seats, Special::default());
        pricing::change(&self.state.catalogue, self.subscription, self.held, &left, self.today)
    }

    fn draft(
        &self,
        seats: u32,
        into: Option<&Subscription>,
        kind: TransferKind,
        charge: Charge,
        first_term: FirstTerm,
    ) -> Draft {
        let before = into.and_then(|into| into.line(self.to)).map_or(0, |line| line.quantity);
        let line = OrderLine {
            product: self.held.product,
            subscription: Some(self.subscription.id),
            target: self.held.quantity - seats,
            before: self.held.quantity,
            charge,
            parameters: Vec::new(),
            special: self.special,
            transfer: Some(Transfer { to: self.to, seats, into: into.map(|into| into.id), before, kind }),
        };
        Draft {
            first_term,
            aligned_with: self.request.align_expiration_date.clone().filter(|_| into.is_none()),
            ..Draft::new(self.request, OrderKind::Change, self.customer.id, Some(self.subscription.id))
                .with_lines(vec![line])
        }
    }
}
