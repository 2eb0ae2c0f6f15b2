-- module: intake
-- Keys by which the office system of an organ hands documents over. The key itself is nowhere: only its digest.
create table intake_tokens (
  id uuid primary key,
  organ_id uuid not null references organs,
  -- what the organ calls it: 县政府办协同办公系统
  name text not null,
  digest text not null constraint intake_tokens_digest_unique unique constraint intake_tokens_digest_form check (digest ~ '^[0-9a-f]{64}$'),
  -- its last characters, to tell one from another
  ending text not null,
  expires_on date not null,
  made_by text not null,
  made_by_id uuid,
  made_at timestamptz not null,
  last_used_at timestamptz,
  revoked_by text,
  revoked_at timestamptz,
  constraint intake_tokens_revoked_whole check ((revoked_by is null) = (revoked_at is null))
);
create index intake_tokens_of on intake_tokens (organ_id);

-- What came in, accepted or refused. An accepted one holds its idempotency key: what is sent twice is answered as the first time.
create table intake_calls (
  id uuid primary key,
  token_id uuid not null references intake_tokens,
  idempotency_key text not null,
  -- digest of what was sent, with its files
  content_digest text not null,
  title text not null,
  came_at timestamptz not null,
  document_id uuid,
  answer jsonb,
  -- why not, as the caller was told
  refusal text,
  constraint intake_calls_outcome check ((answer is null) <> (refusal is null)),
  constraint intake_calls_accepted_whole check ((answer is null) = (document_id is null))
);
create unique index intake_calls_once on intake_calls (token_id, idempotency_key) where answer is not null;
create index intake_calls_newest on intake_calls (token_id, came_at desc, id desc);
revoke update on intake_calls from mingtang_app;
