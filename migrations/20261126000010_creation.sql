-- Accounts (customers, resellers) created here. One row per form: posting the same form twice creates one account.
create table creation (
    form_token uuid primary key,
    kind text not null check (kind in ('customer', 'reseller')),
    -- `sending` outlives a crash during the call, and then means the same as `unknown`.
    state text not null check (state in ('sending', 'created', 'refused', 'unknown')),
    subject_id text,
    -- Accounts that looked like it at the marketplace before it was sent: after a lost answer none of them is it.
    look_alikes text[] not null,
    requested_by uuid not null references staff,
    requested_at timestamptz not null
);
