-- module: people
-- People who work at the desk. No more is kept of them than the desk needs (S-SEC-15).
create table staff (
  id uuid primary key,
  username text not null constraint staff_username_unique unique
    constraint staff_username_form check (username ~ '^[a-z][a-z0-9._-]{2,31}$'),
  -- the login library asks for a mail address; we have none and show the username in its place
  login_label text not null generated always as (username) stored,
  name text not null constraint staff_name_not_blank check (trim(name) <> ''),
  organ_id uuid not null references organs,
  state text not null default 'active' constraint staff_state_known check (state in ('active', 'locked', 'left')),
  -- why the account is locked, or when and how the person left
  state_reason text,
  left_on date,
  must_change_password boolean not null default true,
  password_changed_at timestamptz not null,
  two_factor_enabled boolean not null default false,
  last_login_at timestamptz,
  -- the form that made the account: a double click makes one
  form_key uuid constraint staff_form_key_unique unique,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint staff_left_has_day check ((state = 'left') = (left_on is not null))
);
create index staff_organ on staff (organ_id, state);

-- A role in an organ, from a day on; ended, never deleted: who could do what on a day stays answerable.
create table staff_posts (
  id uuid primary key,
  staff_id uuid not null references staff,
  role text not null constraint staff_posts_role_known check (role in
    ('drafter', 'department-head', 'secrecy-reviewer', 'legality-reviewer', 'general-office', 'signer', 'openness-office',
     'case-officer', 'leader', 'window-clerk', 'system-administrator', 'security-administrator', 'audit-administrator')),
  organ_id uuid not null references organs,
  from_on date not null,
  -- the last day, where one is set beforehand
  until_on date,
  given_by text not null,
  given_by_id uuid,
  given_at timestamptz not null,
  -- taken back or handed over: at once
  ended_at timestamptz,
  ended_by text,
  constraint staff_posts_days check (until_on is null or until_on >= from_on)
);
create unique index staff_posts_held_once on staff_posts (staff_id, role, organ_id) where ended_at is null;
create index staff_posts_organ on staff_posts (organ_id, role);

-- Who stands in for whom while somebody is away; both days included.
create table deputies (
  id uuid primary key,
  absent_id uuid not null references staff,
  deputy_id uuid not null references staff,
  post_ids uuid[] not null constraint deputies_some_post check (cardinality(post_ids) > 0),
  from_on date not null,
  until_on date not null,
  reason text not null,
  made_by text not null,
  made_by_id uuid,
  made_at timestamptz not null,
  -- ended early
  ended_at timestamptz,
  ended_by text,
  constraint deputies_days check (until_on >= from_on),
  constraint deputies_two_persons check (absent_id <> deputy_id)
);
create index deputies_deputy on deputies (deputy_id, until_on);
create index deputies_absent on deputies (absent_id, until_on);

revoke delete on staff, staff_posts, deputies from mingtang_app;
