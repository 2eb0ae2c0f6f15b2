-- module: interpretation
-- What readers say of an interpretation. Nothing of the reader stays: the counts, and the words for staff. Who has rated today is
-- known until midnight only, by a hash whose salt goes with the day.
create table rating_counts (
  publication_id uuid not null references publications,
  grade smallint not null constraint rating_counts_grade_known check (grade between 1 and 5),
  count integer not null constraint rating_counts_count_positive check (count >= 0),
  primary key (publication_id, grade)
);

create table rating_words (
  id uuid primary key,
  publication_id uuid not null references publications,
  grade smallint not null,
  words text not null,
  said_on date not null
);
create index rating_words_publication on rating_words (publication_id, said_on desc);

create table rating_salts (
  day date primary key,
  salt bytea not null
);

create table rating_readers (
  day date not null,
  reader bytea not null,
  -- what was rated, or voted for in a selection
  about uuid not null,
  grade smallint,
  words_id uuid,
  primary key (day, reader, about)
);

-- From how many ratings on readers see figures: fewer say little, and may tell who gave them.
create table interpretation_settings (
  site_id uuid primary key references sites,
  rating_minimum integer not null constraint interpretation_settings_minimum_range check (rating_minimum between 1 and 1000)
);
