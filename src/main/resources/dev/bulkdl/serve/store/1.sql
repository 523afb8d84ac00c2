-- Schema 1. Never changed after a release; later versions add files of their own.
-- Times are milliseconds since 1970 (UTC), sizes are bytes, JSON columns hold what the API shows.

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'write', 'read')),
  root TEXT NOT NULL,
  password TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  last_seen INTEGER,
  quota TEXT NOT NULL DEFAULT '{}'
) STRICT;

-- What a user's deleted jobs have left on disk. The rest of the usage is in job_counts.
CREATE TABLE usage (
  user TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  kept_bytes INTEGER NOT NULL DEFAULT 0,
  kept_files INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  last_used INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user, last_used);

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_used INTEGER,
  expires INTEGER
) STRICT;
CREATE INDEX tokens_of_user ON tokens (user, created);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE idempotency (
  key TEXT NOT NULL,
  user TEXT NOT NULL,
  route TEXT NOT NULL,
  answer TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (user, key)
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (created);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  target TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;

-- Jobs in the states 'storing' and 'deleting' are shown to nobody; a start removes them.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('storing', 'queued', 'scheduled', 'running', 'pausing',
    'paused', 'waiting', 'done', 'done-with-failures', 'cancelled', 'deleting')),
  reason TEXT,
  since INTEGER NOT NULL,
  until INTEGER,
  hint TEXT,
  priority INTEGER NOT NULL DEFAULT 0,
  pos INTEGER NOT NULL,
  created INTEGER NOT NULL,
  started INTEGER,
  ended INTEGER,
  folder TEXT NOT NULL,
  limits TEXT NOT NULL DEFAULT '{}',
  schedule TEXT NOT NULL DEFAULT '{}',
  header TEXT NOT NULL DEFAULT '[]',
  rows INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX jobs_in_order ON jobs (pos, id);
CREATE INDEX jobs_of_owner ON jobs (owner, pos);
CREATE INDEX jobs_by_state ON jobs (state, pos);

-- One row of a job. Its URL, checksum and other cells are in the job's file of rows, at "offset".
-- Rows of a run that goes on are 'pending' here: what is in work is not written.
CREATE TABLE files (
  job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  row_no INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'completed', 'skipped', 'failed',
    'cancelled')),
  pos INTEGER NOT NULL,
  size INTEGER,
  done INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  reason TEXT,
  proof TEXT,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  offset INTEGER NOT NULL,
  ended INTEGER,
  PRIMARY KEY (job, row_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_state ON files (job, state, row_no);
CREATE INDEX files_to_do ON files (job, pos, row_no) WHERE state = 'pending';

-- Sums over files, changed in the same transactions. "bytes" is the sum of "done".
CREATE TABLE job_counts (
  job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (job, state)
) STRICT, WITHOUT ROWID;
