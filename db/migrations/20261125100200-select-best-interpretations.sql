-- module: interpretation
-- The yearly selection of the best interpretations by readers and jury (I4). Weights and numbers belong to the round.
create table selection_rounds (
  id uuid primary key,
  site_id uuid not null references sites,
  year integer not null constraint selection_rounds_year_range check (year between 2000 and 2200),
  note text not null default '',
  jury_weight integer not null constraint selection_rounds_jury_weight_range check (jury_weight between 0 and 100),
  reader_weight integer not null constraint selection_rounds_reader_weight_range check (reader_weight between 0 and 100),
  -- how many are chosen
  chosen integer not null constraint selection_rounds_chosen_range check (chosen between 1 and 100),
  votes_from date not null,
  votes_until date not null,
  published_at timestamptz,
  revision integer not null default 1,
  changed_by text not null,
  changed_by_id uuid,
  changed_at timestamptz not null,
  constraint selection_rounds_year_unique unique (site_id, year),
  constraint selection_rounds_weights_some check (jury_weight + reader_weight > 0),
  constraint selection_rounds_votes_order check (votes_from <= votes_until)
);

create table selection_nominations (
  id uuid primary key,
  round_id uuid not null references selection_rounds,
  publication_id uuid not null references publications,
  organ_id uuid not null references organs,
  reason text not null,
  nominated_by text not null,
  nominated_by_id uuid,
  nominated_at timestamptz not null,
  constraint selection_nominations_once unique (round_id, publication_id)
);

create table selection_scores (
  nomination_id uuid not null references selection_nominations,
  juror_id uuid not null,
  juror text not null,
  score smallint not null constraint selection_scores_range check (score between 0 and 100),
  comment text not null default '',
  scored_at timestamptz not null,
  primary key (nomination_id, juror_id)
);

-- Votes by day: nothing of the reader.
create table selection_votes (
  nomination_id uuid not null references selection_nominations,
  day date not null,
  count integer not null constraint selection_votes_positive check (count >= 0),
  primary key (nomination_id, day)
);

-- What was published stays as it was, whatever becomes of the interpretation.
create table selection_results (
  nomination_id uuid primary key references selection_nominations,
  place integer not null,
  is_chosen boolean not null,
  jury_points numeric(6, 2) not null,
  reader_points numeric(6, 2) not null,
  total numeric(6, 2) not null,
  votes integer not null,
  scores integer not null
);
create trigger selection_results_immutable before update or delete on selection_results
  for each row execute function refuse_change();
revoke update, delete on selection_results from mingtang_app;
