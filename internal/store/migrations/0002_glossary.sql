-- What the editors settled about words: a glossary with names, and sentences that a person confirmed.

CREATE TABLE term (
	id            TEXT    PRIMARY KEY,
	kind          TEXT    NOT NULL, -- empty for a term; person, place, body for a name
	source_lang   TEXT    NOT NULL,
	target_lang   TEXT    NOT NULL, -- empty: every language
	source        TEXT    NOT NULL,
	target        TEXT    NOT NULL,
	rule          TEXT    NOT NULL,
	source_forms  TEXT    NOT NULL, -- parted by |
	target_forms  TEXT    NOT NULL,
	capitals      BOOLEAN NOT NULL, -- they matter
	home          TEXT    NOT NULL, -- of a name: the language it comes from
	note          TEXT    NOT NULL,
	folded        TEXT    NOT NULL, -- source in small letters: the order of the list
	sought        TEXT    NOT NULL, -- all of its words in small letters
	by_whom       TEXT    NOT NULL,
	changed_at    BIGINT  NOT NULL,
	UNIQUE (source_lang, target_lang, source, target)
);
CREATE INDEX term_folded ON term (folded, id);

-- The newest confirmed translation of each sentence. hash is the SHA-256 of the source, which may be longer than an index takes.
CREATE TABLE memory (
	id          TEXT   PRIMARY KEY, -- made anew whenever the row changes
	source_lang TEXT   NOT NULL,
	target_lang TEXT   NOT NULL,
	hash        TEXT   NOT NULL,
	source      TEXT   NOT NULL,
	target      TEXT   NOT NULL,
	article     TEXT   NOT NULL REFERENCES article (id),
	by_whom     TEXT   NOT NULL REFERENCES editor (id),
	at          BIGINT NOT NULL,
	UNIQUE (source_lang, target_lang, hash)
);
CREATE INDEX memory_pair ON memory (source_lang, target_lang, id);
CREATE INDEX memory_article ON memory (article);
