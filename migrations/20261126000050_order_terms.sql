-- What only an order's detail tells besides its lines and charges: term, billing, alignment, credit check, contract values.
alter table marketplace_order add column terms jsonb;
