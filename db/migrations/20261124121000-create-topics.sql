-- module: topics
-- A topic (专题) gathers what is public about one matter; it holds no text of its own but a few words for orientation.
create table topics (
  id uuid primary key,
  site_id uuid not null references sites,
  -- stands in its address, so it stays once the topic was public
  key text not null constraint topics_key_form check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null,
  summary text not null,
  -- whom it is for: 残疾人, 个体工商户 …
  audience text[] not null default '{}',
  state text not null default 'draft' constraint topics_state_known check (state in ('draft', 'public', 'closed')),
  opened_at timestamptz,
  closed_at timestamptz,
  -- what readers are told of the end, such as where it goes on
  closing_note text not null default '',
  -- made by the browser when the form was opened, so that a double click makes one topic
  form_key uuid constraint topics_form_key_unique unique,
  -- one for the topic with its sections: the second of two officers is told
  revision integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint topics_key_unique unique (site_id, key),
  constraint topics_state_whole check (
    (state = 'draft' and opened_at is null and closed_at is null)
    or (state = 'public' and opened_at is not null and closed_at is null)
    or (state = 'closed' and opened_at is not null and closed_at is not null))
);
create index topics_public on topics (site_id, state, opened_at desc);

create table topic_sections (
  id uuid primary key,
  topic_id uuid not null references topics on delete cascade,
  position integer not null,
  title text not null,
  note text not null default '',
  -- the choices of a list, as in its address; null: only what was picked by hand
  rule jsonb,
  -- how many items are shown at once
  shown integer not null default 8 constraint topic_sections_shown_range check (shown between 1 and 50)
);
create index topic_sections_topic on topic_sections (topic_id, position);

-- Picked by hand: shown first in this order, or kept out although the rule would gather it.
create table topic_picks (
  section_id uuid not null references topic_sections on delete cascade,
  publication_id uuid not null references publications,
  excluded boolean not null default false,
  position integer not null,
  primary key (section_id, publication_id)
);
create index topic_picks_publication on topic_picks (publication_id);
