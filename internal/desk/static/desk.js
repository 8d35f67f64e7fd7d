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

// Who said it: n and p go from statement to statement, w opens the field with those who may have said it, Enter takes the one that is lit.
const said = [...document.querySelectorAll("[data-said]")];
const typing = (t) => t.closest("input, textarea, select, [contenteditable]");
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || !said.length || typing(e.target)) return;
  const here = said.indexOf(e.target.closest("[data-said]"));
  if (e.key === "n" || e.key === "p") {
    const there = said[here < 0 ? (e.key === "n" ? 0 : said.length - 1) : here + (e.key === "n" ? 1 : -1)];
    if (!there) return;
    e.preventDefault();
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "center" });
  } else if (e.key === "w" && here >= 0) {
    e.preventDefault();
    const box = said[here].querySelector("details.sayer");
    box.open = true;
    box.querySelector("input[name=who]").focus();
  }
});
for (const item of said) {
  item.addEventListener("click", (e) => {
    if (!e.target.closest("a, button, summary, input, label, li li")) item.focus({ preventScroll: true });
  });
}

for (const form of document.querySelectorAll("form[data-who]")) {
  const field = form.querySelector("input[name=who]"), chosen = form.querySelector("input[name=speaker]");
  const list = document.createElement("ul");
  list.id = field.id + "-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  field.parentElement.append(list);
  field.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) field.setAttribute(name, value);
  let options = [], lit = 0, asked = 0;

  const light = (i) => {
    if (!options.length) return;
    lit = (i + options.length) % options.length;
    [...list.children].forEach((li, k) => li.setAttribute("aria-selected", String(k === lit)));
    field.setAttribute("aria-activedescendant", list.children[lit].id);
    list.children[lit].scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    options = found;
    list.replaceChildren(...options.map((o, i) => {
      const li = Object.assign(document.createElement("li"), { id: `${list.id}-${i}`, textContent: o.name });
      li.setAttribute("role", "option");
      if (o.role) li.append(Object.assign(document.createElement("small"), { textContent: o.role }));
      li.addEventListener("pointerdown", (e) => {
        e.preventDefault();
        take(o);
      });
      return li;
    }));
    field.setAttribute("aria-expanded", String(options.length > 0));
    light(0);
  };
  const hide = () => show([]);
  const take = (o) => {
    chosen.value = o.id || "";
    field.value = o.typed || (o.id ? o.name : "");
    hide();
    form.requestSubmit(o.nobody ? form.querySelector("button[name=nobody]") : form.querySelector("button.main"));
  };
  const nobody = { name: work.dataset.nobody, nobody: true };
  const present = form.closest("[data-said]").querySelector(".voice .name");
  const inArticle = () => [...document.querySelectorAll("#speakers option")]
    .map((o) => ({ id: o.dataset.id, name: o.value, role: o.textContent }))
    .filter((o) => !present || o.name !== present.textContent);
  const look = async () => {
    const typed = field.value.trim(), turn = ++asked;
    chosen.value = "";
    if (!typed) return show([...inArticle(), nobody]);
    const answer = await fetch(`${work.dataset.find}?q=${encodeURIComponent(typed)}`).catch(() => null);
    const found = answer && answer.ok ? await answer.json() : [];
    if (turn !== asked || document.activeElement !== field) return;
    const known = found.some((o) => o.name.toLowerCase() === typed.toLowerCase());
    const none = work.dataset.nobody.toLowerCase().startsWith(typed.toLowerCase()) ? [nobody] : [];
    show([...found, ...none, ...(known ? [] : [{ name: typed, role: work.dataset.new, typed }]), ...(none.length ? [] : [nobody])]);
  };
  field.addEventListener("focus", look);
  field.addEventListener("input", look);
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      light(lit + (e.key === "ArrowDown" ? 1 : -1));
    } else if (e.key === "Enter" && options.length) {
      e.preventDefault();
      take(options[lit]);
    } else if (e.key === "Escape") {
      e.stopPropagation();
      form.closest("details").open = false;
      form.closest("[data-said]").focus();
    }
  });
}
