-- Subscriptions bought elsewhere are taken over by an order too.

alter table intent drop constraint intent_kind_check;
alter table intent add constraint intent_kind_check
    check (kind in ('sales', 'change', 'renewal', 'cancellation', 'migration'));
