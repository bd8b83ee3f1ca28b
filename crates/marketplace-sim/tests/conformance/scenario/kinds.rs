//! Orders of the kinds, and with the members, that few resellers use. The stand-in may refuse them.

use super::shelf::{buyer, running, sale, try_to_place};
use crate::stage::Stage;
use domain::{Currency, Money};
use marketplace::ProductFilter;
use marketplace::models::*;
use rust_decimal::Decimal;
use time::macros::date;

pub(super) async fn play(stage: &Stage) {
    let (customer, held) = buyer(stage).await;
    let products = stage.walk(ProductFilter::default(), 500).await;
    let product = products.iter().find(|product| is_plain(product)).unwrap();
    let order = sale(stage, &customer, product, 3).await;
    let with = |line: OrderLineRequest| OrderRequest { products: vec![line], ..order.clone() };
    let plain = &order.products[0];
    let frozen = Deals { freeze_prices: Some(true), ..Deals::default() };
    let vendor_billing_settings = Some(VendorBilling { vendor_billing_period: Some(Period::months(1)) });
    let mut orders = vec![
        with(special_prices(plain)),
        with(agreed_prices(plain)),
        with(OrderLineRequest { deals: Some(frozen), ..plain.clone() }),
        OrderRequest { vendor_billing_settings, ..order.clone() },
        OrderRequest { plan_id: Some("10005".into()), ..migration(order.clone()) },
        migration(order.clone()),
    ];
    for product in products.iter().filter(|product| product.depends_on.is_empty()) {
        let order = sale(stage, &customer, product, 1).await;
        orders.extend(
            alignments(&held).map(|align| OrderRequest { align_expiration_date: Some(align), ..order.clone() }),
        );
    }
    orders.extend(moves(&running(stage).await, &products));
    for order in orders {
        try_to_place(stage, &order).await;
    }
}

/// By itself, for a year, in the currency of the prices below.
fn is_plain(product: &Product) -> bool {
    let usd = Currency::new("USD").unwrap();
    product.depends_on.is_empty()
        && product.subscription_period == Some(Period::years(1))
        && product.prices.iter().any(|price| price.price.currency == usd)
}

fn alignments(held: &SubscriptionDetailed) -> impl Iterator<Item = AlignExpiration> {
    let subscription_id = Some(held.subscription.id.clone());
    Alignment::LISTED.iter().map(move |alignment| AlignExpiration {
        alignment_type: Some(alignment.clone()),
        subscription_id: subscription_id.clone().filter(|_| *alignment != Alignment::MatchEndOfCalendarMonth),
    })
}

fn usd(amount: i64) -> Money {
    Money::new(Decimal::new(amount, 1), Currency::new("USD").unwrap())
}

fn special_prices(line: &OrderLineRequest) -> OrderLineRequest {
    let tier = PriceTier { lower_limit: Some(Decimal::TEN.into()), amount: Some(Decimal::ONE.into()) };
    OrderLineRequest {
        special_price: Some(UnitPrice { price_tiers: vec![tier], ..usd(95).into() }),
        special_cost: Some(usd(80)),
        special_provider_cost: Some(usd(70)),
        ..line.clone()
    }
}

/// Every kind of price, and everything else that a distributor may send.
fn agreed_prices(line: &OrderLineRequest) -> OrderLineRequest {
    let (seller_id, buyer_id) = (Some("1000001".to_owned()), Some("self".to_owned()));
    let percent = |number: i64| Some(Decimal::from(number).into());
    let price = |kind: &AgreementPriceType| AgreementPrice {
        currency: Currency::new("USD").ok(),
        amount: percent(9),
        kind: Some(kind.clone()),
    };
    let prices: Vec<_> = AgreementPriceType::LISTED.iter().map(price).collect();
    let rate = MarginRate { original: percent(15), new: percent(10) };
    let agreement = Agreement {
        seller_id: seller_id.clone(),
        buyer_id: buyer_id.clone(),
        prices: prices.clone(),
        price_term: Some(Period::months(1)),
        discounts: vec![AgreementDiscount { applicable_to: DiscountScope::LISTED.to_vec(), prices }],
    };
    let discount = VendorDiscount {
        discount_percentage: percent(5),
        discounted_unit_price: percent(8),
        effective_start_date: Some(date!(2026 - 12 - 01)),
        effective_end_date: Some(date!(2027 - 11 - 30)),
        total_abs_discount: Some(DiscountTotal { frequency: Some(DiscountFrequency::Monthly), value: percent(3) }),
        validity: Some(Period::years(1)),
    };
    OrderLineRequest {
        deals: Some(Deals { freeze_prices: Some(true), agreements: vec![agreement] }),
        margins: Some(Margin {
            price_model: Some(MarginModel::Msrp),
            total_rate: Some(rate.clone()),
            rates: vec![MarginRateInfo { seller_id: seller_id.clone(), buyer_id: buyer_id.clone(), rate: Some(rate) }],
            attributes: vec![MarginAttribute {
                attribute: Some("segment".into()),
                attribute_value: Some("education".into()),
                total_margin: percent(30),
                reseller_margin: percent(10),
            }],
        }),
        vendor_rated_extended_cost: Some(usd(240)),
        vendor_discounts: vec![VendorDiscountAgreement {
            seller_id: seller_id.clone(),
            buyer_id: buyer_id.clone(),
            discount: Some(discount),
        }],
        vendor_already_accounted_tcvs: vec![VendorAccountedTcv { seller_id, buyer_id, tcv: Some(usd(2_880)) }],
        ..line.clone()
    }
}

fn migration(sale: OrderRequest) -> OrderRequest {
    OrderRequest {
        kind: OrderType::Migration,
        subscription_period: Some(Period::years(1)),
        autorenewal: Some(true),
        start_date: Some(date!(2026 - 11 - 01)),
        migration_date: Some(date!(2026 - 11 - 23)),
        expiration_date: Some(date!(2027 - 10 - 31)),
        migration_program: Some("count_migration_billing_period".into()),
        ..sale
    }
}

/// One seat after another to each product there is, in a subscription of its own or in one that is there; and the whole
/// line.
fn moves(running: &[SubscriptionDetailed], products: &[Product]) -> Vec<OrderRequest> {
    let has_seats = |one: &&SubscriptionDetailed| one.products.iter().any(|line| line.quantity > Some(20.into()));
    let mut orders = Vec::new();
    for from in running.iter().filter(has_seats).take(3) {
        let row = &from.subscription;
        let other = running.iter().find(|one| one.subscription.customer_id == row.customer_id);
        let target = other.map(|one| one.subscription.id.clone());
        let seat = OrderLineRequest::of_mpn(from.products[0].mpn.clone().unwrap(), 1);
        let order = |line: OrderLineRequest| OrderRequest {
            placement_type: Some(PlacementType::Move),
            ..OrderRequest::change(row.customer_id.clone().unwrap(), row.id.clone(), vec![line])
        };
        for product in products {
            let by_id = OrderLineRequest { new_id: product.id.clone(), ..seat.clone() };
            let by_mpn = OrderLineRequest { new_mpn: product.mpn.clone(), new_id: None, ..by_id.clone() };
            let into = OrderLineRequest { target_subscription_id: target.clone(), ..by_id.clone() };
            orders.push(OrderRequest { target_subscription_id: target.clone(), ..order(by_id.clone()) });
            orders.push(OrderRequest { placement_type: None, ..order(by_mpn) });
            orders.extend([order(into), order(by_id)]);
        }
    }
    orders
}
