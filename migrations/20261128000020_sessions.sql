-- A name for a session, by which people can end it and which is no use as a cookie. Each new id brings a new one.
alter table session add column handle uuid not null default gen_random_uuid();

create unique index session_handle on session (handle);

-- Who is signed out by somebody else is remembered for a while, like a session that ended by itself: a form that they send
-- afterwards goes back to them.
alter table session add column ended_at timestamptz;
