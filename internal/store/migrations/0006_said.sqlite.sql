-- The words of statements, by number, in small letters without accents; and, with zz before them, language, outlet, kind, speaker
-- and the languages in which readers see them.
CREATE VIRTUAL TABLE said USING fts5 (words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");

-- Runs of words, names and numbers, hashed: what finds the same words elsewhere.
CREATE TABLE statement_gram (
	gram BIGINT NOT NULL,
	no   BIGINT NOT NULL,
	PRIMARY KEY (gram, no)
) WITHOUT ROWID;
