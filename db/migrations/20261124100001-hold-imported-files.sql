-- module: files
-- Imported attachments and originals stay closed to the public until somebody has looked through them for personal data (S-PII).
alter table files add column held boolean not null default false;
-- It came with an import: a page of an old site handed it out.
alter table files add column imported boolean not null default false;
-- The same bytes are stored once, also when several pages of an old site carry them.
create index files_sha256 on files (sha256, site_id) where state = 'checked';
