-- Activation parameters of an order that is being put together: what was entered, and what the marketplace said of it.
-- They can be personal, so they are not in the address; that has only the id. A table and not the session, so that two
-- orders in two tabs do not overwrite each other and a person who has to sign in again finds what they entered.
create table order_draft (
    id uuid primary key,
    -- Nobody else can read or go on with it.
    staff_id uuid not null references staff on delete cascade,
    lines jsonb not null,
    expires_at timestamptz not null
);

create index order_draft_by_expiry on order_draft (expires_at);
