//! Orders of the kinds, and with the members, that few resellers use. The stand-in may refuse them.

use super::shelf::{buyer, line, running, try_to_place};
use crate::stage::Stage;
use domain::{Currency, Money};
use marketplace::ProductFilter;
use marketplace::models::*;
use rust_decimal::Decimal;
use time::macros::date;

pub(super) async fn play(stage: &Stage) {
    let (customer, held) = buyer(stage).await;
    let products = stage.walk(ProductFilter::default(), 500).await;
    let sold_in = |currency: &str| Currency::new(currency).unwrap();
    let suits = |product: &&Product| {
        product.depends_on.is_empty() && product.prices.iter().any(|price| price.price.currency == sold_in("USD"))
    };
    let product = products.iter().find(suits).unwrap();
    let plain = line(stage, &customer, product, 3).await;
    let sale = |line: OrderLineRequest| OrderRequest::sales(customer.clone(), vec![line]);
    let frozen = Deals { freeze_prices: Some(true), ..Deals::default() };
    let mut orders = vec![
        sale(special_prices(&plain)),
        sale(agreed_prices(&plain)),
        sale(OrderLineRequest { deals: Some(frozen), ..plain.clone() }),
        migration(sale(plain.clone())),
    ];
    for alignment in Alignment::LISTED {
        let subscription_id = Some(held.subscription.id.clone());
        let align = AlignExpiration { alignment_type: Some(alignment.clone()), subscription_id };
        orders.push(OrderRequest { align_expiration_date: Some(align), ..sale(plain.clone()) });
    }
    let vendor_billing_settings = Some(VendorBilling { vendor_billing_period: Some(Period::months(1)) });
    orders.push(OrderRequest { vendor_billing_settings, ..sale(plain) });
    orders.extend(moves(&running(stage).await, product));
    for order in orders {
        try_to_place(stage, &order).await;
    }
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
        plan_id: Some("10005".into()),
        autorenewal: Some(true),
        start_date: Some(date!(2026 - 11 - 01)),
        migration_date: Some(date!(2026 - 11 - 23)),
        expiration_date: Some(date!(2027 - 10 - 31)),
        migration_program: Some("count_migration_billing_period".into()),
        ..sale
    }
}

/// Some seats to another product, in a subscription of its own or in one that is there; and all of them.
fn moves(running: &[SubscriptionDetailed], product: &Product) -> Vec<OrderRequest> {
    let from = running.iter().find(|one| one.products.iter().any(|line| line.quantity > Some(3.into()))).unwrap();
    let (customer, subscription) = (from.subscription.customer_id.clone().unwrap(), from.subscription.id.clone());
    let to_product = OrderLineRequest { new_id: product.id.clone(), ..a_line_of(from, 2) };
    let target = running.iter().find(|one| one.subscription.customer_id == from.subscription.customer_id);
    let target = target.map(|one| one.subscription.id.clone());
    let order = |line: OrderLineRequest| OrderRequest::change(customer.clone(), subscription.clone(), vec![line]);
    let moving = |line: OrderLineRequest| OrderRequest { placement_type: Some(PlacementType::Move), ..order(line) };
    vec![
        order(OrderLineRequest { new_mpn: product.mpn.clone(), ..a_line_of(from, 2) }),
        moving(to_product.clone()),
        moving(OrderLineRequest { target_subscription_id: target.clone(), ..to_product.clone() }),
        OrderRequest { target_subscription_id: target, ..moving(to_product) },
    ]
}

fn a_line_of(subscription: &SubscriptionDetailed, quantity: i64) -> OrderLineRequest {
    OrderLineRequest::of_mpn(subscription.products[0].mpn.clone().unwrap(), quantity)
}
