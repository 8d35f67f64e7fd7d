"""trafilatura over pages, one a line on standard input: {"id", "file", "base"}, the file a page as it was fetched, since trafilatura decodes.

A line out is {"id", "text"}, or {"id", "error"}. With --metadata it reads title, authors and dates as well, which costs it more; "text" is then its JSON.
"""
import json
import logging
import sys

import trafilatura

logging.disable(logging.CRITICAL)  # pages without an article are counted by their answers
options = {"include_comments": False}
if sys.argv[1:] == ["--metadata"]:
    options |= {"with_metadata": True, "output_format": "json"}
for line in sys.stdin:
    page = json.loads(line)
    answer = {"id": page["id"]}
    try:
        with open(page["file"], "rb") as f:
            answer["text"] = trafilatura.extract(f.read(), url=page["base"], **options) or ""
    except Exception as e:  # a peer that fails on one page goes on with the next
        answer["error"] = repr(e)
    print(json.dumps(answer), flush=True)
