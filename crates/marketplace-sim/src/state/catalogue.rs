//! What is for sale: plans, and the products in them.

use super::Period;
use domain::Currency;
use rust_decimal::Decimal;

/// A plan's place in the catalogue.
pub(crate) type PlanIndex = u16;
/// A product's place in the catalogue.
pub(crate) type ProductIndex = u16;

/// Plans and products, sorted by id.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) plans: Vec<Plan>,
    pub(crate) products: Vec<Product>,
}

impl Catalogue {
    pub(crate) fn plan(&self, index: PlanIndex) -> &Plan {
        &self.plans[usize::from(index)]
    }

    pub(crate) fn product(&self, index: ProductIndex) -> &Product {
        &self.products[usize::from(index)]
    }

    /// Every product.
    pub(crate) fn all(&self) -> impl Iterator<Item = ProductIndex> + use<> {
        0..ProductIndex::try_from(self.products.len()).unwrap_or(ProductIndex::MAX)
    }

    /// The products of a plan that are sold for `term`.
    pub(crate) fn offer(&self, plan: PlanIndex, term: Period) -> impl Iterator<Item = ProductIndex> + '_ {
        (0..)
            .zip(&self.products)
            .filter(move |(_, product)| product.plan == plan && product.term == term)
            .map(|(at, _)| at)
    }
}

/// A service plan.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) id: u32,
    pub(crate) name: &'static str,
    pub(crate) vendor: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) published: bool,
    pub(crate) billing: Period,
    pub(crate) terms: &'static [Period],
    pub(crate) model: BillingModel,
    pub(crate) currency: Currency,
    pub(crate) switches: Vec<PlanSwitch>,
    pub(crate) parameters: &'static [ParameterRule],
}

/// A way from one term of a plan to another plan or term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlanSwitch {
    pub(crate) to_plan: u32,
    pub(crate) from_term: Period,
    pub(crate) to_term: Period,
    pub(crate) immediately: bool,
}

/// One rate of one plan and term.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) plan: PlanIndex,
    pub(crate) mpn: &'static str,
    pub(crate) vendor: &'static str,
    pub(crate) service: &'static str,
    pub(crate) name: &'static str,
    pub(crate) minimum: u32,
    pub(crate) maximum: Option<u32>,
    pub(crate) currency: Currency,
    pub(crate) prices: Tiers,
    pub(crate) costs: Tiers,
    pub(crate) billing: Period,
    pub(crate) term: Period,
    pub(crate) model: BillingModel,
    pub(crate) depends_on: Option<ProductIndex>,
    pub(crate) coterming: Coterming,
}

/// Whether and with what a product's term may end together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coterming {
    Restricted,
    Allowed(EndsWith),
    Mandatory(EndsWith),
}

/// What a term may end together with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndsWith {
    Subscription,
    Month,
}

/// Unit amounts by quantity: the last tier whose lower limit is reached holds for all units.
#[derive(Clone, Debug)]
pub(crate) struct Tiers(pub(crate) Vec<(u32, Decimal)>);

impl Tiers {
    /// The unit amount for a quantity.
    pub(crate) fn at(&self, quantity: u32) -> Decimal {
        let reached = self.0.iter().rev().find(|(lower_limit, _)| *lower_limit <= quantity);
        reached.or(self.0.first()).map_or(Decimal::ZERO, |(_, amount)| *amount)
    }

    /// Whether the unit amount depends on the quantity.
    pub(crate) fn is_tiered(&self) -> bool {
        self.0.len() > 1
    }
}

/// When a product is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BillingModel {
    /// Prepaid, each billing period.
    BeforeBillingPeriod,
    /// As used, after each billing period.
    AfterBillingPeriod,
    /// The whole term at once.
    BeforeSubscriptionPeriod,
    /// By the vendor's own meters.
    ExternalRating,
}

/// An activation parameter of a plan's products.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParameterRule {
    /// Case matters.
    pub(crate) name: &'static str,
    pub(crate) kind: ParameterKind,
    pub(crate) mandatory: bool,
    /// The only values allowed; empty allows any.
    pub(crate) choices: &'static [&'static str],
}

/// How a parameter is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterKind {
    Domain,
    Email,
    Choice,
}

impl ParameterKind {
    /// The name of the kind.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Email => "email",
            Self::Choice => "dropdown",
        }
    }
}

impl ParameterRule {
    /// Refuses a value, and says why.
    pub(crate) fn check(&self, value: &str) -> Result<(), &'static str> {
        let is_domain =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        match self.kind {
            _ if value.is_empty() => {
                if self.mandatory {
                    Err("A value is required.")
                } else {
                    Ok(())
                }
            }
            ParameterKind::Domain if !is_domain(value) => Err("Use letters, digits and hyphens."),
            ParameterKind::Email
                if value.split_once('@').is_none_or(|(local, domain)| local.is_empty() || domain.is_empty()) =>
            {
                Err("This is not an e-mail address.")
            }
            ParameterKind::Choice if !self.choices.contains(&value) => Err("Choose one of the values offered."),
            _ => Ok(()),
        }
    }
}
