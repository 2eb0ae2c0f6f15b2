-- module: requests
-- What a site has settled for itself about requests ([C] rules); a site without a row goes by the defaults.
create table request_settings (
  site_id uuid primary key references sites,
  -- working days within which the office confirms what came in by internet (R-REQ-11)
  confirm_within integer not null default 1 constraint request_settings_confirm_range check (confirm_within between 1 and 5),
  -- working days that an applicant is given to correct (R-REQ-16)
  correction_days integer not null default 15 constraint request_settings_correction_range check (correction_days between 7 and 30),
  -- working days that an applicant is given to explain (R-REQ-27)
  reasons_days integer not null default 15 constraint request_settings_reasons_range check (reasons_days between 7 and 30),
  -- working days that a unit is given for its part
  task_days integer not null default 5 constraint request_settings_task_range check (task_days between 1 and 15),
  -- working days for the answer to a suggestion (R-REQ-54)
  suggestion_days integer not null default 20 constraint request_settings_suggestion_range check (suggestion_days between 5 and 60),
  -- days after the end of a request for which papers of identity are kept
  identity_days integer not null default 365 constraint request_settings_identity_range check (identity_days between 30 and 3650),
  -- new requests that one network address may send in an hour; the same one sent again does not count
  sent_an_hour integer not null default 60 constraint request_settings_sent_range check (sent_an_hour between 1 and 1000000),
  -- failed look-ups in fifteen minutes by one network address, or for one number
  failed_look_ups integer not null default 10 constraint request_settings_look_ups_range check (failed_look_ups between 3 and 1000)
);

-- The next number of the day: `insert … on conflict do update … returning` within the transaction that uses it, so that none is lost.
create table request_serials (
  site_id uuid not null references sites,
  day date not null,
  last integer not null constraint request_serials_last_range check (last >= 1),
  constraint request_serials_key primary key (site_id, day)
);

-- A request as boards, lists and statistics know it: nothing of the person. What was asked stands in request_items,
-- who asks in request_applicants.
create table requests (
  id uuid primary key,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  number text not null constraint requests_number_form check (number ~ '^[0-9]{8}-[0-9]{3,}$'),
  -- digest of the hidden key of the form: what is sent twice is one request
  form_digest text constraint requests_form_digest_form check (form_digest ~ '^[0-9a-f]{64}$'),
  -- keyed digest of the code by which the applicant follows the case; the code itself is nowhere
  code_digest text not null constraint requests_code_digest_form check (code_digest ~ '^[0-9a-f]{64}$'),
  state text not null constraint requests_state_known check (state in ('submitted', 'processing', 'correcting', 'consulting', 'reasoning',
    'charged', 'review', 'signed', 'served', 'abandoned', 'unpaid', 'withdrawn', 'taken-back', 'archived')),
  purpose text not null constraint requests_purpose_known check (purpose in ('information', 'record-correction')),
  channel text not null constraint requests_channel_known check (channel in ('internet', 'counter', 'oral', 'registered-mail', 'ordinary-mail', 'fax')),
  -- class of the first applicant: the column of the annual report
  applicant_kind text not null constraint requests_applicant_kind_known check (applicant_kind in ('citizen', 'business', 'research', 'welfare', 'legal', 'other')),
  way text not null constraint requests_way_known check (way in ('online', 'email', 'post', 'collect', 'inspect', 'fax')),
  carrier text not null constraint requests_carrier_known check (carrier in ('electronic', 'paper', 'other')),
  -- large print, reading aloud …: help that the applicant needs (R-REQ-52)
  help text not null default '',
  submitted_at timestamptz not null,
  -- until when the applicant can take it back on the site; null: it was filed by staff
  undo_until timestamptz,
  arrived_on date not null,
  -- 收到申请之日 (条例 Art. 31)
  received_on date,
  -- a cache of the clock, written in the transaction of every act that moves it
  due_on date,
  provisional boolean not null default true,
  correction_asked_on date,
  correction_due date,
  corrected_on date,
  reasons_asked_on date,
  reasons_due date,
  fee_notified_on date,
  payment_due date,
  paid_on date,
  extension_asked_by_id uuid,
  extension_asked_for integer constraint requests_extension_asked_range check (extension_asked_for between 1 and 20),
  -- once, at most twenty working days (R-REQ-23)
  extended_by integer not null default 0 constraint requests_extended_range check (extended_by between 0 and 20),
  officer_id uuid,
  submitted_by_id uuid,
  filed_by text,
  filed_by_id uuid,
  -- the row of the annual report (R-RPT §6.3), once it is known; one request has one
  report_row text constraint requests_report_row_form check (report_row ~ '^C[1-6](\.[1-8])?$'),
  -- the day on which the answer was given, or the request ended otherwise
  ended_on date,
  ended_at timestamptz,
  identity_cleared_at timestamptz,
  -- sent again by the import of paper cases: `number in the old register`
  former_number text,
  constraint requests_number_unique unique (site_id, number),
  constraint requests_form_unique unique (site_id, form_digest),
  constraint requests_received_unless_submitted check (received_on is not null or state in ('submitted', 'taken-back', 'withdrawn', 'archived')),
  constraint requests_correction_after_notice check (corrected_on is null or correction_asked_on is not null),
  constraint requests_paid_after_notice check (paid_on is null or fee_notified_on is not null),
  constraint requests_ended_whole check ((ended_on is null) = (ended_at is null))
);
create index requests_by_clock on requests (organ_id, due_on, id) where state in ('submitted', 'processing', 'correcting', 'consulting', 'reasoning', 'charged', 'review', 'signed');
create index requests_by_day on requests (organ_id, arrived_on desc, id desc);
create index requests_identity_due on requests (ended_on) where identity_cleared_at is null and ended_on is not null;
create unique index requests_former_number on requests (organ_id, former_number) where former_number is not null;

