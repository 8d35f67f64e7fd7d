-- The words of statements, by number, in small letters without accents; and, with zz before them, language, outlet, kind, speaker
-- and the languages in which readers see them.
CREATE TABLE said (
	no    BIGINT   PRIMARY KEY,
	words TSVECTOR NOT NULL
);
CREATE INDEX said_words ON said USING GIN (words);

-- Runs of words, names and numbers, hashed: what finds the same words elsewhere.
CREATE TABLE statement_gram (
	gram BIGINT NOT NULL,
	no   BIGINT NOT NULL,
	PRIMARY KEY (gram, no)
);
