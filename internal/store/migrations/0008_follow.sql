-- A feed that is followed through its hub as well (WebSub). The row outlives the subscription, so that a hub that goes on sending is told
-- that it ended.
CREATE TABLE hub_subscription (
	id          TEXT   PRIMARY KEY,
	feed        TEXT   NOT NULL, -- which may be gone
	hub         TEXT   NOT NULL,
	topic       TEXT   NOT NULL,
	base        TEXT   NOT NULL, -- our own address that the hub was given
	callback    TEXT   NOT NULL UNIQUE, -- what nobody can guess of the address that the hub calls
	secret      TEXT   NOT NULL,
	state       TEXT   NOT NULL,
	why         TEXT   NOT NULL,
	asked_at    BIGINT NOT NULL,
	verified_at BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	next_at     BIGINT NOT NULL, -- when the hub is asked next; 0: not at all
	fails       BIGINT NOT NULL,
	pushed_at   BIGINT NOT NULL,
	pushes      BIGINT NOT NULL,
	refused     BIGINT NOT NULL,
	proofs      BIGINT NOT NULL,
	misses      BIGINT NOT NULL,
	created_at  BIGINT NOT NULL
);
CREATE INDEX hub_subscription_feed ON hub_subscription (feed, created_at, id);
CREATE INDEX hub_subscription_next ON hub_subscription (next_at);

-- What hubs delivered and nobody has read yet.
CREATE TABLE hub_delivery (
	id           TEXT   PRIMARY KEY,
	subscription TEXT   NOT NULL REFERENCES hub_subscription (id),
	at           BIGINT NOT NULL,
	type         TEXT   NOT NULL, -- media type, as the hub has it
	body         BYTEA  NOT NULL  -- gzip
);
CREATE INDEX hub_delivery_subscription ON hub_delivery (subscription, id);

-- Which addresses on a page of links are articles: a pattern, or empty for all that the selector finds.
ALTER TABLE list_rule ADD COLUMN pattern TEXT NOT NULL DEFAULT '';

-- What a server says in files about machine use: the TDM Reservation Protocol, and the licence documents that its robots.txt names.
CREATE TABLE origin (
	name     TEXT   PRIMARY KEY, -- "https://outlet.example"
	tdmrep   TEXT   NOT NULL,
	licences TEXT   NOT NULL, -- JSON: the addresses of licence documents and their texts
	read_at  BIGINT NOT NULL
);

-- What an outlet's machines were seen to say about the use of its texts.
CREATE TABLE outlet_signal (
	outlet   TEXT    NOT NULL REFERENCES outlet (id),
	place    TEXT    NOT NULL, -- header, page, feed, robots.txt, tdmrep.json, licence
	name     TEXT    NOT NULL,
	value    TEXT    NOT NULL,
	reserves BOOLEAN NOT NULL, -- it reserves machine use
	url      TEXT    NOT NULL, -- where it was seen last
	first_at BIGINT  NOT NULL,
	last_at  BIGINT  NOT NULL,
	PRIMARY KEY (outlet, place, name, value)
);
