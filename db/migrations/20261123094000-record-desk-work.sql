-- Who has an edit form open: a soft note for the second officer, never a lock.
create table edit_presence (
  publication_id uuid not null references publications,
  staff_id uuid not null,
  staff_name text not null,
  opened_at timestamptz not null,
  primary key (publication_id, staff_id)
);
create index edit_presence_opened on edit_presence (opened_at);

-- The way of a draft to its publication, each step with person, time and opinion (R-EXC-13). Never changed.
create table review_steps (
  id uuid primary key,
  publication_id uuid not null references publications,
  -- no foreign key: a draft may be thrown away, the record of its review stays
  edition_id uuid not null,
  edition_number integer not null,
  step text not null constraint review_steps_step_known check (step in ('submitted', 'taken-back', 'returned')),
  -- returned: why
  opinion text,
  actor text not null,
  actor_id uuid,
  acted_at timestamptz not null
);
create index review_steps_edition on review_steps (edition_id, acted_at desc);
create index review_steps_publication on review_steps (publication_id, acted_at desc);
revoke update, delete on review_steps from mingtang_app;
create trigger review_steps_append_only before update or delete on review_steps
  for each row execute function refuse_change();

-- Two officers may open the form of one column; the revision tells the second.
alter table columns add column revision integer not null default 1;

-- The desk's list over all sites: what has not been public yet comes first, then the newest.
create index publications_newest on publications (sort_at desc, id desc);
create index publications_left on publications (left_how) where left_how is not null;
