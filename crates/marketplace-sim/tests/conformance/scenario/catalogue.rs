//! Products and plans.

use crate::stage::Stage;
use marketplace::{AllPlans, ProductFilter};

pub(super) async fn play(stage: &Stage) {
    let products = stage.walk(ProductFilter::default(), 7).await;
    let some = products.last().unwrap().clone();
    let filters = [
        ProductFilter { name: some.name.clone(), ..ProductFilter::default() },
        ProductFilter { service_name: some.service_name.clone(), ..ProductFilter::default() },
        ProductFilter { mpn: some.mpn.clone(), ..ProductFilter::default() },
        ProductFilter { vendor: some.vendor.clone(), ..ProductFilter::default() },
        ProductFilter { name: some.name, service_name: some.service_name, mpn: some.mpn, vendor: some.vendor },
    ];
    for filter in filters {
        stage.find(filter).await;
    }
    for plan in stage.walk(AllPlans, 7).await {
        stage.client.plan(&plan.id).await.unwrap();
    }
}
