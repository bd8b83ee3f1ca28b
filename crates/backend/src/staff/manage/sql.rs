use super::Person;
use super::list::{Member, State};
use crate::staff::Staff;
use crate::staff::sql::Row;
use crate::{Error, Result};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// The two and every admin, locked with what the roles of the two allow. They are read once the locks are there: what was read
/// while waiting may be old.
pub(super) async fn lock(db: &mut PgConnection, one: Uuid, other: Uuid) -> Result<Vec<Person>> {
    let locked = sqlx::query_scalar!(
        "select id from staff where id = $1 or id = $2 or role = 'admin' order by id for update",
        one,
        other,
    );
    let ids = locked.fetch_all(&mut *db).await?;
    keep_roles(db, &[one, other]).await?;
    let rows = sqlx::query!(
        r#"select id, email, name, role_of(role) as "role!", disabled_at is not null as "disabled!", password_hash is not null as "has_password!",
           array(select i.issuer from staff_identity i where i.staff_id = staff.id) as "bound_to!"
           from staff where id = any($1) order by id"#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let staff = Row { id: row.id, email: row.email, name: row.name, role: row.role }.try_into()?;
            Ok(Person { staff, disabled: row.disabled, has_password: row.has_password, bound_to: row.bound_to })
        })
        .collect()
}

/// Somebody who is not disabled. They and what their role allows stay as they are until the transaction ends.
pub(super) async fn keep(db: &mut PgConnection, id: Uuid) -> Result<Option<Staff>> {
    sqlx::query!("select id from staff where id = $1 for share", id).fetch_optional(&mut *db).await?;
    keep_roles(db, &[id]).await?;
    let row = sqlx::query_as!(
        Row,
        r#"select id, email, name, role_of(role) as "role!" from staff where id = $1 and disabled_at is null"#,
        id,
    );
    row.fetch_optional(db).await?.map(Staff::try_from).transpose()
}

/// What the roles of these people, who are locked, allow stays as it is until the transaction ends.
async fn keep_roles(db: &mut PgConnection, people: &[Uuid]) -> Result<()> {
    let roles = sqlx::query!(
        "select id from role where id in (select role from staff where id = any($1)) order by id for share",
        people,
    );
    roles.fetch_all(db).await?;
    Ok(())
}

/// Of one person, or of all where there is no `id`. Identities of other issuers than `issuer` let nobody in.
pub(super) async fn members(pool: &PgPool, id: Option<Uuid>, issuer: Option<&str>) -> Result<Vec<Member>> {
    let rows = sqlx::query!(
        r#"select s.id, s.email, s.name, role_of(s.role) as "role!", s.disabled_at is not null as "disabled!",
           s.password_hash is not null as "has_password!",
           exists (select from staff_identity i where i.staff_id = s.id and i.issuer = $2) as "is_bound!",
           s.last_signed_in_at, l.purpose as "purpose?", l.expires_at as "expires_at?",
           exists (select from second_factor f where f.staff_id = s.id and f.confirmed_at is not null) as "has_factor!"
           from staff s left join staff_link l on l.staff_id = s.id and l.used_at is null and l.withdrawn_at is null
           where $1::uuid is null or s.id = $1 order by lower(s.name), s.id"#,
        id,
        issuer,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let staff = Row { id: row.id, email: row.email, name: row.name, role: row.role }.try_into()?;
            let link = match (row.purpose, row.expires_at) {
                (Some(purpose), Some(expires_at)) => Some((purpose.parse()?, expires_at)),
                _ => None,
            };
            let state = State::new(row.disabled, row.has_password || row.is_bound);
            Ok(Member {
                staff,
                state,
                last_signed_in_at: row.last_signed_in_at,
                has_factor: row.has_factor,
                has_password: row.has_password,
                is_bound: row.is_bound,
                link,
            })
        })
        .collect()
}

pub(super) async fn find_by_email(db: &mut PgConnection, email: &str) -> Result<Option<Person>> {
    let row = sqlx::query!(
        r#"select id, email, name, role_of(role) as "role!", disabled_at is not null as "disabled!", password_hash is not null as "has_password!",
           array(select i.issuer from staff_identity i where i.staff_id = staff.id) as "bound_to!"
           from staff where lower(email) = lower($1) for update"#,
        email,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let staff = Row { id: row.id, email: row.email, name: row.name, role: row.role }.try_into()?;
        Ok(Person { staff, disabled: row.disabled, has_password: row.has_password, bound_to: row.bound_to })
    })
    .transpose()
}

pub(in crate::staff) async fn set_role(db: &mut PgConnection, staff: &Staff) -> Result<()> {
    let done =
        sqlx::query!("update staff set role = $2 where id = $1", staff.id, staff.role.as_str()).execute(db).await;
    done.map(drop).map_err(|error| match error.as_database_error().and_then(|refusal| refusal.constraint()) {
        Some("staff_role") => Error::invalid("role", "This role was deleted meanwhile; choose another one"),
        _ => error.into(),
    })
}

pub(super) async fn set_disabled_at(db: &mut PgConnection, id: Uuid, at: Option<OffsetDateTime>) -> Result<()> {
    sqlx::query!("update staff set disabled_at = $2 where id = $1", id, at).execute(db).await?;
    Ok(())
}