-- Who asks, and who acts for them. Personal data: read only by who handles the request. Numbers of papers are encrypted with a key
-- that is kept elsewhere; the keyed digest finds requests of the same person (R-FEE-11).
create table request_applicants (
  id uuid primary key,
  request_id uuid not null references requests,
  position integer not null,
  role text not null constraint request_applicants_role_known check (role in ('applicant', 'agent')),
  kind text not null constraint request_applicants_kind_known check (kind in ('citizen', 'business', 'research', 'welfare', 'legal', 'other')),
  name text not null,
  id_kind text,
  id_sealed text,
  id_digest text not null default '',
  representative text not null default '',
  contact text not null default '',
  phone text not null default '',
  email text not null default '',
  address text not null default '',
  postcode text not null default '',
  constraint request_applicants_place unique (request_id, position)
);
create index request_applicants_same on request_applicants (id_digest, request_id) where id_digest <> '';

-- One thing that is asked for (一事一申请); a request begins with one and may be split. The description is what the applicant wrote
-- and may name persons: read only by who handles the request, and by units that were given the item.
create table request_items (
  id uuid primary key,
  request_id uuid not null references requests,
  position integer not null,
  description text not null,
  reply_kind text,
  ground text,
  reasons text not null default '',
  -- way, channel and time; the right organ; the earlier request; what is withheld: as the kind of reply needs
  details jsonb not null default '{}',
  decided_by text,
  decided_by_id uuid,
  decided_at timestamptz,
  constraint request_items_place unique (request_id, position),
  constraint request_items_decided_whole check ((reply_kind is null) = (decided_at is null))
);

-- What the applicant wrote in the course of it: a correction, reasons, why it is withdrawn. Personal data.
create table request_words (
  id uuid primary key,
  request_id uuid not null references requests,
  about text not null,
  words text not null,
  written_at timestamptz not null
);
create index request_words_of on request_words (request_id);

-- Files that came with a request: papers of identity, authorisations, enclosures, scans of a letter. Encrypted before they are stored.
create table request_files (
  id uuid primary key,
  request_id uuid not null references requests,
  role text not null constraint request_files_role_known check (role in ('identity', 'authorisation', 'enclosure', 'paper')),
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  storage_key text not null,
  stored_at timestamptz not null,
  stored_by text not null,
  deleted_at timestamptz
);
create index request_files_of on request_files (request_id);

-- The course of a request: who did what, when, and on which day it counts. Append-only; no personal data.
create table request_events (
  id uuid primary key,
  request_id uuid not null references requests,
  act text not null,
  -- the day on which it counts: a letter was signed for, a correction came in
  on_day date not null,
  state_before text,
  state_after text not null,
  reason text not null default '',
  facts jsonb not null default '{}',
  letter_id uuid,
  -- digest of the hidden key of the form: what is sent twice is done once
  form_digest text constraint request_events_form_digest_form check (form_digest ~ '^[0-9a-f]{64}$'),
  acted_as text not null,
  acted_by text not null,
  acted_by_id uuid,
  acted_at timestamptz not null,
  constraint request_events_form_unique unique (request_id, form_digest)
);
create index request_events_of on request_events (request_id, id);

