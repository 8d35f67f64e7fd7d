// Copying an address and the system's own sheet for sharing. Without this script the page's mail link and its address remain.
"use strict";
for (const box of document.querySelectorAll("[data-share]")) {
  const { url, title, text, copied } = box.dataset;
  const say = box.querySelector("[role=status]");
  const copy = box.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy || url);
      say.textContent = copied;
    });
  }
  const sheet = box.querySelector("[data-sheet]");
  if (sheet && navigator.share) {
    sheet.hidden = false;
    sheet.addEventListener("click", () => navigator.share({ title, text, url }).catch(() => {}));
  }
}
