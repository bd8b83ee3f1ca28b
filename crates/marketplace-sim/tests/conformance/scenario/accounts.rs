//! Customers.

use super::people::{full_customer, smallest_customer, updates};
use crate::stage::Stage;
use marketplace::CustomerFilter;

pub(super) async fn play(stage: &Stage) {
    let client = &stage.client;
    for customer in stage.walk(CustomerFilter::default(), 25).await {
        client.customer(&customer.id).await.unwrap();
    }
    client.create_customer(&smallest_customer("Quarry Lane Bakery")).await.unwrap();
    let full = client.create_customer(&full_customer("Tarrow & Sons", "TARROW-1")).await.unwrap().value;
    let filters = [
        CustomerFilter { name: Some("tarrow".into()), ..CustomerFilter::default() },
        CustomerFilter { email: full.contact_persons[1].email.clone(), ..CustomerFilter::default() },
        CustomerFilter { external_id: full.external_id.clone(), ..CustomerFilter::default() },
        CustomerFilter { reseller: full.reseller_id.clone(), ..CustomerFilter::default() },
    ];
    for filter in filters {
        stage.find(filter).await;
    }
    for update in updates() {
        client.update_customer(&full.id, &update).await.unwrap();
        client.customer(&full.id).await.unwrap();
    }
}
