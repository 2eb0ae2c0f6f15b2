-- module: publications
-- 依法删除个人信息: the only way by which a sealed text ever changes. One person asks, another confirms; what was to go is kept no
-- longer than until then. The log tells that it was done and commits to the text that remains.
create table erasures (
  id uuid primary key,
  publication_id uuid not null references publications,
  site_id uuid not null references sites,
  ground text not null,
  reason text not null,
  -- the words that go, as they stand there; null once they are gone, or stay
  passages text[],
  file_ids uuid[] not null default '{}',
  asked_by text not null,
  asked_by_id uuid not null,
  asked_at timestamptz not null,
  confirmed_by text,
  confirmed_by_id uuid,
  confirmed_at timestamptz,
  declined_at timestamptz,
  -- where the log tells it
  entry bigint constraint erasures_entry_unique unique,
  constraint erasures_two_persons check (confirmed_by_id is null or confirmed_by_id <> asked_by_id),
  constraint erasures_forgotten check (passages is null or (entry is null and declined_at is null))
);
create index erasures_publication on erasures (publication_id, asked_at);
create unique index erasures_one_open on erasures (publication_id) where entry is null and declined_at is null;
revoke delete on erasures from mingtang_app;
create function refuse_changing_done_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.entry is null and old.declined_at is null then return new; end if;
  raise exception 'what was erased, or was not, is never changed';
end $$;
create trigger erasures_kept before update or delete on erasures for each row execute function refuse_changing_done_erasure();

-- What the erasure leaf commits to: the fields as they read now.
create table edition_erasures (
  erasure_id uuid not null references erasures,
  edition_id uuid not null references editions,
  field text not null,
  -- null once the same field was erased again
  salt bytea,
  commitment bytea not null,
  primary key (erasure_id, edition_id, field),
  constraint edition_erasures_hashes check (octet_length(commitment) = 32 and octet_length(salt) = 32)
);
create index edition_erasures_edition on edition_erasures (edition_id);
revoke delete on edition_erasures from mingtang_app;
create function refuse_changing_erased_field() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.salt is null and (to_jsonb(new) - 'salt') is not distinct from (to_jsonb(old) - 'salt') then return new; end if;
  raise exception 'what the log commits to is never changed';
end $$;
create trigger edition_erasures_kept before update or delete on edition_erasures
  for each row execute function refuse_changing_erased_field();

-- True only within the functions below, which belong to the owner: the application can set the word but is not the owner,
-- and the owner by himself has not the word.
create function is_erasing() returns boolean language sql stable as
$$ select current_user <> 'mingtang_app' and coalesce(current_setting('mingtang.erasing', true), '') = 'by law' $$;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and is_erasing() then return new; end if;
  raise exception '% is append-only', tg_table_name;
end $$;

create or replace function refuse_changing_sealed_edition() returns trigger language plpgsql as $$
declare
  texts text[] := '{title,summary,keywords,source,author,theme,genre,doc_no,issuers,fields,body_html,change_note,digest}';
begin
  if tg_op = 'DELETE' then
    if old.sealed_at is not null then raise exception 'a sealed edition is never deleted'; end if;
    return old;
  end if;
  if old.sealed_at is null or (to_jsonb(new) - 'public_until') is not distinct from (to_jsonb(old) - 'public_until') then
    return new;
  end if;
  if is_erasing() and (to_jsonb(new) - texts) is not distinct from (to_jsonb(old) - texts) then return new; end if;
  raise exception 'a sealed edition is never changed';
end $$;

create or replace function refuse_changing_sealed_relation() returns trigger language plpgsql as $$
begin
  if not exists (select from editions e where e.id = old.edition_id and e.sealed_at is not null) then
    return coalesce(new, old);
  end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'work_id') is not distinct from (to_jsonb(old) - 'work_id') then
    return new;
  end if;
  if tg_op = 'UPDATE' and is_erasing() and (to_jsonb(new) - 'named') is not distinct from (to_jsonb(old) - 'named') then
    return new;
  end if;
  if tg_op = 'DELETE' and exists (select from works w where w.id = old.work_id and w.publication_id is null) then
    if exists (select from relations r where r.edition_id = old.edition_id and r.type = old.type and r.work_id <> old.work_id) then
      return old;
    end if;
  end if;
  raise exception 'what a sealed edition says is never changed';
end $$;

-- Writes the texts that remain, for an erasure that two persons have decided and that is not done yet. `mark` stands where words went.
create function erase_texts(erasure uuid, texts jsonb, mark text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  decided erasures;
  words text;
begin
  select * into decided from erasures where id = erasure for update;
  if decided.confirmed_by_id is null or decided.confirmed_by_id = decided.asked_by_id or decided.entry is not null then
    raise exception 'an erasure that two persons have not decided';
  end if;
  perform set_config('mingtang.erasing', 'by law', true);
  update editions e set title = r.title, summary = r.summary, keywords = r.keywords, source = r.source, author = r.author,
      theme = r.theme, genre = r.genre, doc_no = r.doc_no, issuers = r.issuers, fields = r.fields, body_html = r.body_html,
      change_note = r.change_note, digest = r.digest
    from jsonb_populate_recordset(null::editions, texts) r where e.id = r.id and e.publication_id = decided.publication_id;
  foreach words in array coalesce(decided.passages, '{}') loop
    update review_steps set opinion = replace(opinion, words, mark)
      where publication_id = decided.publication_id and position(words in opinion) > 0;
    update publishing_acts set reason = replace(reason, words, mark)
      where publication_id = decided.publication_id and position(words in reason) > 0;
    update clearances set opinion = replace(opinion, words, mark)
      where id in (select clearance_id from publishing_acts where publication_id = decided.publication_id) and position(words in opinion) > 0;
    update publications set left_reason = replace(left_reason, words, mark)
      where id = decided.publication_id and position(words in left_reason) > 0;
    update works set title = replace(title, words, mark)
      where publication_id = decided.publication_id and position(words in title) > 0;
    update links l set named = replace(named, words, mark) from editions e
      where e.id = l.edition_id and e.publication_id = decided.publication_id and position(words in named) > 0;
    update effects f set named = replace(named, words, mark) from editions e
      where e.id = f.edition_id and e.publication_id = decided.publication_id and position(words in named) > 0;
  end loop;
  perform set_config('mingtang.erasing', '', true);
end $$;
