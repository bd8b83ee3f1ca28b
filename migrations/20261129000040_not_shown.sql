-- What the marketplace does not show of an order that is followed, `order` or `subscription`, and in how many looks in a row:
-- that the order was not shown for long says nothing of its subscription, and two looks far apart are not a long time.
alter table intent
    add column hidden_part text check (hidden_part in ('order', 'subscription')),
    add column hidden_looks integer not null default 0;
