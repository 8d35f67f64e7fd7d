-- Who said what: statements, the people and bodies that speak, and which statements are one.
-- The words for searching lie in 0006_said, which the two databases do not share.

CREATE TABLE speaker (
	id          TEXT   PRIMARY KEY,
	slug        TEXT   NOT NULL UNIQUE,
	kind        TEXT   NOT NULL, -- person, body; empty where it is not known
	home        TEXT   NOT NULL, -- the language the name comes from; empty where it is not known
	merged_into TEXT   REFERENCES speaker (id),
	said        BIGINT NOT NULL, -- how many statements that stand
	created_at  BIGINT NOT NULL,
	changed_at  BIGINT NOT NULL
);
CREATE INDEX speaker_merged ON speaker (merged_into);

CREATE TABLE speaker_name (
	id       TEXT   PRIMARY KEY,
	speaker  TEXT   NOT NULL REFERENCES speaker (id),
	lang     TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	name_key TEXT   NOT NULL, -- consonants after transliteration: alike in every script
	last_key TEXT   NOT NULL, -- of its last word
	sought   TEXT   NOT NULL, -- its words without accents and capitals, and their keys
	source   TEXT   NOT NULL, -- article, glossary, editor, alias
	by_whom  TEXT   NOT NULL,
	first_at BIGINT NOT NULL,
	last_at  BIGINT NOT NULL,
	seen     BIGINT NOT NULL, -- in how many articles
	UNIQUE (speaker, lang, name)
);
CREATE INDEX speaker_name_key ON speaker_name (name_key);
CREATE INDEX speaker_name_last ON speaker_name (last_key);

CREATE TABLE role (
	id       TEXT   PRIMARY KEY,
	speaker  TEXT   NOT NULL REFERENCES speaker (id),
	lang     TEXT   NOT NULL,
	role     TEXT   NOT NULL,
	folded   TEXT   NOT NULL,
	source   TEXT   NOT NULL,
	by_whom  TEXT   NOT NULL,
	first_at BIGINT NOT NULL,
	last_at  BIGINT NOT NULL,
	UNIQUE (speaker, lang, folded)
);
CREATE INDEX role_folded ON role (folded, source);

CREATE TABLE statement (
	id             TEXT   PRIMARY KEY,
	no             BIGINT NOT NULL UNIQUE, -- ascending with at: the order of all lists
	original       TEXT   NOT NULL REFERENCES original (id), -- the newest reading that has it
	item           TEXT   NOT NULL REFERENCES item (id),
	outlet         TEXT   NOT NULL REFERENCES outlet (id),
	lang           TEXT   NOT NULL,
	n              BIGINT NOT NULL, -- order in the original
	kind           TEXT   NOT NULL,
	block          BIGINT NOT NULL, -- -1 the deck, -2 the title
	block_key      TEXT   NOT NULL,
	span_start     BIGINT NOT NULL,
	span_end       BIGINT NOT NULL,
	words          TEXT   NOT NULL,
	pieces         TEXT   NOT NULL, -- JSON
	name           TEXT   NOT NULL, -- of the speaker, as the article has it
	mention        TEXT   NOT NULL,
	mention_start  BIGINT NOT NULL,
	mention_end    BIGINT NOT NULL,
	role           TEXT   NOT NULL,
	state          TEXT   NOT NULL, -- named, resolved, inferred, unresolved; empty: nobody
	speaker        TEXT   REFERENCES speaker (id),
	cue            TEXT   NOT NULL, -- JSON; empty without one
	addressee      TEXT   NOT NULL,
	said_at        TEXT   NOT NULL, -- JSON; empty where the article does not say
	answers        TEXT   NOT NULL,
	first_lang     TEXT   NOT NULL,
	hops           TEXT   NOT NULL, -- JSON
	at             BIGINT NOT NULL, -- when it was said, as far as it is known
	story          TEXT   NOT NULL, -- the least identifier of the statements it is one with; empty if it is alone
	corrected_by   TEXT   NOT NULL, -- who set the speaker; empty for the machine
	corrected_at   BIGINT NOT NULL,
	gone_at        BIGINT NOT NULL, -- when the outlet took it out; 0: it stands
	created_at     BIGINT NOT NULL
);
CREATE INDEX statement_item ON statement (item, n);
CREATE INDEX statement_speaker ON statement (speaker, no);
CREATE INDEX statement_story ON statement (story, no);

-- Which originals were read for statements.
CREATE TABLE statement_reading (
	original TEXT   PRIMARY KEY REFERENCES original (id),
	found    BIGINT NOT NULL,
	at       BIGINT NOT NULL
);

-- Where a quotation stands in a translation of ours. Kept for an article's newest and its public revision.
CREATE TABLE statement_place (
	article    TEXT   NOT NULL REFERENCES article (id),
	revision   BIGINT NOT NULL,
	statement  TEXT   NOT NULL REFERENCES statement (id),
	lang       TEXT   NOT NULL,
	block      BIGINT NOT NULL,
	span_start BIGINT NOT NULL,
	span_end   BIGINT NOT NULL,
	words      TEXT   NOT NULL,
	PRIMARY KEY (article, revision, statement)
);
CREATE INDEX statement_place_statement ON statement_place (statement);

-- Words of a statement in another language, made to compare it.
CREATE TABLE statement_translation (
	statement TEXT   NOT NULL REFERENCES statement (id),
	lang      TEXT   NOT NULL,
	source    TEXT   NOT NULL, -- the words that were translated
	words     TEXT   NOT NULL,
	at        BIGINT NOT NULL,
	PRIMARY KEY (statement, lang)
);

CREATE TABLE statement_link (
	a       TEXT   NOT NULL REFERENCES statement (id), -- the lesser identifier
	b       TEXT   NOT NULL REFERENCES statement (id),
	score   DOUBLE PRECISION NOT NULL,
	why     TEXT   NOT NULL,
	state   TEXT   NOT NULL, -- linked, perhaps: the machine's; confirmed, cut: a person's
	by_whom TEXT   NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (a, b)
);
CREATE INDEX statement_link_b ON statement_link (b);
CREATE INDEX statement_link_state ON statement_link (state, at);

-- What people decided about statements and speakers. Only ever added, and marked when it is undone.
CREATE TABLE statement_event (
	id        TEXT   PRIMARY KEY,
	what      TEXT   NOT NULL, -- speaker, confirm, cut, merge, split, name, role
	statement TEXT   REFERENCES statement (id),
	other     TEXT   REFERENCES statement (id),
	speaker   TEXT   REFERENCES speaker (id),
	learned   TEXT   NOT NULL,
	before    TEXT   NOT NULL, -- JSON: what undoing needs
	by_whom   TEXT   NOT NULL,
	at        BIGINT NOT NULL,
	undone_by TEXT   NOT NULL,
	undone_at BIGINT NOT NULL
);
CREATE INDEX statement_event_statement ON statement_event (statement, at);
CREATE INDEX statement_event_other ON statement_event (other, at);
CREATE INDEX statement_event_speaker ON statement_event (speaker, at);
