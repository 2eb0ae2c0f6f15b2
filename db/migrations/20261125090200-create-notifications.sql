-- module: notifications
-- A word to a member of staff. The same matter is told once.
create table notifications (
  id uuid primary key,
  staff_id uuid not null references staff,
  -- names the matter: told once to each
  subject_key text not null,
  title text not null,
  sentence text not null,
  -- path on the desk
  address text not null constraint notifications_address_on_desk check (address ~ '^/([^/]|$)'),
  about_kind text,
  about_id text,
  -- for a reminder: the day it speaks of; it is not mailed any more when the day has moved
  due_on date,
  urgent boolean not null,
  made_at timestamptz not null,
  read_at timestamptz,
  -- the mail that told it
  mail_id uuid,
  constraint notifications_told_once unique (staff_id, subject_key),
  constraint notifications_about_whole check ((about_kind is null) = (about_id is null))
);
create index notifications_list on notifications (staff_id, (read_at is null) desc, made_at desc, id);
-- what may still be mailed
create index notifications_unmailed on notifications (made_at, staff_id) where mail_id is null and read_at is null;

-- Points that were told: each once for a duty and its due day.
create table reminders (
  duty_id uuid not null references duties,
  due_on date not null,
  -- days before the due day; late ones are negative
  point integer not null,
  told_at timestamptz not null,
  told_to integer not null,
  primary key (duty_id, due_on, point)
);

-- The days on which all reminders are written: the digest waits for them.
create table reminder_days (
  day date primary key,
  written_at timestamptz not null
);

-- Points of a site that differ from the usual ones.
create table reminder_points (
  site_id uuid primary key references sites,
  days_before integer[] not null constraint reminder_points_before check (cardinality(days_before) <= 10 and 0 <= all (days_before) and 90 >= all (days_before)),
  late_from integer not null constraint reminder_points_late_from check (late_from between 1 and 30),
  late_every integer not null constraint reminder_points_late_every check (late_every between 1 and 90),
  changed_by text not null,
  changed_by_id uuid,
  changed_at timestamptz not null
);

-- How a person wants mail; without a row: a digest every morning.
create table mail_choices (
  staff_id uuid primary key references staff,
  mail text not null constraint mail_choices_known check (mail in ('at-once', 'digest', 'off')),
  changed_at timestamptz not null
);

-- Letters to be sent. Each keeps its Message-ID for every try, so that a second copy is known as the same letter.
create table mails (
  id uuid primary key,
  staff_id uuid not null references staff,
  organ_id uuid not null references organs,
  message_id text not null constraint mails_message_id_unique unique,
  kind text not null constraint mails_kind_known check (kind in ('at-once', 'digest')),
  -- of a digest: one a person and day
  day date,
  items integer not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  made_at timestamptz not null,
  tries integer not null default 0,
  -- null when it is over: sent, or given up
  next_try_at timestamptz,
  sent_at timestamptz,
  failed_at timestamptz,
  -- what the server said last
  said text,
  constraint mails_digest_has_day check ((kind = 'digest') = (day is not null)),
  constraint mails_one_state check ((next_try_at is not null)::int + (sent_at is not null)::int + (failed_at is not null)::int = 1)
);
create unique index mails_one_digest_a_day on mails (staff_id, day) where kind = 'digest';
create index mails_to_send on mails (next_try_at, id) where next_try_at is not null;
create index mails_failed on mails (organ_id, failed_at desc) where failed_at is not null;
alter table notifications add constraint notifications_mail foreign key (mail_id) references mails;
create index notifications_of_mail on notifications (mail_id) where mail_id is not null;
