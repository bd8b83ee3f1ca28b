//! Admins who lose what they may do while they act.

use super::factor::sealing;
use super::*;
use crate::roles::{self, RoleForm};
use crate::staff::factor::require_of;
use domain::Permission;

fn desk(permissions: &[Permission]) -> RoleForm {
    let permissions = permissions.iter().map(|permission| permission.name()).collect();
    RoleForm { name: "Desk".to_owned(), permissions, ..RoleForm::default() }
}

/// Until somebody waits for a lock.
async fn somebody_waits(pool: &PgPool) {
    let blocked = "select exists (select from pg_stat_activity \
                   where datname = current_database() and wait_event_type = 'Lock')";
    while !sqlx::query_scalar::<_, bool>(blocked).fetch_one(pool).await.unwrap() {}
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_was_demoted_since_they_were_looked_up_makes_no_role_and_invites_nobody(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, was_admin) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Admin).await);
    let id = Uuid::new_v4();
    roles::save(&backend, &admin, id, true, &desk(&[Permission::Browse])).await.unwrap();
    change_role(&backend, &admin, was_admin.id, "viewer").await.unwrap();
    let wider = desk(&[Permission::Browse, Permission::ViewCosts]);
    for refused in [
        roles::save(&backend, &was_admin, Uuid::new_v4(), true, &RoleForm { name: "New".to_owned(), ..wider.clone() })
            .await,
        roles::save(&backend, &was_admin, id, false, &wider).await,
        roles::delete(&backend, &was_admin, id).await,
        require_of(&backend, &was_admin, &["viewer".to_owned()]).await,
        invite(&backend, &was_admin, &new(EMAIL)).await.map(drop),
    ] {
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    for action in ["role.changed", "role.deleted", "staff.factor_policy_changed", "staff.invited"] {
        assert_eq!(recorded(&backend, action).await, 0, "{action}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_is_demoted_while_they_wait_for_a_lock_does_not_finish(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, other) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Viewer).await);
    let mut demoting = backend.pool.begin().await.unwrap();
    sqlx::query!("update staff set role = 'viewer' where id = $1", admin.id).execute(&mut *demoting).await.unwrap();
    let demoted = async {
        somebody_waits(&backend.pool).await;
        demoting.commit().await.unwrap();
    };
    let form = desk(&[Permission::Browse]);
    let (saved, changed, ()) = tokio::join!(
        roles::save(&backend, &admin, Uuid::new_v4(), true, &form),
        change_role(&backend, &admin, other.id, "admin"),
        demoted,
    );
    assert!(matches!(saved, Err(Error::Forbidden(_))), "{saved:?}");
    assert!(matches!(changed, Err(Error::Forbidden(_))), "{changed:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whose_role_is_narrowed_while_they_wait_gives_no_more_than_it_allows_then(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (admin, other) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Viewer).await);
    let id = Uuid::new_v4();
    let wide = [Permission::Browse, Permission::ViewCosts, Permission::ScheduleReports, Permission::ManageStaff];
    roles::save(&backend, &admin, id, true, &desk(&wide)).await.unwrap();
    let ida = staff(&backend, Role::Viewer).await;
    change_role(&backend, &admin, ida.id, &id.to_string()).await.unwrap();
    let ida = find(&backend, ida.id).await.unwrap().unwrap();
    let mut narrowing = backend.pool.begin().await.unwrap();
    let less: Vec<String> = [Permission::Browse, Permission::ManageStaff].iter().map(|it| it.name()).collect();
    sqlx::query!("update role set permissions = $2 where id = $1", id.to_string(), &less)
        .execute(&mut *narrowing)
        .await
        .unwrap();
    let narrowed = async {
        somebody_waits(&backend.pool).await;
        narrowing.commit().await.unwrap();
    };
    let (changed, ()) = tokio::join!(change_role(&backend, &ida, other.id, "reports_manager"), narrowed);
    assert!(matches!(&changed, Err(Error::Conflict(why)) if why.contains("may do more than yours")), "{changed:?}");
}
