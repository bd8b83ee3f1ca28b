-- Roles: the built-in ones, whose permissions are in the code, and those that admins make.
create table role (
    id text primary key,
    -- Null for a built-in one, as is everything that follows.
    name text check (name <> ''),
    -- The names of `domain::Permission`. One that the code does not know any more allows nothing.
    permissions text[],
    -- The greatest value of one order.
    max_amount numeric check (max_amount >= 0),
    max_currency text,
    -- The most seats that one change adds.
    max_seats bigint check (max_seats >= 0),
    created_by uuid references staff,
    created_at timestamptz,
    check ((max_amount is null) = (max_currency is null)),
    check (num_nulls(name, permissions, created_by, created_at) in (0, 4)),
    check (name is not null or num_nonnulls(max_amount, max_seats) = 0)
);

create unique index role_name on role (lower(name));

insert into role (id)
values ('viewer'), ('technician'), ('reports_manager'), ('account_manager'), ('approver'), ('admin');

alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role foreign key (role) references role;
create index staff_by_role on staff (role);

alter table approval_rule drop constraint approval_rule_role_check;
alter table approval_rule add constraint approval_rule_role foreign key (role) references role;

-- What a staff member's role is, for every query that reads one.
create function role_of(id text) returns jsonb stable language sql as $$
    select jsonb_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions, 'max_amount', r.max_amount::text,
        'max_currency', r.max_currency, 'max_seats', r.max_seats)
    from role r where r.id = role_of.id
$$;
