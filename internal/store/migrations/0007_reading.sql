-- How pages are read: an outlet's rule, what a reading says of itself, and which pages wait for a person's leave.

-- What to take and what to drop of an outlet's pages, as editors wrote it. Never updated: a newer row supersedes. Empty: no rule.
CREATE TABLE outlet_rule (
	outlet  TEXT   NOT NULL REFERENCES outlet (id),
	n       BIGINT NOT NULL, -- from 1
	rule    TEXT   NOT NULL,
	by_whom TEXT   NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (outlet, n)
);

-- Where each value of a reading was found, and what is doubtful.
CREATE TABLE original_report (
	original TEXT PRIMARY KEY REFERENCES original (id),
	report   TEXT NOT NULL -- JSON
);

-- A page that holds no whole article: nothing of it is translated until a person says so. What is whole has no row.
CREATE TABLE item_leave (
	item       TEXT   PRIMARY KEY REFERENCES item (id),
	report     TEXT   NOT NULL, -- JSON, of the reading that asks
	asked_at   BIGINT NOT NULL,
	decision   TEXT   NOT NULL, -- empty: it waits; given, refused
	by_whom    TEXT   NOT NULL,
	decided_at BIGINT NOT NULL
);
CREATE INDEX item_leave_waits ON item_leave (decision, asked_at, item);

-- The last reading of all kept pages of an outlet, and how far it is.
CREATE TABLE rereading (
	outlet     TEXT   PRIMARY KEY REFERENCES outlet (id),
	by_whom    TEXT   NOT NULL,
	started_at BIGINT NOT NULL,
	last_item  TEXT   NOT NULL, -- the last that was read; empty before the first
	items      BIGINT NOT NULL, -- how many there are to read
	done       BIGINT NOT NULL,
	changed    BIGINT NOT NULL, -- of these: read otherwise than before
	failed     BIGINT NOT NULL, -- of these: not read
	why        TEXT   NOT NULL, -- of the last failure
	ended_at   BIGINT NOT NULL  -- 0: it goes on
);
