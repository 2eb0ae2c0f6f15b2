-- module: normative
-- What a government has laid down about its normative documents; an organ without a row follows the nearest one above it.
create table normative_settings (
  organ_id uuid primary key references organs,
  -- stands for {code} in the pattern; empty: made from the key of the organ
  number_code text not null default '',
  number_pattern text not null
    constraint normative_settings_pattern_whole check (number_pattern like '%{year}%' and number_pattern like '%{serial%'),
  term_years integer not null constraint normative_settings_term_range check (term_years between 1 and 20),
  trial_years integer not null constraint normative_settings_trial_range check (trial_years between 1 and 20),
  assess_months integer not null constraint normative_settings_assess_range check (assess_months between 1 and 24),
  -- working days of a legality review, and of a fair-competition review
  legality_least integer not null,
  legality_most integer not null,
  competition_most integer not null,
  -- days for which the public is asked, and where market entities are closely concerned
  opinion_days integer not null,
  market_opinion_days integer not null,
  -- 0: no duty is opened for the next round
  cleanup_months integer not null constraint normative_settings_cleanup_range check (cleanup_months between 0 and 120),
  -- who reviews for the government; null: the department of the usual name
  legality_organ_id uuid references organs,
  competition_organ_id uuid references organs,
  filed_to text not null default '',
  revision integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint normative_settings_legality_order check (legality_least between 0 and legality_most and legality_most <= 60),
  constraint normative_settings_days_range check (competition_most between 1 and 60 and opinion_days between 1 and 90 and market_opinion_days between 1 and 90)
);

create table normative_serials (
  government_id uuid not null references organs,
  year integer not null,
  last integer not null,
  primary key (government_id, year)
);

-- 统一登记编号: what was given once is never given again, also when the document comes to nothing.
create table normative_registrations (
  id uuid primary key,
  publication_id uuid not null references publications,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  government_id uuid not null references organs,
  year integer not null,
  -- null: a number from before this register, in a form of its own
  serial integer,
  number text not null,
  -- the registration that this one continues (R-NOR-11)
  renews_id uuid references normative_registrations,
  registered_at timestamptz not null,
  registered_by text not null,
  registered_by_id uuid,
  constraint normative_registrations_serial_once unique (government_id, year, serial),
  constraint normative_registrations_number_once unique (government_id, number),
  constraint normative_registrations_renewed_once unique (renews_id)
);
-- A document has one number, unless it was continued under another
create unique index normative_registrations_first_once on normative_registrations (publication_id) where renews_id is null;
create index normative_registrations_of_publication on normative_registrations (publication_id, registered_at desc);
revoke update, delete on normative_registrations from mingtang_app;
create trigger normative_registrations_append_only before update or delete on normative_registrations
  for each row execute function refuse_change();

create table normative_determinations (
  publication_id uuid not null references publications,
  revision integer not null,
  -- {maker, rights, general, repeated: yes | no | unsure, exclusion, market: yes | no}
  answers jsonb not null,
  outcome text not null constraint normative_determinations_outcome_known
    check (outcome in ('normative', 'not-normative', 'needs-decision')),
  rules text[] not null,
  reason text not null,
  -- by the legality officer, where the answers do not settle it
  decided boolean not null,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  primary key (publication_id, revision)
);
revoke update, delete on normative_determinations from mingtang_app;
create trigger normative_determinations_append_only before update or delete on normative_determinations
  for each row execute function refuse_change();

create table normative_reviews (
  id uuid primary key,
  publication_id uuid not null references publications,
  site_id uuid not null references sites,
  kind text not null constraint normative_reviews_kind_known check (kind in ('own-legality', 'legality', 'fair-competition')),
  -- who has to give the opinion
  organ_id uuid not null references organs,
  -- the text that was handed in
  text_mark text not null,
  materials text[] not null,
  note text not null,
  days integer not null,
  -- why it could not wait for the least number of days (R-NOR-06)
  urgent_reason text,
  asked_by text not null,
  asked_by_id uuid,
  asked_at timestamptz not null
);
create index normative_reviews_of_publication on normative_reviews (publication_id, asked_at desc);
create index normative_reviews_of_organ on normative_reviews (organ_id, asked_at desc);
revoke update, delete on normative_reviews from mingtang_app;
create trigger normative_reviews_append_only before update or delete on normative_reviews
  for each row execute function refuse_change();

create table normative_opinions (
  review_id uuid primary key references normative_reviews,
  opinion text not null constraint normative_opinions_opinion_known check (opinion in ('lawful', 'unlawful', 'to-amend', 'withdrawn')),
  -- point → {held, note}
  points jsonb not null,
  words text not null,
  given_by text not null,
  given_by_id uuid,
  given_at timestamptz not null
);
revoke update, delete on normative_opinions from mingtang_app;
create trigger normative_opinions_append_only before update or delete on normative_opinions
  for each row execute function refuse_change();

