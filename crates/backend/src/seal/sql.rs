use super::Purpose;
use crate::Result;
use sqlx::PgConnection;

/// A secret as it is stored.
pub(super) struct Stored {
    pub(super) purpose: Purpose,
    /// What tells its row.
    pub(super) row: Vec<String>,
    pub(super) sealed: Vec<u8>,
}

/// Every secret that is stored sealed; nobody else changes one of them until the transaction ends.
pub(super) async fn locked(db: &mut PgConnection) -> Result<Vec<Stored>> {
    let connections =
        sqlx::query!("select url, code, username, sealed_password, sealed_key from marketplace_connection for update")
            .fetch_all(&mut *db)
            .await?;
    let drafts =
        sqlx::query!("select id, staff_id, sealed_call from console_draft for update").fetch_all(&mut *db).await?;
    let factors = sqlx::query!("select staff_id, sealed_seed from second_factor for update").fetch_all(db).await?;
    let of_connections = connections.into_iter().flat_map(|connection| {
        let row = vec![connection.url, connection.code, connection.username];
        [(Purpose::MarketplacePassword, connection.sealed_password), (Purpose::MarketplaceKey, connection.sealed_key)]
            .map(|(purpose, sealed)| Stored { purpose, row: row.clone(), sealed })
    });
    let of_drafts = drafts.into_iter().map(|draft| Stored {
        purpose: Purpose::ConsoleDraft,
        row: vec![draft.id.to_string(), draft.staff_id.to_string()],
        sealed: draft.sealed_call,
    });
    let of_factors = factors.into_iter().map(|factor| Stored {
        purpose: Purpose::FactorSeed,
        row: vec![factor.staff_id.to_string()],
        sealed: factor.sealed_seed,
    });
    Ok(of_connections.chain(of_drafts).chain(of_factors).collect())
}

/// Puts the new seal in the place of the one before. What is in use does not change, so no version does.
pub(super) async fn reseal(db: &mut PgConnection, stored: &Stored, sealed: &[u8]) -> Result<()> {
    let statement = match stored.purpose {
        Purpose::MarketplacePassword => sqlx::query!(
            "update marketplace_connection set sealed_password = $1 where sealed_password = $2",
            sealed,
            stored.sealed,
        ),
        Purpose::MarketplaceKey => sqlx::query!(
            "update marketplace_connection set sealed_key = $1 where sealed_key = $2",
            sealed,
            stored.sealed,
        ),
        Purpose::ConsoleDraft => {
            sqlx::query!("update console_draft set sealed_call = $1 where sealed_call = $2", sealed, stored.sealed,)
        }
        Purpose::FactorSeed => {
            sqlx::query!("update second_factor set sealed_seed = $1 where sealed_seed = $2", sealed, stored.sealed)
        }
        // They lie in a session until the next page shows them.
        Purpose::StaffLink | Purpose::RecoveryCodes => return Ok(()),
    };
    statement.execute(db).await?;
    Ok(())
}

#[cfg(test)]
pub(super) async fn sealed_columns(db: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = 'public' and column_name like 'sealed%' order by 1 desc",
    )
    .fetch_all(db)
    .await
    .unwrap()
}
