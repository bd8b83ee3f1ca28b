//! Drives every operation through the client, each in all its variants.

mod accounts;
mod catalogue;
mod changes;
mod endings;
mod kinds;
mod orders;
mod people;
mod reports;
mod resellers;
mod sales;
mod shelf;
mod subscriptions;
mod validation;

use crate::stage::Stage;

pub(crate) async fn play(stage: &Stage) {
    catalogue::play(stage).await;
    // Before much time has passed: those that are still being made would be done.
    reports::play(stage).await;
    accounts::play(stage).await;
    subscriptions::play(stage).await;
    orders::play(stage).await;
    validation::play(stage).await;
    sales::play(stage).await;
    kinds::play(stage).await;
    changes::play(stage).await;
    endings::play(stage).await;
    resellers::play(stage).await;
    sign_in_again(stage).await;
}

/// A token that has expired is noticed by the marketplace first.
async fn sign_in_again(stage: &Stage) {
    stage.simulator.expire_tokens();
    stage.client.page(&marketplace::AllPlans, 0, 1).await.unwrap();
}
