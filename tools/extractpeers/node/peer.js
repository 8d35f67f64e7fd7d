// Readability.js on jsdom over pages, one a line on standard input: {"id", "file", "base"}, the file a page in UTF-8.
// A line out is {"id", "html"}, or {"id", "error"}.
"use strict";
const fs = require("fs");
const readline = require("readline");
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

const quiet = new VirtualConsole(); // style sheets that jsdom cannot read are not what is measured

function read({ id, file, base }) {
  let dom;
  try {
    dom = new JSDOM(fs.readFileSync(file, "utf8"), { url: base, virtualConsole: quiet });
    const article = new Readability(dom.window.document).parse();
    return { id, html: (article && article.content) || "" };
  } catch (e) {
    return { id, error: String(e) };
  } finally {
    if (dom) dom.window.close();
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(read(JSON.parse(line))) + "\n");
});
