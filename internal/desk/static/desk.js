// Keeps what is typed until it is saved, and moves by keyboard. Every page works without it.
"use strict";
const work = document.querySelector("[data-article]");
const area = (form) => form.querySelector("textarea");
// Saving tidies spaces and composes letters; a draft that differs in no more than that was saved.
const tidy = (s) => s.normalize("NFC").replace(/[ \n]+/g, " ").trim();

// What is typed is kept in this browser under article and place until the article says the same.
if (work && work.dataset.revision) {
  for (const form of document.querySelectorAll("form[data-edit]")) {
    const key = `draft:${work.dataset.article}:${form.dataset.edit}`;
    const box = area(form), say = form.querySelector("[role=status]"), saved = box.value;
    const kept = localStorage.getItem(key);
    if (kept !== null && tidy(kept) === tidy(saved)) localStorage.removeItem(key);
    else if (kept !== null) {
      box.value = kept;
      form.closest("details").open = true;
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: work.dataset.drop });
      drop.addEventListener("click", () => {
        box.value = saved;
        localStorage.removeItem(key);
        say.replaceChildren();
      });
      say.append(work.dataset.restored, " ", drop);
    }
    box.addEventListener("input", () => {
      if (box.value === saved) localStorage.removeItem(key);
      else localStorage.setItem(key, box.value);
    });
  }
}

// A sentence that is pointed at is lit in both languages.
const rowsBox = document.querySelector(".rows");
if (rowsBox) {
  rowsBox.addEventListener("pointerover", (e) => {
    for (const lit of rowsBox.querySelectorAll(".s.lit")) lit.classList.remove("lit");
    const sentence = e.target.closest(".s");
    const name = sentence && [...sentence.classList].find((c) => /^s-\d+$/.test(c));
    if (name) for (const part of sentence.closest(".row").querySelectorAll("." + name)) part.classList.add("lit");
  });
}

const rows = [...document.querySelectorAll(".row")];
function open(row) {
  const box = row.querySelector("details.edit");
  if (!box) return;
  box.open = true;
  row.scrollIntoView({ block: "center" });
  const text = box.querySelector("textarea");
  text.focus({ preventScroll: true });
}

document.addEventListener("keydown", (e) => {
  const box = e.target.closest("textarea");
  if (box && e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
    e.preventDefault();
    box.form.requestSubmit();
  } else if (e.altKey && (e.key === "ArrowDown" || e.key === "ArrowUp") && rows.length) {
    e.preventDefault();
    const here = rows.indexOf(e.target.closest(".row"));
    const there = rows[here < 0 ? 0 : here + (e.key === "ArrowDown" ? 1 : -1)];
    if (there) open(there);
  } else if (e.key === "Escape" && box) {
    const details = box.closest("details");
    if (details) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  }
});
