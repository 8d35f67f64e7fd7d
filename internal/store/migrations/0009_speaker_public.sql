-- Which statements readers of a language see, and how many of each speaker: what the list of speakers is made of.

CREATE TABLE statement_public (
	statement TEXT NOT NULL REFERENCES statement (id),
	lang      TEXT NOT NULL, -- of the public article
	speaker   TEXT NOT NULL, -- empty: nobody is known
	PRIMARY KEY (statement, lang)
);

CREATE TABLE speaker_public (
	lang    TEXT   NOT NULL,
	speaker TEXT   NOT NULL REFERENCES speaker (id),
	said    BIGINT NOT NULL,
	PRIMARY KEY (lang, speaker)
);
CREATE INDEX speaker_public_said ON speaker_public (lang, said, speaker);

INSERT INTO statement_public (statement, lang, speaker)
SELECT DISTINCT statement.id, article.lang, COALESCE(statement.speaker, '')
  FROM article
  JOIN statement_place ON statement_place.article = article.id AND statement_place.revision = article.public
  JOIN statement ON statement.id = statement_place.statement
 WHERE article.state IN ('published', 'corrected') AND statement.gone_at = 0;

INSERT INTO speaker_public (lang, speaker, said)
SELECT lang, speaker, COUNT(*) FROM statement_public WHERE speaker <> '' GROUP BY lang, speaker;
