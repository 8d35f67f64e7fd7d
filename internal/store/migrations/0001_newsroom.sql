-- The newsroom: outlets and what they offer, articles and what was done to them, the people at the desk.
-- Identifiers are UUIDv7 as text, times UTC milliseconds, documents JSON. One text for SQLite and PostgreSQL.

CREATE TABLE outlet (
	id         TEXT   PRIMARY KEY,
	name       TEXT   NOT NULL UNIQUE,
	home       TEXT   NOT NULL,
	lang       TEXT   NOT NULL,
	site       TEXT   NOT NULL,
	targets    TEXT   NOT NULL, -- languages, with commas; empty: those the models allow
	created_at BIGINT NOT NULL
);
CREATE INDEX outlet_site ON outlet (site);

CREATE TABLE feed (
	id            TEXT    PRIMARY KEY,
	outlet        TEXT    NOT NULL REFERENCES outlet (id),
	url           TEXT    NOT NULL,
	kind          TEXT    NOT NULL,
	etag          TEXT    NOT NULL,
	last_modified TEXT    NOT NULL,
	next_at       BIGINT  NOT NULL,
	next_why      TEXT    NOT NULL,
	checked_at    BIGINT  NOT NULL,
	changed_at    BIGINT  NOT NULL,
	fails         BIGINT  NOT NULL,
	outcome       TEXT    NOT NULL,
	guid_policy   TEXT    NOT NULL,
	unconditional BIGINT  NOT NULL,
	stopped       BOOLEAN NOT NULL,
	every_ms      BIGINT  NOT NULL,
	moved_to      TEXT    NOT NULL,
	moved_seen    BIGINT  NOT NULL,
	moved_first   BIGINT  NOT NULL,
	UNIQUE (outlet, url)
);
CREATE INDEX feed_next ON feed (next_at);
CREATE INDEX feed_url ON feed (url);

-- A server we ask: paced by name, with its robots.txt as it was last read.
CREATE TABLE host (
	name          TEXT   PRIMARY KEY,
	asked_at      BIGINT NOT NULL,
	paused_until  BIGINT NOT NULL,
	robots        TEXT   NOT NULL,
	robots_status BIGINT NOT NULL,
	robots_at     BIGINT NOT NULL
);

-- Never updated: a new row supersedes.
CREATE TABLE terms (
	id         TEXT    PRIMARY KEY,
	outlet     TEXT    NOT NULL REFERENCES outlet (id),
	from_at    BIGINT  NOT NULL,
	basis      TEXT    NOT NULL,
	licence    TEXT    NOT NULL,
	translate  BOOLEAN NOT NULL,
	by_machine BOOLEAN NOT NULL,
	full_text  BOOLEAN NOT NULL,
	excerpt    BOOLEAN NOT NULL,
	images     BOOLEAN NOT NULL,
	credit     TEXT    NOT NULL,
	proof      TEXT    NOT NULL,
	by_whom    TEXT    NOT NULL
);
CREATE INDEX terms_outlet ON terms (outlet, from_at, id);

CREATE TABLE item (
	id           TEXT   PRIMARY KEY,
	outlet       TEXT   NOT NULL REFERENCES outlet (id),
	key          TEXT   NOT NULL,
	url          TEXT   NOT NULL,
	title        TEXT   NOT NULL,
	seen_at      BIGINT NOT NULL,
	state        TEXT   NOT NULL,
	why          TEXT   NOT NULL,
	tries        BIGINT NOT NULL,
	guid         TEXT   NOT NULL,
	link         TEXT   NOT NULL,
	canonical    TEXT   NOT NULL,
	published_at BIGINT NOT NULL,
	feed         TEXT   NOT NULL, -- the one it was first seen in; empty for an address given by hand
	seen_text    TEXT   NOT NULL, -- hash of what the feed said of it
	targets      TEXT   NOT NULL, -- languages asked for this item alone, with commas
	UNIQUE (outlet, key)
);
CREATE INDEX item_guid ON item (guid);
CREATE INDEX item_feed ON item (feed, seen_at);
CREATE INDEX item_link ON item (link);
CREATE INDEX item_canonical ON item (canonical);
CREATE INDEX item_url ON item (url);
CREATE INDEX item_seen ON item (outlet, seen_at, id);

-- Bytes as fetched, kept for disputes.
CREATE TABLE page (
	id      TEXT   PRIMARY KEY,
	item    TEXT   REFERENCES item (id), -- or
	feed    TEXT   REFERENCES feed (id),
	at      BIGINT NOT NULL,
	url     TEXT   NOT NULL, -- after redirects
	status  BIGINT NOT NULL,
	headers TEXT   NOT NULL, -- JSON
	sha256  TEXT   NOT NULL,
	body    BYTEA  NOT NULL  -- gzip
);
CREATE INDEX page_item ON page (item, at, id);
CREATE INDEX page_feed ON page (feed, at, id);

CREATE TABLE original (
	id    TEXT   PRIMARY KEY,
	item  TEXT   NOT NULL REFERENCES item (id),
	n     BIGINT NOT NULL,
	page  TEXT   NOT NULL REFERENCES page (id),
	url   TEXT   NOT NULL,
	lang  TEXT   NOT NULL,
	title TEXT   NOT NULL,
	doc   TEXT   NOT NULL,
	at    BIGINT NOT NULL,
	UNIQUE (item, n)
);

