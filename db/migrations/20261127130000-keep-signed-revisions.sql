-- module: publications
-- What was signed is a revision of its own: number, day and issuers of the signature stand in it.
alter table draft_revisions drop constraint draft_revisions_way_known;
alter table draft_revisions add constraint draft_revisions_way_known
  check (way in ('begun', 'typed', 'section', 'autosave', 'taken-over', 'from-docx', 'restored', 'masked', 'signed'));
