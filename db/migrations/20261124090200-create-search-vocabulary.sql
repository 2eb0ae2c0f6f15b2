-- module: search
-- Words, and pairs of words, of the titles that readers of a site can see: for suggestions, for pinyin, and to find what was
-- meant by a wrong character. A copy that the worker keeps; nothing is decided by it.
create table search_vocabulary (
  site_id uuid not null references sites,
  term text not null,
  -- in how many titles
  documents integer not null,
  -- syllables without tones and blanks, and their first letters
  pinyin text not null,
  initials text not null,
  constraint search_vocabulary_pkey primary key (site_id, term)
);
create index search_vocabulary_term on search_vocabulary (site_id, term text_pattern_ops);
-- a word that differs in one character shares its beginning or its end
create index search_vocabulary_reversed on search_vocabulary (site_id, reverse(term) text_pattern_ops);
create index search_vocabulary_pinyin on search_vocabulary (site_id, pinyin text_pattern_ops);
create index search_vocabulary_initials on search_vocabulary (site_id, initials text_pattern_ops);

-- How far the worker has read; on another day it counts everything anew.
create table search_learning (
  learned boolean not null default true constraint search_learning_one_row primary key check (learned),
  last_entry integer not null,
  counted_on date not null
);
