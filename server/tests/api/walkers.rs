//! Everybody whom the walk goes as: one person of each built-in role, and one of a role that admins made.

use super::browser::{Browser, PASSWORD, Site, email};
use backend::roles::{RoleForm, save};
use domain::{Permission, Permissions, Role};
use uuid::Uuid;

/// Allows what no built-in role allows together: to order and to see the trail, but no costs and no seats to change.
const CUSTOM: [Permission; 4] =
    [Permission::Browse, Permission::PlaceOrders, Permission::EditCustomers, Permission::ViewActivity];

/// Somebody, and what their role allows.
pub(crate) struct Walker {
    pub(crate) role: String,
    email: String,
    permissions: Permissions,
}

impl Walker {
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.permissions.may(permission)
    }
}

impl Site {
    /// Everybody. Those whom the demo does not have come to be here.
    pub(crate) async fn walkers(&self) -> Vec<Walker> {
        let admin = sqlx::query_scalar("select id from staff where role = 'admin' order by created_at limit 1");
        let admin = admin.fetch_one(&self.backend.pool).await.unwrap();
        let admin = backend::staff::find(&self.backend, admin).await.unwrap().unwrap();
        let custom = Uuid::new_v4();
        let permissions = CUSTOM.into_iter().map(Permission::name).collect();
        let form = RoleForm { name: "Front desk".to_owned(), permissions, ..RoleForm::default() };
        save(&self.backend, &admin, custom, true, &form).await.unwrap();
        let built_in = Role::ALL.into_iter().map(|role| Walker {
            role: role.as_str().to_owned(),
            email: email(role).to_owned(),
            permissions: role.permissions(),
        });
        let custom = Walker {
            role: custom.to_string(),
            email: "desk@seatboard.example".to_owned(),
            permissions: CUSTOM.into_iter().collect(),
        };
        let mut walkers: Vec<Walker> = built_in.chain([custom]).collect();
        for walker in &walkers {
            // The password is everybody's: hashing it once is enough.
            let there = "insert into staff (id, email, name, password_hash, role, created_at)
                select gen_random_uuid(), $1, 'Walker', password_hash, $2, created_at from staff where id = $3
                on conflict do nothing returning id";
            let there = sqlx::query_scalar::<_, Uuid>(there).bind(&walker.email).bind(&walker.role).bind(admin.id);
            there.fetch_optional(&self.backend.pool).await.unwrap();
        }
        if let Some(custom) = walkers.last_mut() {
            custom.role = "custom".to_owned();
        }
        assert_eq!(walkers.len(), Role::ALL.len() + 1);
        walkers
    }

    /// A browser in which that person is signed in.
    pub(crate) async fn signed_in_as(&self, walker: &Walker) -> Browser {
        let mut browser = self.nobody();
        let answer = browser.sign_in(&walker.email, PASSWORD).await;
        assert_eq!(answer.location.as_deref(), Some("/"), "{} is let in", walker.role);
        browser
    }
}
