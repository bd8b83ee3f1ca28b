use crate::Result;
use sqlx::{AssertSqlSafe, PgConnection};

/// A role of the database's server.
pub(super) struct Role {
    /// Its name as statements write it.
    pub(super) quoted: String,
    /// What lets it do more than it is granted, if anything does.
    pub(super) power: Option<String>,
}

pub(super) async fn has_migrations(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select to_regclass('_sqlx_migrations') is not null as "found!""#).fetch_one(db).await?)
}

/// Whether the role of this connection may make tables and change those that are there.
pub(super) async fn may_create(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select has_schema_privilege(current_user, 'public', 'create')
           and not exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                           and not pg_has_role(current_user, relowner, 'usage')) as "may!""#
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn role(db: &mut PgConnection, name: &str) -> Result<Option<Role>> {
    Ok(sqlx::query_as!(
        Role,
        r#"select quote_ident(r.rolname) as "quoted!",
           case when r.rolsuper then 'is a superuser'
                when r.rolcreaterole then 'may make itself a member of other roles'
                when pg_has_role(r.oid, d.datdba, 'member') or pg_has_role(r.oid, n.nspowner, 'member')
                    then 'owns the database, or is a member of who does'
                when exists (select from pg_class c where c.relnamespace = n.oid and c.relkind = 'r'
                             and pg_has_role(r.oid, c.relowner, 'member'))
                    then 'owns tables, or is a member of who does'
           end as power
           from pg_roles r, pg_database d, pg_namespace n
           where r.rolname = $1 and d.datname = current_database() and n.nspname = 'public'"#,
        name,
    )
    .fetch_optional(db)
    .await?)
}

/// Whether anything at all lets the role do more with the activity and its chain than it must.
pub(super) async fn may_change_activity(db: &mut PgConnection, role: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select has_table_privilege($1, 'activity', 'update, delete, truncate, references, trigger')
           or has_table_privilege($1, 'activity_seal', 'insert, update, delete, truncate, references, trigger')
           or has_table_privilege($1, 'activity_head', 'insert, update, delete, truncate, references, trigger')
           or has_any_column_privilege($1, 'activity', 'update')
           or has_any_column_privilege($1, 'activity_seal', 'insert, update')
           or has_any_column_privilege($1, 'activity_head', 'insert, update') as "may!""#,
        role,
    )
    .fetch_one(db)
    .await?)
}

/// Given and taken in one transaction, so that granting again takes nothing away from who serves meanwhile.
pub(super) async fn grant(db: &mut PgConnection, role: &str) -> Result<()> {
    let statements = format!(
        "grant usage on schema public to {role};
         grant select, insert, update, delete, truncate on all tables in schema public to {role};
         grant usage on all sequences in schema public to {role};
         revoke all on activity, activity_seal, activity_head, _sqlx_migrations from {role};
         grant select, insert on activity to {role};
         grant select on activity_seal, activity_head, _sqlx_migrations to {role};"
    );
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(db).await?;
    Ok(())
}
