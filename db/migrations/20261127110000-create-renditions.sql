-- module: renditions
-- The printed forms of editions: made from what is public, kept so that they are made once, thrown away and made again at any time.
-- One row an edition and format; the bytes lie in the storage. Without a key it waits to be made, or could not be.
create table renditions (
  edition_id uuid not null references editions,
  format text not null constraint renditions_format_known check (format in ('pdf', 'docx')),
  site_id uuid not null references sites,
  -- by which its page is found: public id and number of the edition
  public_id text not null,
  number integer not null,
  -- what it was made from: text, pictures, fonts and the version of the page
  recipe text constraint renditions_recipe_form check (recipe ~ '^[0-9a-f]{64}$'),
  storage_key text,
  sha256 text constraint renditions_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  size integer constraint renditions_size_positive check (size > 0),
  made_at timestamptz,
  -- why it could not be made, for those who look after the site
  problem text,
  tries integer not null default 0,
  tried_at timestamptz,
  constraint renditions_key primary key (edition_id, format),
  constraint renditions_whole check (num_nulls(recipe, storage_key, sha256, size, made_at) in (0, 5))
);

-- what waits, and what failed: few
create index renditions_waiting on renditions (tried_at) where storage_key is null;

-- whether an edition is known, without reading it
create index renditions_of_edition on renditions (public_id, number);
