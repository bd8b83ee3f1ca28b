-- Whoever has neither a password nor a second factor goes to the provider to prove again that it is them. Such a way binds
-- nothing and signs nobody in.
alter table single_sign_on_attempt
    add column proves boolean not null default false,
    add constraint single_sign_on_attempt_proves_check check (not proves or staff_id is not null);
