-- module: publications
-- Editions with the facts that a register of documents is kept by, drafts (sealed_at null) included. Whoever shows them asks the
-- gate: public_from and public_until are those of the edition. text_mark tells whether a text is still the one that was read.
create view document_editions as
  select p.id as publication_id, p.public_id, p.site_id, p.organ_id, p.kind, p.archive, p.left_how, p.first_public_at,
    p.source_published_on, e.id as edition_id, e.number, e.sealed_at, e.title, e.doc_no, e.genre, e.issuers,
    e.fields ->> 'unifiedNo' as unified_no, e.signed_on, e.effective_from, e.valid_until, e.public_from, e.public_until,
    md5(e.title || e.body_html) as text_mark
  from publications p join editions e on e.publication_id = p.id;

-- What sealed editions do to publications, from which day, and while they themselves are public.
create view document_effects as
  select w.publication_id, f.type, f.effective_from, e.publication_id as by_publication_id, e.public_from, e.public_until
  from effects f join works w on w.id = f.work_id join editions e on e.id = f.edition_id
  where w.publication_id is not null and e.sealed_at is not null;
