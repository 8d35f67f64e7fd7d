-- What readers see of each statement, in one row a language: the lists of speakers, offices and stories are made of it.

ALTER TABLE statement_public ADD COLUMN no BIGINT NOT NULL DEFAULT 0;     -- of the statement
ALTER TABLE statement_public ADD COLUMN at BIGINT NOT NULL DEFAULT 0;     -- when it was said, as the published reading has it
ALTER TABLE statement_public ADD COLUMN outlet TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_public ADD COLUMN story TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_public ADD COLUMN said_in TEXT NOT NULL DEFAULT ''; -- the language of the outlet's text
ALTER TABLE statement_public ADD COLUMN name TEXT NOT NULL DEFAULT '';    -- of the speaker, as the published reading has it
ALTER TABLE statement_public ADD COLUMN role TEXT NOT NULL DEFAULT '';    -- folded

UPDATE statement_public
   SET no = (SELECT statement.no FROM statement WHERE statement.id = statement_public.statement),
       at = (SELECT statement.at FROM statement WHERE statement.id = statement_public.statement),
       outlet = (SELECT statement.outlet FROM statement WHERE statement.id = statement_public.statement),
       story = (SELECT statement.story FROM statement WHERE statement.id = statement_public.statement),
       said_in = (SELECT statement.lang FROM statement WHERE statement.id = statement_public.statement);

CREATE INDEX statement_public_no ON statement_public (lang, speaker, no);
CREATE INDEX statement_public_name ON statement_public (speaker, said_in, name);
CREATE INDEX statement_public_role ON statement_public (speaker, said_in, role, at);
CREATE INDEX statement_public_newest ON statement_public (lang, no) WHERE story <> '';
CREATE INDEX statement_public_story ON statement_public (lang, story, no) WHERE story <> '';

-- A merged speaker keeps its statements, and they are known as those of the one it was merged into: neither merging nor undoing it
-- moves a statement.

ALTER TABLE speaker ADD COLUMN known_as TEXT NOT NULL DEFAULT ''; -- itself, unless it was merged
UPDATE speaker
   SET known_as = COALESCE((WITH RECURSIVE up (id) AS (
                              SELECT speaker.id
                              UNION
                              SELECT merged.merged_into FROM up JOIN speaker merged ON merged.id = up.id WHERE merged.merged_into IS NOT NULL)
                            SELECT up.id FROM up JOIN speaker last ON last.id = up.id WHERE last.merged_into IS NULL), id);
CREATE INDEX speaker_known_as ON speaker (known_as);

-- An address is made of what readers know. One that begins with a hyphen is none yet: nothing of the speaker was ever public.

UPDATE speaker
   SET slug = '-' || id
 WHERE NOT EXISTS (SELECT 1
                     FROM speaker same
                     JOIN statement_place ON statement_place.speaker = same.id
                     JOIN article ON article.id = statement_place.article
                    WHERE same.known_as = speaker.known_as AND article.published_at > 0)
   AND NOT EXISTS (SELECT 1
                     FROM speaker same
                     JOIN statement ON statement.speaker = same.id
                     JOIN article ON article.item = statement.item
                    WHERE same.known_as = speaker.known_as AND article.published_at > 0);

-- What is brought up to date in parts after a change of the tables, and from which number down it is still to be done.
CREATE TABLE upkeep (
	name  TEXT   PRIMARY KEY,
	place BIGINT NOT NULL
);
INSERT INTO upkeep (name, place) SELECT 'said', MAX(no) + 1 FROM statement_public HAVING COUNT(*) > 0;