-- The public was asked, and what became of what it said; or why it was not asked. Put right by a further revision.
create table normative_consultations (
  publication_id uuid not null references publications,
  revision integer not null,
  market boolean not null,
  from_on date,
  until_on date,
  place text not null default '',
  received integer,
  adopted integer,
  feedback text not null default '',
  feedback_on date,
  exempt_reason text,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  primary key (publication_id, revision),
  constraint normative_consultations_asked_or_why check ((exempt_reason is null) = (from_on is not null and until_on is not null)),
  constraint normative_consultations_order check (from_on <= until_on),
  constraint normative_consultations_adopted check (adopted is null or adopted between 0 and received)
);
revoke update, delete on normative_consultations from mingtang_app;
create trigger normative_consultations_append_only before update or delete on normative_consultations
  for each row execute function refuse_change();

create table normative_filings (
  publication_id uuid not null references publications,
  revision integer not null,
  filed_to text not null,
  filed_on date not null,
  receipt_no text not null default '',
  note text not null default '',
  -- of a later revision: why the one before was wrong
  reason text,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  primary key (publication_id, revision)
);
revoke update, delete on normative_filings from mingtang_app;
create trigger normative_filings_append_only before update or delete on normative_filings
  for each row execute function refuse_change();

-- What was decided before a document expires.
create table normative_renewals (
  id uuid primary key,
  publication_id uuid not null references publications,
  valid_until date not null,
  decision text not null constraint normative_renewals_decision_known check (decision in ('continue', 'amend', 'lapse')),
  valid_until_then date,
  registration_id uuid references normative_registrations,
  reason text not null,
  assessed_on date not null,
  decided_by text not null,
  decided_by_id uuid,
  decided_at timestamptz not null,
  constraint normative_renewals_once unique (publication_id, valid_until),
  constraint normative_renewals_longer check ((decision = 'continue') = (valid_until_then is not null and registration_id is not null))
);
revoke update, delete on normative_renewals from mingtang_app;
create trigger normative_renewals_append_only before update or delete on normative_renewals
  for each row execute function refuse_change();

-- The yearly catalogue (R-NOR-14) as it was handed in.
create table normative_catalogues (
  government_id uuid not null references organs,
  year integer not null,
  filed_to text not null,
  filed_on date not null,
  receipt_no text not null default '',
  documents integer not null,
  recorded_by text not null,
  recorded_by_id uuid,
  recorded_at timestamptz not null,
  primary key (government_id, year)
);
revoke update, delete on normative_catalogues from mingtang_app;
create trigger normative_catalogues_append_only before update or delete on normative_catalogues
  for each row execute function refuse_change();

create table normative_cleanups (
  id uuid primary key,
  site_id uuid not null references sites,
  organ_id uuid not null references organs,
  name text not null,
  basis text not null,
  -- {organIds, signedFrom, signedTo, kinds}
  scope jsonb not null,
  started_on date not null,
  due_on date not null,
  -- the day from which its decisions hold
  effective_on date,
  publication_id uuid references publications,
  -- its result is public
  closed_at timestamptz,
  cancelled_reason text,
  form_key uuid constraint normative_cleanups_form_once unique,
  created_by text not null,
  created_at timestamptz not null,
  constraint normative_cleanups_due_later check (due_on >= started_on),
  constraint normative_cleanups_result_dated check (publication_id is null or effective_on is not null)
);
create index normative_cleanups_of_site on normative_cleanups (site_id, started_on desc);

-- A document that a round has gathered, and what its organ decided.
create table normative_cleanup_items (
  cleanup_id uuid not null references normative_cleanups,
  publication_id uuid not null references publications,
  position integer not null,
  organ_id uuid not null references organs,
  title text not null,
  doc_no text,
  signed_on date,
  valid_until date,
  decision text constraint normative_cleanup_items_decision_known check (decision in ('keep', 'amend', 'repeal', 'lapse')),
  reason text not null default '',
  decided_by text,
  decided_by_id uuid,
  decided_at timestamptz,
  confirmed_by text,
  confirmed_at timestamptz,
  primary key (cleanup_id, publication_id),
  constraint normative_cleanup_items_position_once unique (cleanup_id, position),
  constraint normative_cleanup_items_decided_whole check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  constraint normative_cleanup_items_reasoned check (decision is null or decision = 'keep' or reason <> ''),
  constraint normative_cleanup_items_confirmed check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null or decision is not null))
);
create index normative_cleanup_items_of_organ on normative_cleanup_items (cleanup_id, organ_id, position);
create index normative_cleanup_items_of_publication on normative_cleanup_items (publication_id);
