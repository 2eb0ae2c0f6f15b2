-- module: search
-- The narrow table that lists, filters, facets and search read: one row for each edition and site that shows it. What decides
-- lists is copied here in the transaction that changes it (intervals, days of validity), so that nothing has to be joined to
-- count; whoever shows a row still passes the one visibility gate.
drop view search_words;
alter table search_entries rename to search_entries_before;
alter table search_entries_before rename constraint search_entries_pkey to search_entries_before_pkey;
drop index search_entries_words, search_entries_newest, search_entries_publication;

create table search_entries (
  -- small and dense: what is kept in memory is addressed by it
  entry_no integer generated always as identity,
  year smallint not null,
  words_version smallint not null default 0,
  archive boolean not null,
  signed_on date,
  effective_from date,
  valid_until date,
  -- the first days from which public editions of others repeal, amend or partly repeal it
  repealed_from date,
  amended_from date,
  partly_from date,
  sort_at timestamptz not null,
  -- the interval of the edition
  public_from timestamptz not null,
  public_until timestamptz,
  -- the transaction that wrote the row last: whoever keeps a copy asks for what its snapshot had not seen
  changed_in xid8 not null default pg_current_xact_id(),
  site_id uuid not null references sites,
  edition_id uuid not null references editions,
  publication_id uuid not null,
  organ_id uuid not null,
  kind text not null,
  theme text,
  genre text,
  -- of interpretations
  form text,
  column_ids uuid[] not null default '{}',
  -- the title in the form in which titles and questions are compared
  heading text not null,
  keywords text not null default '',
  -- words of title and number, and each character of the title
  title_tsv tsvector not null,
  -- weights: A title and number, B keywords, C summary and issuers, D body
  tsv tsvector not null,
  constraint search_entries_pkey primary key (entry_no),
  constraint search_entries_edition unique (edition_id, site_id)
);
-- The vectors live beside the rows, so that what is walked stays narrow.
alter table search_entries set (toast_tuple_target = 128);

insert into search_entries (year, archive, signed_on, effective_from, valid_until, repealed_from, amended_from, partly_from,
  sort_at, public_from, public_until, site_id, edition_id, publication_id, organ_id, kind, theme, genre, form, column_ids, heading, keywords, title_tsv, tsv)
select extract(year from s.sort_at at time zone 'Asia/Shanghai')::smallint, p.archive, e.signed_on, e.effective_from, e.valid_until,
  x.repealed_from, x.amended_from, x.partly_from, s.sort_at, e.public_from, e.public_until, s.site_id, s.edition_id, s.publication_id,
  s.organ_id, s.kind, s.theme, e.genre, e.fields ->> 'form', e.column_ids,
  regexp_replace(lower(normalize(e.title, nfkc)), '[[:space:][:punct:]]', '', 'g'), e.keywords, ts_filter(s.tsv, '{a}'), s.tsv
from search_entries_before s
join editions e on e.id = s.edition_id
join publications p on p.id = s.publication_id
left join works w on w.publication_id = p.id
left join lateral (
  select min(f.effective_from) filter (where f.type = 'repeals') as repealed_from,
         min(f.effective_from) filter (where f.type = 'amends') as amended_from,
         min(f.effective_from) filter (where f.type = 'partly-repeals') as partly_from
  from effects f join editions by_e on by_e.id = f.edition_id
  where f.work_id = w.id and by_e.public_from <= now() and (by_e.public_until is null or by_e.public_until > now())) x on true
order by s.sort_at, s.publication_id;
drop table search_entries_before;

create index search_entries_words on search_entries using gin (tsv) with (fastupdate = off);
create index search_entries_titles on search_entries using gin (title_tsv) with (fastupdate = off);
create index search_entries_newest on search_entries (site_id, sort_at desc, entry_no desc);
create index search_entries_heading on search_entries (heading text_pattern_ops);
create index search_entries_publication on search_entries (publication_id);
create index search_entries_changed on search_entries (changed_in);
create index search_entries_outdated on search_entries (entry_no) where words_version = 0;

-- Rows that went, for those who keep a copy.
create table search_removals (
  entry_no integer not null,
  removed_in xid8 not null default pg_current_xact_id(),
  removed_at timestamptz not null default now()
);
create index search_removals_in on search_removals (removed_in);

create function note_search_change() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger search_entries_changed before update on search_entries for each row execute function note_search_change();

create function note_search_removal() returns trigger language plpgsql as $$
begin
  insert into search_removals (entry_no) select entry_no from gone;
  return null;
end $$;
create trigger search_entries_removed after delete on search_entries referencing old table as gone
  for each statement execute function note_search_removal();

-- All entries that hold the words, as packed numbers: always through the index. With many hits the planner would read every vector
-- instead, ten to twenty times as slow; and a bitmap that does not fit would look at every vector again.
create function search_hits(asked tsquery) returns bytea language sql stable
  set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  as $$ select string_agg(int4send(entry_no), '') from search_entries where tsv @@ asked $$;
create function search_title_hits(asked tsquery) returns bytea language sql stable
  set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  as $$ select string_agg(int4send(entry_no), '') from search_entries where title_tsv @@ asked $$;
create function search_titles_found(asked tsquery) returns setof integer language sql stable
  set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  as $$ select entry_no from search_entries where title_tsv @@ asked $$;
create function search_found(asked tsquery) returns setof integer language sql stable
  set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  as $$ select entry_no from search_entries where tsv @@ asked $$;
