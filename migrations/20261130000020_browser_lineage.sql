-- A browser's cookie is exchanged whenever anybody signs in with it, so guesses are counted by what stays: who it is known for.
alter table known_browser add column id uuid not null default gen_random_uuid();
