// Find a rule: boxes above the table of all rules that filter it as you type.
// Everything is read from the table itself. Without this script the whole table stays.
"use strict";

(() => {
  const table = document.querySelector("#find-a-rule table");
  if (!table) return;

  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const texts = (elements) => elements.map((each) => each.textContent.trim());
  const leading = (row, folder) =>
    [...row.querySelectorAll("a")].filter((link) => folder.test(link.getAttribute("href")));
  const links = (folder) => (row) => texts(leading(row, folder));
  const column = (head) => (row) =>
    row.cells[heads.indexOf(head)].textContent.split(";").map((part) => part.trim()).filter(Boolean);

  const CAUSE = /(?:causes|mimics)\/([^#]*)\.html$/;
  const idsOfCauses = (row) => leading(row, CAUSE).map((link) => CAUSE.exec(link.getAttribute("href"))[1]);

  // Each box: what it is called, what a row has of it, and whether it is chosen from a list or typed.
  const boxes = [
    { id: "text", label: "Any text", of: null },
    { id: "cause", label: "Cause or mimic", of: links(CAUSE) },
    { id: "question", label: "Question", of: links(/questions\//) },
    { id: "source", label: "Source", of: links(/(sources|article)\.html/) },
    { id: "grade", label: "Grade", of: column("Grade"), choose: true },
    { id: "level", label: "How soon", of: links(/urgency\.html/), choose: true },
    { id: "mark", label: "Mark", of: column("Marks"), choose: true },
  ];
  const plain = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();
  const known = rows.map((row) => {
    const of = boxes.filter((box) => box.of).map((box) => [box.id, box.of(row)]);
    return { row, text: plain(row.textContent), ids: idsOfCauses(row), ...Object.fromEntries(of) };
  });

  // --- The form, and what a screen reader is told.
  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const option = (value) => make("option", { value }, value);
  const form = make("form", { class: "find", role: "search", "aria-label": "Find a rule" });
  for (const box of boxes) {
    const values = box.of ? [...new Set(known.flatMap((each) => each[box.id]))].sort() : [];
    const id = `find-${box.id}`;
    if (box.choose) {
      box.field = make("select", { id }, make("option", { value: "" }, "any"), ...values.map(option));
    } else {
      box.field = make("input", { id, type: "search", autocomplete: "off", spellcheck: "false" });
    }
    form.append(make("div", {}, make("label", { for: id }, box.label), box.field));
    if (box.of && !box.choose) {
      box.field.setAttribute("list", `${id}-list`);
      form.append(make("datalist", { id: `${id}-list` }, ...values.map(option)));
    }
    box.values = new Set(values.map(plain));
  }
  const count = make("p", { role: "status", class: "find-count" });
  const clear = make("button", { type: "button" }, "Clear all");
  form.append(make("div", { class: "find-end" }, count, clear));
  table.parentElement.before(form);

  // On a narrow screen a row is a card: its cells say what they are, and stay cells for a screen reader.
  table.classList.add("cards");
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
  for (const row of table.rows) row.setAttribute("role", "row");
  for (const cell of table.tHead.rows[0].cells) cell.setAttribute("role", "columnheader");
  for (const row of rows) {
    [...row.cells].forEach((cell, at) => {
      cell.setAttribute("role", "cell");
      cell.dataset.head = heads[at];
    });
  }

  // --- Filtering. A value that is in the list is meant exactly; any other is looked for in the values.
  const fits = (each, box, wanted) => {
    if (!box.of) return wanted.split(" ").every((word) => each.text.includes(word));
    if (box.id === "cause" && each.ids.includes(wanted)) return true; // a cause goes by its id too
    const exact = box.choose || box.values.has(wanted);
    return each[box.id].some((value) => (exact ? plain(value) === wanted : plain(value).includes(wanted)));
  };
  const filter = () => {
    const wanted = boxes.map((box) => [box, plain(box.field.value)]).filter(([, value]) => value);
    let shown = 0;
    for (const each of known) {
      each.row.hidden = !wanted.every(([box, value]) => fits(each, box, value));
      if (!each.row.hidden) shown += 1;
    }
    clear.disabled = wanted.length === 0;
    count.textContent = `${shown} of ${rows.length} rules`;
  };

  // --- The state, in the address, so that it can be shared: #cause=Tumor&grade=measured
  const write = () => {
    const set = boxes.map((box) => [box.id, box.field.value.trim()]).filter(([, value]) => value);
    history.replaceState(null, "", `#${new URLSearchParams(set)}`);
  };
  const read = () => {
    const set = new URLSearchParams(location.hash.slice(1));
    for (const box of boxes) box.field.value = set.get(box.id) ?? "";
    filter();
  };
  form.addEventListener("input", () => { filter(); write(); });
  clear.addEventListener("click", () => {
    for (const box of boxes) box.field.value = "";
    filter();
    write();
    boxes[0].field.focus(); // the button is switched off now, and must not keep the focus
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", read);
  read();
})();
