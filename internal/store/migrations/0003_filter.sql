-- What of an outlet is taken: words, one to a line, as editors wrote them. An outlet without a row is taken whole.
CREATE TABLE outlet_filter (
	outlet     TEXT   PRIMARY KEY REFERENCES outlet (id),
	takes      TEXT   NOT NULL, -- only what has one of these; empty: all
	leaves     TEXT   NOT NULL, -- nothing that has one of these
	changed_at BIGINT NOT NULL
);
