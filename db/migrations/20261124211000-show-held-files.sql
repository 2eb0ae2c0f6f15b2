-- module: files
-- Attachments that nobody has looked through for personal data yet (S-PII), by the edition that shows them.
create index files_held on files (id) where held;
create view held_files as
  select u.edition_id, f.id as file_id, f.public_id, f.name, u.title, f.size, f.media_type
  from files f join file_uses u on u.file_id = f.id and u.role = 'attachment'
  where f.held and f.state = 'checked';