CREATE TABLE article (
	id           TEXT   PRIMARY KEY,
	item         TEXT   NOT NULL REFERENCES item (id),
	original     TEXT   NOT NULL REFERENCES original (id),
	outlet       TEXT   NOT NULL REFERENCES outlet (id),
	lang         TEXT   NOT NULL,
	state        TEXT   NOT NULL,
	slug         TEXT, -- null until it has been public
	title        TEXT   NOT NULL,
	revision     BIGINT NOT NULL,
	public       BIGINT NOT NULL,
	terms        TEXT   REFERENCES terms (id),
	published_at BIGINT NOT NULL,
	changed_at   BIGINT NOT NULL,
	moved_at     BIGINT NOT NULL,
	created_at   BIGINT NOT NULL,
	UNIQUE (item, lang),
	UNIQUE (lang, slug)
);
CREATE INDEX article_state ON article (state, lang, moved_at, id);
CREATE INDEX article_public ON article (lang, published_at, id);
CREATE INDEX article_outlet ON article (outlet, state);

CREATE TABLE editor (
	id         TEXT   PRIMARY KEY,
	name       TEXT   NOT NULL,
	login      TEXT   UNIQUE, -- the name folded; null once removed, so that the name may come again
	role       TEXT   NOT NULL,
	hash       TEXT   NOT NULL,
	created_at BIGINT NOT NULL,
	removed_at BIGINT NOT NULL
);

-- token is the SHA-256 of what the browser holds.
CREATE TABLE session (
	token      TEXT   PRIMARY KEY,
	editor     TEXT   NOT NULL REFERENCES editor (id),
	created_at BIGINT NOT NULL,
	until      BIGINT NOT NULL
);
CREATE INDEX session_until ON session (until);

CREATE TABLE revision (
	article TEXT   NOT NULL REFERENCES article (id),
	n       BIGINT NOT NULL,
	doc     TEXT   NOT NULL,
	by_whom TEXT   REFERENCES editor (id), -- null for the machine
	at      BIGINT NOT NULL,
	note    TEXT   NOT NULL,
	PRIMARY KEY (article, n)
);

CREATE TABLE engine (
	id        TEXT   PRIMARY KEY,
	name      TEXT   NOT NULL,
	pair      TEXT   NOT NULL,
	version   TEXT   NOT NULL,
	sha256    TEXT   NOT NULL,
	opened_at BIGINT NOT NULL,
	UNIQUE (name, pair, version, sha256)
);

CREATE TABLE segment (
	article      TEXT   NOT NULL REFERENCES article (id),
	n            BIGINT NOT NULL,
	block        BIGINT NOT NULL, -- -1 the deck, -2 the title
	part         BIGINT NOT NULL, -- 1 the text itself, 2 what a picture shows, 3 the title of a link, 4 a table's cell
	cell_row     BIGINT NOT NULL,
	cell_col     BIGINT NOT NULL,
	link         BIGINT NOT NULL,
	block_key    TEXT   NOT NULL,
	source       TEXT   NOT NULL,
	machine      TEXT   NOT NULL,
	final        TEXT   NOT NULL,
	engine       TEXT   REFERENCES engine (id),
	score        DOUBLE PRECISION NOT NULL,
	state        TEXT   NOT NULL,
	source_start BIGINT NOT NULL,
	source_end   BIGINT NOT NULL,
	target_start BIGINT NOT NULL,
	target_end   BIGINT NOT NULL,
	PRIMARY KEY (article, n)
);

CREATE TABLE flag (
	id           TEXT   PRIMARY KEY,
	article      TEXT   NOT NULL REFERENCES article (id),
	revision     BIGINT NOT NULL,
	n            BIGINT NOT NULL,
	rule         TEXT   NOT NULL,
	severity     BIGINT NOT NULL,
	block        BIGINT NOT NULL,
	span_start   BIGINT NOT NULL,
	span_end     BIGINT NOT NULL,
	source_start BIGINT NOT NULL,
	source_end   BIGINT NOT NULL,
	message      TEXT   NOT NULL,
	suggestion   TEXT   NOT NULL,
	origin       TEXT   NOT NULL, -- check, translate or newsroom: who had the doubt
	texts        TEXT   NOT NULL, -- hash of the rule and both texts: what a dismissal is remembered by
	dismissed_by TEXT   REFERENCES editor (id),
	dismissed_at BIGINT NOT NULL,
	why          TEXT   NOT NULL
);
CREATE INDEX flag_article ON flag (article, revision, n);

CREATE TABLE review (
	id       TEXT   PRIMARY KEY,
	article  TEXT   NOT NULL REFERENCES article (id),
	revision BIGINT NOT NULL,
	by_whom  TEXT   NOT NULL REFERENCES editor (id),
	at       BIGINT NOT NULL,
	decision TEXT   NOT NULL,
	note     TEXT   NOT NULL,
	seen     BIGINT NOT NULL,
	changed  BIGINT NOT NULL
);
CREATE INDEX review_article ON review (article, revision, at);

-- Only ever added.
CREATE TABLE event (
	id       TEXT   PRIMARY KEY,
	article  TEXT   NOT NULL REFERENCES article (id),
	revision BIGINT NOT NULL,
	what     TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	by_whom  TEXT   NOT NULL,
	why      TEXT   NOT NULL
);
CREATE INDEX event_article ON event (article, at, id);

CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- A picture kept for the pages that show it; its bytes lie in the media folder under its name.
CREATE TABLE media (
	sha256 TEXT   PRIMARY KEY,
	url    TEXT   NOT NULL,
	type   TEXT   NOT NULL,
	width  BIGINT NOT NULL,
	height BIGINT NOT NULL,
	size   BIGINT NOT NULL,
	at     BIGINT NOT NULL
);

-- Which pictures an article shows: the address in its document, and the copy.
CREATE TABLE article_media (
	article TEXT NOT NULL REFERENCES article (id),
	src     TEXT NOT NULL,
	sha256  TEXT NOT NULL REFERENCES media (sha256),
	PRIMARY KEY (article, src)
);
CREATE INDEX article_media_sha256 ON article_media (sha256);
