-- The forms whose order is being placed at this moment: a second post of one waits for what becomes of the first.
create table form_being_placed (
    form_token uuid primary key,
    holder uuid not null,
    since timestamptz not null
);
