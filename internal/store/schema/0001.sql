-- The record, version 1. Times are RFC 3339 in UTC; spans are half-open ranges of code points of the text; hashes are SHA-256.

-- What was taken in, byte for byte, once each.
CREATE TABLE raw (
  hash  BLOB PRIMARY KEY,
  size  INTEGER NOT NULL, -- of the bytes, before compression
  bytes BLOB NOT NULL     -- zstd
) STRICT;

-- The versions of the reader that have read for this record: program and weights.
CREATE TABLE reader (
  id      INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE document (
  number     INTEGER PRIMARY KEY,                 -- D12 is number 12
  hash       BLOB NOT NULL,                       -- of the text
  url        TEXT,
  outlet     TEXT,
  title      TEXT,
  byline     TEXT,
  published  TEXT,
  language   TEXT,
  characters INTEGER NOT NULL,                    -- of the text
  origin     TEXT NOT NULL,                       -- where it was found first
  found      TEXT NOT NULL,                       -- and when
  media_type TEXT NOT NULL,                       -- as it was declared, empty if it was not
  given      TEXT NOT NULL,                       -- what the source told beside the bytes, a JSON object
  extra      TEXT NOT NULL,                       -- what else it told, by its own keys, a JSON object
  raw        BLOB NOT NULL REFERENCES raw (hash), -- what the text was made of
  version    INTEGER NOT NULL,                    -- from 1, of what stood at the url
  previous   INTEGER REFERENCES document (number),
  copy_of    INTEGER REFERENCES document (number),
  reader     INTEGER NOT NULL REFERENCES reader (id),
  report     BLOB NOT NULL                        -- the whole report, rapporteur/report@1, zstd
) STRICT;

CREATE INDEX document_by_hash ON document (hash);
CREATE INDEX document_by_url ON document (url, version) WHERE url IS NOT NULL;
CREATE INDEX document_by_day ON document (published) WHERE published IS NOT NULL;
CREATE INDEX document_by_reader ON document (reader);

-- What was read from a document: the columns that one searches and counts by. The report holds all of it.
CREATE TABLE actor (
  document INTEGER NOT NULL REFERENCES document (number),
  n        INTEGER NOT NULL, -- D12.A3 is n = 3 of document 12
  reader   INTEGER NOT NULL REFERENCES reader (id),
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  country  TEXT,
  sector   TEXT,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  document   INTEGER NOT NULL REFERENCES document (number),
  n          INTEGER NOT NULL, -- D12.S3 is n = 3 of document 12
  reader     INTEGER NOT NULL REFERENCES reader (id),
  type       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  stance     TEXT,
  actor      INTEGER,          -- n of the actor who speaks
  speaker    TEXT,             -- and its name
  cue        TEXT,
  content    TEXT NOT NULL,    -- the parts joined with " … "
  start      INTEGER NOT NULL, -- from the first character that belongs to it
  end        INTEGER NOT NULL, -- to the last
  confidence REAL NOT NULL,
  PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  document   INTEGER NOT NULL REFERENCES document (number),
  n          INTEGER NOT NULL, -- D12.E3 is n = 3 of document 12
  reader     INTEGER NOT NULL REFERENCES reader (id),
  type       TEXT NOT NULL,
  mode       TEXT,
  status     TEXT NOT NULL,
  source     TEXT NOT NULL,    -- the names of the actors, joined with "; "
  target     TEXT NOT NULL,
  trigger    TEXT NOT NULL,
  start      INTEGER NOT NULL, -- of the trigger
  end        INTEGER NOT NULL,
  date       TEXT,
  place      TEXT,
  country    TEXT,             -- of the place
  confidence REAL NOT NULL,
  PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_by_speaker ON statement (speaker);
CREATE INDEX event_by_type ON event (type);

-- Everything that was ever taken in, and what became of it: a document, or a failure with its reason.
CREATE TABLE source (
  key       BLOB PRIMARY KEY, -- of where it was found, its bytes, and what was told beside
  origin    TEXT NOT NULL,
  found     TEXT NOT NULL,    -- when it was taken in last
  document  INTEGER REFERENCES document (number),
  reason    TEXT,             -- why there is no document
  temporary INTEGER NOT NULL, -- 1: the reason may pass, the next run tries again
  watched   INTEGER NOT NULL, -- 1: it is of a feed, whose next poll tries again
  tries     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX source_by_origin ON source (origin);

-- What the program notes for itself: sketch, the version of the sketches (package near).
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Sampled hashes of the text, by which copies are found.
CREATE TABLE sketch (
  hash     INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES document (number),
  PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

-- The full text: of a document, a statement, an event; the row id tells which (package store, rowOf).
CREATE VIRTUAL TABLE words USING fts5 (
  body, who, outlet,
  content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE feed (
  url           TEXT PRIMARY KEY,
  title         TEXT,
  category      TEXT,
  home          TEXT,
  added         TEXT NOT NULL,
  etag          TEXT,
  last_modified TEXT,
  valid_for     TEXT,             -- the address that these two came with
  every         INTEGER NOT NULL, -- seconds between two polls that the feed asks for
  polled        TEXT,             -- last, whatever came of it
  next          TEXT,             -- not before
  failures      INTEGER NOT NULL, -- in a row
  reason        TEXT              -- of the last one
) STRICT, WITHOUT ROWID;

-- What people have decided of a row, by the words that it stands on, so that it outlives another reading.
CREATE TABLE decision (
  document INTEGER NOT NULL REFERENCES document (number),
  kind     TEXT NOT NULL, -- statement, event
  anchor   TEXT NOT NULL, -- what of the text the row says, see package store, anchor
  verdict  TEXT NOT NULL, -- right, wrong
  note     TEXT,
  decided  TEXT NOT NULL,
  PRIMARY KEY (document, kind, anchor)
) STRICT, WITHOUT ROWID;
