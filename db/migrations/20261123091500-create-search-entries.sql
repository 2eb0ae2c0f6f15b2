-- module: search
-- What search reads: narrow, one row for each site that shows the edition. Visibility is not repeated here: every
-- query joins the edition and passes the one gate.
create table search_entries (
  site_id uuid not null references sites,
  edition_id uuid not null references editions,
  publication_id uuid not null references publications,
  organ_id uuid not null,
  kind text not null,
  theme text,
  year integer,
  sort_at timestamptz not null,
  -- weights: A title and number, B keywords, C summary and issuers, D body
  tsv tsvector not null,
  primary key (site_id, edition_id)
);
create index search_entries_words on search_entries using gin (tsv);
create index search_entries_newest on search_entries (site_id, sort_at desc);
create index search_entries_publication on search_entries (publication_id);

-- What other modules may ask of the words: which edition holds them, on which site.
create view search_words as select site_id, edition_id, tsv from search_entries;
