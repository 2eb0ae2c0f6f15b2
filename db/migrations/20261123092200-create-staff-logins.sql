-- module: people
-- Passwords, sessions and second factors of staff, in the shape the login library expects (better-auth), under our names.

-- better-auth “account”; one a person, provider `credential`
create table staff_logins (
  id uuid primary key,
  staff_id uuid not null constraint staff_logins_one_each unique references staff,
  account_id text not null,
  provider_id text not null default 'credential',
  -- scrypt, with its salt
  password text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- better-auth “session”. A session that ran out stays until it is purged, so that a form posted too late can be kept for its owner.
create table staff_sessions (
  id uuid primary key,
  staff_id uuid not null references staff,
  token text not null constraint staff_sessions_token_unique unique,
  -- the library's own limit, far beyond ours: idle and absolute limits are counted from the two below
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_why text constraint staff_sessions_ended_why_known check (ended_why in ('logout', 'revoked', 'password', 'state')),
  constraint staff_sessions_ended_whole check ((ended_at is null) = (ended_why is null))
);
create index staff_sessions_staff on staff_sessions (staff_id, started_at desc);
create index staff_sessions_last_seen on staff_sessions (last_seen_at);

-- better-auth “verification”: a login that waits for its second step
create table staff_login_challenges (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index staff_login_challenges_identifier on staff_login_challenges (identifier);

-- better-auth “twoFactor”: secret and backup codes are encrypted with the login key, which is not in the database
create table staff_second_factors (
  id uuid primary key,
  staff_id uuid not null constraint staff_second_factors_one_each unique references staff,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  -- a code counts once (RFC 6238 §5.2): the digest of the last one taken
  last_code text
);

-- The last passwords, so that none of them comes back.
create table staff_former_passwords (
  staff_id uuid not null references staff,
  set_at timestamptz not null,
  password text not null,
  primary key (staff_id, set_at)
);

-- Failed logins by name (whether or not such an account exists) and by address.
create table login_failures (
  subject text primary key,
  failures integer not null,
  -- how many times in a row it was locked: each time longer
  locks integer not null default 0,
  locked_until timestamptz,
  last_failed_at timestamptz not null
);
create index login_failures_age on login_failures (last_failed_at);

-- One row: how strict the login is. The default is what a real installation needs.
create table login_rules (
  only_row boolean primary key default true constraint login_rules_one_row check (only_row),
  second_factor text not null default 'everybody' constraint login_rules_second_factor_known
    check (second_factor in ('everybody', 'administrators', 'nobody')),
  idle_minutes integer not null default 30 constraint login_rules_idle check (idle_minutes between 5 and 240),
  longest_hours integer not null default 12 constraint login_rules_longest check (longest_hours between 1 and 24),
  password_days integer not null default 90 constraint login_rules_password_days check (password_days between 1 and 365),
  -- digest of the login key: a process that was given another key says so, instead of refusing every code
  key_digest text,
  changed_by text,
  changed_at timestamptz
);
insert into login_rules default values;

-- A form that was posted after the session had run out waits here for its owner.
create table kept_forms (
  -- SHA-256 of the token in the address
  token_hash text primary key,
  staff_id uuid not null references staff,
  path text not null,
  form jsonb not null,
  made_at timestamptz not null
);
create index kept_forms_age on kept_forms (made_at);

revoke delete on login_rules, staff_logins from mingtang_app;
