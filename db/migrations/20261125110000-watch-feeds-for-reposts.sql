-- module: reposts
-- Where higher governments announce what they publish. Nothing is asked before an officer has entered an address.
create table repost_feeds (
  id uuid primary key,
  site_id uuid not null references sites,
  -- the higher government or organ, as reposts name their source
  name text not null,
  address text not null,
  -- feed: RSS, Atom, RDF, JSON Feed or the interface of another installation; list: a page with links and dates
  form text not null constraint repost_feeds_form_known check (form in ('feed', 'list')),
  -- CSS selector of a line of the list page
  item_selector text,
  -- why it is reposted: general guidance, our sector, our place
  scope text not null constraint repost_feeds_scope_known check (scope in ('general', 'sector', 'place')),
  -- one of these words in title or summary (none given: all pass), and none of those
  any_words text[] not null default '{}',
  none_words text[] not null default '{}',
  -- the column in which drafts of reposts begin
  column_id uuid references columns on delete set null,
  interval_minutes integer not null constraint repost_feeds_interval_range check (interval_minutes between 10 and 1440),
  -- members of staff who hear of proposals and failures
  told uuid[] not null default '{}',
  paused boolean not null default false,
  -- what came out more than a day before is not reproached
  watched_since timestamptz not null,
  next_at timestamptz not null,
  last_read_at timestamptz,
  etag text,
  last_modified text,
  -- null while it answers
  failing_since timestamptz,
  failures integer not null default 0,
  last_problem text,
  -- its keepers were told of this failure
  told_failing_at timestamptz,
  revision integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint repost_feeds_address_once unique (site_id, address),
  constraint repost_feeds_list_whole check ((form = 'list') = (item_selector is not null)),
  constraint repost_feeds_failing_whole check ((failing_since is null) = (last_problem is null))
);
create index repost_feeds_due on repost_feeds (next_at) where not paused;

-- Everything a feed has ever shown, once. What passes its filter is a proposal.
create table repost_entries (
  id uuid primary key,
  feed_id uuid not null references repost_feeds,
  site_id uuid not null references sites,
  -- fingerprint of what the feed calls it by, else of its address
  key text not null,
  link text not null,
  title text not null,
  summary text not null default '',
  doc_no text,
  -- as the feed states it: a moment, or only a day
  published_at timestamptz,
  published_on date,
  seen_at timestamptz not null,
  -- old: from before we watched; filtered: no word fits; double: another feed of the site brought it before
  state text not null constraint repost_entries_state_known
    check (state in ('old', 'filtered', 'double', 'open', 'drafted', 'published', 'placed', 'declined')),
  -- from when the 24 hours run, and why from then; null where nothing is owed
  started_at timestamptz,
  started_from text constraint repost_entries_started_known check (started_from in ('published', 'day', 'seen', 'future')),
  publication_id uuid references publications,
  reason text,
  decided_by text,
  decided_at timestamptz,
  constraint repost_entries_once unique (feed_id, key),
  constraint repost_entries_clock_whole check ((started_at is null) = (started_from is null)),
  constraint repost_entries_declined_says_why check (state <> 'declined' or reason is not null),
  constraint repost_entries_made check ((state in ('drafted', 'published', 'placed')) = (publication_id is not null))
);
create index repost_entries_of_site on repost_entries (site_id, state, started_at desc, id);
create index repost_entries_link on repost_entries (site_id, link);
create index repost_entries_drafted on repost_entries (publication_id) where state = 'drafted';
