-- From which amount on whoever places or approves an order must have proved just before that it is them; without a row, never.
create table order_proof (
    only_row boolean primary key default true check (only_row),
    amount numeric not null check (amount >= 0),
    currency text not null,
    set_by uuid not null references staff,
    set_at timestamptz not null
);
