-- module: publications
-- Every state of a draft that was saved, with who, when and how. Nothing is taken away; two changes are allowed: an autosave that goes
-- on where the same person's autosave of a moment ago stopped, and personal data that is masked (the text goes to the closed zone).
create table draft_revisions (
  id uuid primary key,
  publication_id uuid not null references publications,
  -- no foreign key: a draft may be thrown away, the track of its text stays
  edition_id uuid not null,
  edition_number integer not null,
  number integer not null,
  -- the draft's own revision; null for a text that never became the draft
  revision integer,
  way text not null constraint draft_revisions_way_known
    check (way in ('begun', 'typed', 'section', 'autosave', 'taken-over', 'from-docx', 'restored', 'masked')),
  title text not null,
  body_html text not null,
  fields jsonb not null,
  saved_by text not null,
  saved_by_id text,
  -- when this revision was begun; an autosave goes on for a while
  begun_at timestamptz not null,
  saved_at timestamptz not null,
  maskings integer not null default 0,
  constraint draft_revisions_number_once unique (edition_id, number)
);
create index draft_revisions_of on draft_revisions (publication_id, saved_at);
revoke delete on draft_revisions from mingtang_app;

create function refuse_revision_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a revision of a draft is never deleted' using errcode = 'restrict_violation';
  end if;
  if (new.id, new.publication_id, new.edition_id, new.edition_number, new.number, new.way, new.begun_at)
      is distinct from (old.id, old.publication_id, old.edition_id, old.edition_number, old.number, old.way, old.begun_at)
    or new.saved_by_id is distinct from old.saved_by_id then
    raise exception 'who saved a revision, when and how is never changed' using errcode = 'restrict_violation';
  end if;
  if new.maskings > old.maskings and new.revision is not distinct from old.revision and new.saved_at = old.saved_at then
    return new;
  end if;
  if old.way = 'autosave' and new.maskings = old.maskings and new.saved_at >= old.saved_at then
    return new;
  end if;
  raise exception 'a revision of a draft is never changed' using errcode = 'restrict_violation';
end $$;
create trigger refuse_revision_change before update or delete on draft_revisions
  for each row execute function refuse_revision_change();

-- Who writes in which part of a draft now. A lock without a sign of life for 90 seconds is none.
create table section_locks (
  publication_id uuid not null references publications,
  section text not null,
  staff_id text not null,
  staff_name text not null,
  taken_at timestamptz not null,
  beat_at timestamptz not null,
  primary key (publication_id, section)
);
