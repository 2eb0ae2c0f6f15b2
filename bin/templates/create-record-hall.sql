-- module: record-hall
-- Why these facts are kept, and by which rule. Dates are plain days in Beijing, both included.
create table bamboo_slips (
  id uuid primary key,
  organ_id uuid not null references organs,
  title text not null constraint bamboo_slips_title_not_blank check (trim(title) <> ''),
  opens_on date not null,
  -- null: until further notice
  closes_on date,
  -- made by the browser when the form was opened, so that a double click adds one
  form_key uuid constraint bamboo_slips_form_key_unique unique,
  created_by text not null,
  created_at timestamptz not null,
  constraint bamboo_slips_days check (closes_on is null or opens_on <= closes_on)
);
create index bamboo_slips_organ on bamboo_slips (organ_id, opens_on desc, id desc);
