// A register's table import as a spreadsheet: cells are pasted straight from Excel or WPS. What is sent is the same text as from the
// plain box, which stays for browsers without scripts; the server checks it as before.

import { cellText, copiedCells, keepQuotes } from "./cells.js";

const setup = JSON.parse(document.getElementById("paste-setup").textContent);
const place = document.getElementById("paste-grid");
const box = document.getElementById("id_text");
const SPARE = 12;
const blank = () => setup.columns.map(() => "");
let sheet;

// A list shows only what it offers: a heading or a name in other words would stand as an empty cell, as if it were lost.
const others = (source, texts) => [...new Set(texts)].filter((text) => text && !source.includes(text));

function describe(column, place) {
  const base = { title: column.title, width: column.width, align: "left", wordWrap: true };
  if (!column.source.length) return { ...base, type: "text" };
  const source = ["", ...column.source];
  return { ...base, type: "dropdown", autocomplete: true, newOptions: true, source: [...source, ...others(source, setup.rows.map((row) => row[place]))] };
}

function roomFor(worksheet, pasted, x, y) {
  sheet.options.columns.slice(Number(x)).forEach(({ source }, place) => {
    if (source) source.push(...others(source, pasted.map((row) => cellText(row[place]?.value ?? row[place]))));
  });
  const wanted = Number(y) + pasted.length + 2 - sheet.options.data.length;
  if (wanted > 0) sheet.insertRow(wanted);
}

// Empty rows stay in their places, so that the sentences number the rows as the spreadsheet does.
function written() {
  const rows = sheet.options.data.map((row) => row.map(cellText));
  const last = rows.findLastIndex((row) => row.some((text) => text));
  return rows.slice(0, last + 1);
}

function build() {
  [sheet] = jspreadsheet(place, {
    parseFormulas: false,
    about: false,
    worksheets: [
      {
        data: [...setup.rows, ...Array.from({ length: SPARE }, blank)],
        columns: setup.columns.map(describe),
        tableOverflow: true,
        tableWidth: "100%",
        tableHeight: "420px",
        wordWrap: true,
        columnSorting: false,
        allowInsertColumn: false,
        allowDeleteColumn: false,
        allowRenameColumn: false,
        columnDrag: false,
        minDimensions: [setup.columns.length, SPARE],
      },
    ],
    contextMenu: () => [],
    onbeforepaste: roomFor,
    oncopy: copiedCells,
  });
  const scroll = place.querySelector(".jss_content");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "粘贴区");
}

build();
keepQuotes(sheet);
document.querySelector("[data-plain]").hidden = true;
box.form.addEventListener("submit", () => {
  box.value = written().map((row) => row.join("\t")).join("\n");
});
