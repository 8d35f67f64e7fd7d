-- What an editor is told of items beside their articles: pages that were asked for again in vain, and items that count as another's article.

-- An item that was taken and whose page was asked for again in vain, the last time. The article is as it was. No row: the last time went well,
-- or an editor has seen it.
CREATE TABLE item_failure (
	item    TEXT   PRIMARY KEY REFERENCES item (id),
	at      BIGINT NOT NULL,
	outcome TEXT   NOT NULL, -- a word
	why     TEXT   NOT NULL  -- in English
);

-- An item that is no article of its own, because its page is that of another item, and those that an editor parted again.
CREATE TABLE item_twin (
	item      TEXT   NOT NULL REFERENCES item (id),
	same_as   TEXT   NOT NULL REFERENCES item (id),
	reason    TEXT   NOT NULL, -- address, text
	at        BIGINT NOT NULL,
	parted_at BIGINT NOT NULL, -- 0: they count as one article
	parted_by TEXT   NOT NULL,
	PRIMARY KEY (item, same_as)
);
CREATE INDEX item_twin_same ON item_twin (same_as, at, item);
CREATE INDEX item_state ON item (outlet, state, seen_at, id);

-- Until now the item's own words told of which article it is a twin.
INSERT INTO item_twin (item, same_as, reason, at, parted_at, parted_by)
SELECT item.id, other.id,
       CASE WHEN item.canonical <> '' AND item.canonical <> item.link AND (other.link = item.canonical OR other.canonical = item.canonical) THEN 'address' ELSE 'text' END,
       item.seen_at, 0, ''
  FROM item
  JOIN item AS other ON other.url = substr(item.why, 21)
 WHERE item.state = 'twin' AND item.why LIKE 'the same article as %'
   AND other.id = (SELECT MIN(first.id) FROM item AS first WHERE first.url = other.url AND first.id <> item.id AND first.state <> 'twin');
