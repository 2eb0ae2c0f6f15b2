-- module: catalogue
-- Under which items an edition is to be published, chosen while it is written and at its review. It becomes a link when the edition
-- opens; an edition of which nothing is said here leaves the links as they are.
create table catalogue_filings (
  edition_id uuid primary key references editions on delete cascade,
  item_ids uuid[] not null,
  chosen_by text not null,
  chosen_at timestamptz not null,
  -- when the links were made; null: the edition has not opened yet
  settled_at timestamptz
);
