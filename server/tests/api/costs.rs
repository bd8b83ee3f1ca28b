//! What the reseller pays and earns is for account managers and admins.

use super::connected::Connected;
use domain::Permission;
use sqlx::PgPool;

/// How pages head what the reseller pays and earns.
const HEADINGS: [&str; 3] = [">Cost<", ">Margin<", ">Your cost<"];

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn only_those_who_may_see_costs_are_sent_any(pool: PgPool) {
    let world = Connected::new(pool).await;
    for role in super::browser::ROLES {
        let mut browser = world.site.signed_in(role).await;
        let mut headed = Vec::new();
        for path in world.pages().await {
            let page = browser.get(&path).await.body;
            if HEADINGS.iter().any(|heading| page.contains(heading)) {
                headed.push(path);
            }
        }
        assert_eq!(!headed.is_empty(), role.may(Permission::ViewCosts), "{role}: {headed:?}");
    }
}