-- Whoever is asked for an opinion before the answer; a third party may be a person.
create table request_consultations (
  id uuid primary key,
  request_id uuid not null references requests,
  consultee text not null constraint request_consultations_consultee_known check (consultee in ('third-party', 'co-maker', 'other-organ')),
  name text not null,
  about text not null,
  letter_id uuid,
  sent_on date not null,
  received_on date,
  -- the last day on which they can answer
  ends_on date,
  ended_on date,
  answer text constraint request_consultations_answer_known check (answer in ('agrees', 'refuses', 'partly', 'silent')),
  reasons text not null default '',
  reasonable boolean,
  asked_at timestamptz not null,
  constraint request_consultations_order check ((received_on is null or received_on >= sent_on) and (ended_on is null or ended_on >= sent_on)),
  constraint request_consultations_ended_whole check ((ended_on is null) = (answer is null))
);
create index request_consultations_of on request_consultations (request_id);

-- A part of the work that was given to a unit, with its own limit; claimed by whoever takes it up.
create table request_tasks (
  id uuid primary key,
  request_id uuid not null references requests,
  item_id uuid references request_items,
  organ_id uuid not null references organs,
  task text not null,
  given_on date not null,
  due_on date not null,
  claimed_by text,
  claimed_by_id uuid,
  answer text,
  ended_at timestamptz,
  ended_by text,
  how_ended text constraint request_tasks_end_known check (how_ended in ('answered', 'cancelled')),
  constraint request_tasks_ended_whole check ((ended_at is null) = (how_ended is null))
);
create index request_tasks_of on request_tasks (request_id);
create index request_tasks_open on request_tasks (organ_id, due_on) where ended_at is null;

-- Where somebody looked, by which words, what was found (R-REQ-34). Append-only: it is the proof.
create table request_searches (
  id uuid primary key,
  request_id uuid not null references requests,
  item_id uuid not null references request_items,
  searched_in text not null,
  words text not null,
  searched_on date not null,
  searched_by text not null,
  found text not null,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null
);
create index request_searches_of on request_searches (request_id);

-- Letters of requests on file. What an act is tied to stands here, with the proof that it was served (R-LET-30…33).
create table request_letters (
  id uuid primary key,
  request_id uuid not null references requests,
  kind text not null,
  -- 文号
  number text not null,
  signed_on date not null,
  service_way text constraint request_letters_way_known check (service_way in ('direct', 'entrusted', 'post', 'electronic')),
  served_on date,
  -- who signed for it, the number of the post, the moment of sending
  proof text not null default '',
  filed_by text not null,
  filed_by_id uuid,
  filed_at timestamptz not null,
  constraint request_letters_number_unique unique (request_id, number),
  constraint request_letters_served_whole check ((service_way is null) = (served_on is null) and (served_on is null or proof <> '')),
  constraint request_letters_served_after_signing check (served_on is null or served_on >= signed_on)
);
create index request_letters_of on request_letters (request_id);

-- 行政复议、行政诉讼: section four of the annual report.
create table request_outcomes (
  id uuid primary key,
  request_id uuid not null references requests,
  procedure text not null constraint request_outcomes_procedure_known check (procedure in ('reconsideration', 'direct-suit', 'suit-after-reconsideration')),
  body text not null,
  case_number text not null default '',
  filed_on date not null,
  result text not null default 'pending' constraint request_outcomes_result_known check (result in ('pending', 'upheld', 'corrected', 'other')),
  decided_on date,
  note text not null default '',
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint request_outcomes_decided_whole check ((result = 'pending') = (decided_on is null))
);
create index request_outcomes_of on request_outcomes (request_id);

-- What applicants suggest should be published for everybody (R-REQ-54), each with its reply.
create table request_suggestions (
  id uuid primary key,
  request_id uuid not null references requests,
  words text not null,
  suggested_at timestamptz not null,
  adopted boolean,
  reply text,
  replied_by text,
  replied_at timestamptz,
  constraint request_suggestions_replied_whole check ((adopted is null) = (replied_at is null) and (reply is null) = (replied_at is null))
);
create index request_suggestions_of on request_suggestions (request_id);

-- Failed look-ups and new requests, counted by keyed digests of network addresses and numbers; cleared within a day.
create table request_tries (
  what text not null,
  who text not null,
  -- beginning of the span of time that is counted
  since timestamptz not null,
  tries integer not null,
  constraint request_tries_key primary key (what, who, since)
);
create index request_tries_old on request_tries (since);

create trigger request_events_append_only before update or delete on request_events
  for each row execute function refuse_change();
create trigger request_searches_append_only before update or delete on request_searches
  for each row execute function refuse_change();
revoke update, delete on request_events, request_searches from mingtang_app;
