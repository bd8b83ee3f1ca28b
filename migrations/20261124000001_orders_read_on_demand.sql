-- Lines and charges of older orders are read when somebody opens the order: this is when.
alter table marketplace_order add column detail_wanted_at timestamptz;
