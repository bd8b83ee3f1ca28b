-- Activity that nobody changes: every statement other than an insert is refused, each row is sealed into a chain of hashes
-- when its transaction commits, and `server activity verify` finds what was done to it behind the server's back.

-- The price at the time, of what had one.
alter table activity
    add column price_amount numeric,
    add column price_currency text,
    add constraint activity_price_is_whole check ((price_amount is null) = (price_currency is null));

create index activity_by_staff on activity (staff_id, id desc);
create index activity_denied on activity (id desc) where action in ('access.denied', 'staff.sign_in_failed');
create index activity_denied_to on activity (staff_id, at desc) where action = 'access.denied';

-- The chain. Positions have no gaps; each hash covers the one before it and one row of the activity.
create table activity_seal (
    position bigint primary key check (position > 0),
    activity_id bigint not null unique references activity,
    hash bytea not null check (octet_length(hash) = 32)
);

-- Where the chain ends. Taken `for update` only while a transaction commits, after every other lock it has.
create table activity_head (
    only_row boolean primary key default true check (only_row),
    position bigint not null,
    hash bytea not null
);

insert into activity_head (position, hash) values (0, sha256(''));

-- A row as text, the same whatever the session's time zone and formats. Named, and without what is null, so that a column
-- added later leaves the text of older rows as it was. `server activity verify` has its own copy of this expression.
create function activity_text(a activity) returns text
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'id', a.id::text,
        'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        'staff_id', a.staff_id::text,
        'actor', a.actor,
        'action', a.action,
        'subject_kind', a.subject_kind,
        'subject_id', a.subject_id,
        'customer_id', a.customer_id,
        'intent_id', a.intent_id::text,
        'before', a.before::text,
        'after', a.after::text,
        'price_amount', a.price_amount::text,
        'price_currency', a.price_currency,
        'correlation_id', a.correlation_id,
        'note', a.note
    ))::text
$$;

-- With the rights of the owner and a fixed search path: who serves may seal, and do nothing else to the chain.
create function activity_seal_row() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    head public.activity_head;
    sealed bytea;
begin
    select * into strict head from public.activity_head for update;
    sealed := sha256(head.hash || convert_to(public.activity_text(new), 'UTF8'));
    insert into public.activity_seal (position, activity_id, hash) values (head.position + 1, new.id, sealed);
    update public.activity_head set position = head.position + 1, hash = sealed;
    return null;
end
$$;

create function activity_refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    raise exception 'the activity only grows: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege', hint = 'Add a row that says what is right.';
end
$$;

-- What is there already, in the order it was written.
do $$
declare
    entry activity;
    last_position bigint := 0;
    last_hash bytea := sha256('');
begin
    for entry in select * from activity order by id loop
        last_position := last_position + 1;
        last_hash := sha256(last_hash || convert_to(activity_text(entry), 'UTF8'));
        insert into activity_seal (position, activity_id, hash) values (last_position, entry.id, last_hash);
    end loop;
    update activity_head set position = last_position, hash = last_hash;
end
$$;

-- At the commit, so that no transaction holds the end of the chain while it waits for something else.
create constraint trigger activity_sealed
    after insert on activity deferrable initially deferred
    for each row execute function activity_seal_row();

create trigger activity_only_grows
    before update or delete or truncate on activity
    for each statement execute function activity_refuse_change();
create trigger activity_seal_only_grows
    before update or delete or truncate on activity_seal
    for each statement execute function activity_refuse_change();
create trigger activity_head_stays
    before delete or truncate on activity_head
    for each statement execute function activity_refuse_change();

-- Whatever a session says of replication.
alter table activity enable always trigger activity_sealed;
alter table activity enable always trigger activity_only_grows;
alter table activity_seal enable always trigger activity_seal_only_grows;
alter table activity_head enable always trigger activity_head_stays;
