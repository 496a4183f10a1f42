// The ledger as a spreadsheet. What is in the sheet is compared with what the server last said; every difference, typed,
// pasted, undone or deleted, goes through one queue.

import { copiedCells, keepQuotes } from "./cells.js";
import { Marks } from "./grid_marks.js";
import { Queue } from "./grid_queue.js";

const setup = JSON.parse(document.getElementById("grid-setup").textContent);
const place = document.getElementById("grid");
const ID = 0; // the hidden first column: the row's id on the server, or a key of its own until it has one
const columns = setup.columns;
const at = new Map(columns.map((column, index) => [column.key, index + 1]));
const shadow = new Map(); // row id -> texts as the server knows them
const removed = new Map(); // rows taken off in this sitting, for undo
let sheet;

const token = () => document.body.getAttribute("hx-headers").match(/"X-CSRFToken":\s*"([^"]+)"/)[1];
const text = (value) => (value === null || value === undefined ? "" : String(value));
const tidy = (value) => text(value).replace(/\r\n?/g, "\n").trim();

const queue = new Queue({ key: `${setup.user}:${setup.ledger}`, urls: setup.urls, token, onAnswer: answered, onState: showState });
const marks = new Marks({
  list: document.querySelector("#bad-cells"),
  dialog: document.getElementById("conflict"),
  columns,
  locate,
  onChoice: (entry, value) => {
    const y = rowOf(entry.row);
    if (y < 0) return;
    shadow.get(String(entry.row))[entry.column] = text(entry.theirs);
    put(at.get(entry.column), y, value);
    queue.cells([{ key: String(entry.row), row: entry.row, temp: "", column: entry.column, base: text(entry.theirs), value }]);
  },
});

// --- building ---

async function load() {
  const rows = [];
  let after = 0;
  do {
    const response = await fetch(`${setup.urls.rows}?after=${after}`);
    if (!response.ok) throw new Error("rows");
    const page = await response.json();
    rows.push(...page.rows);
    after = page.next;
  } while (after);
  return rows;
}

function cells(row) {
  return [String(row.id), ...columns.map((column) => row.cells[column.key] || "")];
}

function build(rows) {
  rows.forEach((row) => shadow.set(String(row.id), { ...row.cells }));
  const spare = Array.from({ length: Math.max(20 - rows.length, 5) }, () => ["", ...columns.map(() => "")]);
  [sheet] = jspreadsheet(place, {
    parseFormulas: false,
    about: false,
    worksheets: [
      {
        data: [...rows.map(cells), ...spare],
        columns: [{ type: "hidden", width: 0 }, ...columns.map(describe)],
        freezeColumns: window.innerWidth > 900 ? 3 : 0,
        tableOverflow: true,
        tableWidth: "100%",
        tableHeight: `${Math.max(360, window.innerHeight - place.getBoundingClientRect().top - 90)}px`,
        wordWrap: true,
        columnSorting: false,
        allowInsertColumn: false,
        allowDeleteColumn: false,
        allowRenameColumn: false,
        rowDrag: false,
        columnDrag: false,
        allowInsertRow: true,
        allowManualInsertRow: true,
        allowDeleteRow: true,
        minDimensions: [columns.length + 1, 5],
      },
    ],
    contextMenu: menu,
    onbeforepaste: roomFor,
    oncopy: copiedCells,
    onafterchanges: noticed,
    onchange: noticed,
    onpaste: noticed,
    onundo: noticed,
    onredo: noticed,
    ondeleterow: noticed,
    oninsertrow: noticed,
  });
  rows.forEach((row) => {
    lock(row);
    marks.row(row);
  });
  const scroll = place.querySelector(".jss_content");
  scroll.tabIndex = 0; // reachable by keyboard, and named
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "工作台账表格");
  showState(queueState);
  marks.draw();
}

function describe(column) {
  const base = { title: column.title, width: column.width, align: "left", readOnly: column.readOnly, wordWrap: true };
  if (column.kind !== "dropdown") return { ...base, type: "text" };
  return { ...base, type: "dropdown", autocomplete: true, newOptions: false, source: ["", ...column.source] };
}

function menu(worksheet, x, y) {
  if (y === null || y === undefined) return [];
  const chosen = worksheet.getSelectedRows(true);
  const id = worksheet.options.data[y][ID];
  const items = [{ title: "删除所选行（可撤销）", onclick: () => removeRows(chosen.length ? chosen : [Number(y)]) }];
  if (/^\d+$/.test(id)) items.push({ title: "打开表单填写这一行", onclick: () => window.open(`/ledgers/rows/${id}/`) });
  return items;
}

// --- noticing what has changed ---

// Rows for a long paste are made at once: one by one, each would redraw the whole table.
function roomFor(worksheet, pasted, x, y) {
  const wanted = Number(y) + pasted.length + 5 - sheet.options.data.length;
  if (wanted > 0) sheet.insertRow(wanted);
}

let pending;
function noticed() {
  clearTimeout(pending);
  pending = setTimeout(compare, 60);
}

function compare() {
  const seen = new Set();
  const changes = [];
  sheet.options.data.forEach((row, y) => {
    const texts = columns.map((column, index) => tidy(row[index + 1]));
    if (!row[ID] && !texts.some((value, index) => value && !columns[index].readOnly)) return;
    if (!row[ID] || seen.has(row[ID])) row[ID] = crypto.randomUUID(); // a new row, or a copied one
    seen.add(row[ID]);
    const known = shadow.get(row[ID]) || {};
    columns.forEach((column, index) => {
      if (column.readOnly || texts[index] === tidy(known[column.key])) return;
      changes.push(changed(row[ID], column.key, text(known[column.key]), texts[index]));
      known[column.key] = texts[index];
    });
    shadow.set(row[ID], known);
  });
  queue.cells(changes);
  const gone = [...shadow.keys()].filter((key) => !seen.has(key) && /^\d+$/.test(key));
  gone.forEach((key) => {
    removed.set(key, shadow.get(key));
    shadow.delete(key);
    marks.forget(key);
  });
  queue.rows("remove", gone.map(Number));
  const back = [...seen].filter((key) => removed.has(key));
  back.forEach((key) => removed.delete(key));
  queue.rows("restore", back.map(Number));
  marks.draw();
}

function changed(key, column, base, value) {
  const known = /^\d+$/.test(key);
  return { key, row: known ? Number(key) : null, temp: known ? "" : key, column, base, value };
}

function removeRows(ys) {
  const numbers = [...ys].map(Number).sort((a, b) => b - a);
  numbers.forEach((y) => sheet.deleteRow(y, 1));
  noticed();
}

// --- hearing from the server ---

function answered(kind, answer) {
  if (kind === "remove") return refusedRemovals(answer.refused);
  const temps = new Map((answer.results || []).filter((one) => one.temp).map((one) => [one.temp, String(one.row)]));
  temps.forEach((id, temp) => adopt(temp, id));
  const typing = new Set(queue.jobs.map((job) => `${job.key}|${job.column}`));
  (answer.rows || []).forEach((row) => settle(row, typing));
  (answer.results || []).filter((one) => one.status === "refused").forEach(refused);
  marks.draw();
}

function adopt(temp, id) {
  const y = rowOf(temp);
  if (y >= 0) {
    sheet.options.data[y][ID] = id;
    places.set(id, y);
  }
  if (shadow.has(temp)) shadow.set(id, shadow.get(temp));
  shadow.delete(temp);
  queue.jobs.forEach((job) => {
    if (job.key === temp) Object.assign(job, { key: id, row: Number(id), temp: "" });
  });
}

// The server's reading of a row replaces the text on the screen, except where the clerk has already typed on.
function settle(row, typing) {
  const id = String(row.id);
  const y = rowOf(id);
  if (y < 0) return;
  const known = shadow.get(id) || {};
  columns.forEach((column) => {
    if (typing.has(`${id}|${column.key}`) || row.conflicts[column.key] || isEditing(at.get(column.key), y)) return;
    const fresh = text(row.cells[column.key]);
    if (tidy(sheet.options.data[y][at.get(column.key)]) !== tidy(known[column.key])) return;
    known[column.key] = fresh;
    put(at.get(column.key), y, fresh);
  });
  shadow.set(id, known);
  lock(row);
  marks.row(row);
}

function refused(result) {
  const id = String(result.row || result.temp);
  marks.bad.set(`${id}:${result.column}`, { row: id, column: result.column, message: result.message });
}

function refusedRemovals(list) {
  if (!list.length) return;
  window.alert(`${list.length}行没有删除：${list[0].message}`);
  window.location.reload();
}

function lock(row) {
  const y = rowOf(String(row.id));
  if (y < 0) return;
  columns.forEach((column) => {
    const cell = sheet.records[y][at.get(column.key)].element;
    const locked = column.readOnly || row.locked.includes(column.key);
    cell.classList.toggle("readonly", locked);
    cell.classList.toggle("cell-locked", row.locked.includes(column.key));
  });
}

// --- small things ---

// Where each row stands. Rows move when others are deleted, so a remembered place is checked before it is believed.
const places = new Map();
function rowOf(id) {
  const key = String(id);
  const known = places.get(key);
  if (known !== undefined && sheet.options.data[known]?.[ID] === key) return known;
  places.clear();
  sheet.options.data.forEach((row, y) => row[ID] && places.set(row[ID], y));
  return places.get(key) ?? -1;
}

// Straight into the sheet: the sheet's own way of setting a cell redraws the table each time and enters the undo list.
function put(x, y, value) {
  if (text(sheet.options.data[y][x]) === value) return;
  sheet.options.data[y][x] = value;
  sheet.records[y][x].element.textContent = value;
}

function isEditing(x, y) {
  return Boolean(sheet.edition && Number(sheet.edition[2]) === x && Number(sheet.edition[3]) === y);
}

function locate(id, column) {
  const y = rowOf(id);
  if (y < 0) return null;
  const x = at.get(column);
  const element = sheet.records[y][x].element;
  return { element, number: y + 1, select: () => { sheet.updateSelectionFromCoords(x, y, x, y); element.scrollIntoView({ block: "center", inline: "center" }); } };
}

let queueState = { waiting: 0 };
function showState(state) {
  queueState = state;
  const line = document.getElementById("grid-state");
  const clock = state.savedAt ? state.savedAt.toTimeString().slice(0, 5) : "";
  let words = clock ? `已保存 ${clock}` : "边填边存，无须点保存";
  if (state.failing) words = state.trouble || `已断网，${state.waiting}处待保存，恢复后自动保存`;
  else if (state.waiting) words = `正在保存，还有${state.waiting}处`;
  line.textContent = words;
  line.dataset.state = state.failing ? "failing" : state.waiting ? "saving" : "saved";
}

document.getElementById("grid-add").addEventListener("click", () => {
  sheet.insertRow(10);
  noticed();
});
document.getElementById("grid-undo").addEventListener("click", () => sheet.undo());

if (typeof jspreadsheet.setDictionary === "function") {
  jspreadsheet.setDictionary({ "Are you sure to delete the selected rows?": "确定删除所选的行吗？删除后可以撤销。" });
}

load()
  .then((rows) => {
    build(rows);
    keepQuotes(sheet);
    resume();
    place.dataset.ready = "true";
  })
  .catch(() => {
    place.textContent = "台账没有读出来，请检查网络后刷新页面。";
  });

// What an earlier sitting could not send is put back on the screen and sent now.
function resume() {
  queue.jobs.filter((job) => job.kind === "cell").forEach((job) => {
    let y = rowOf(job.key);
    if (y < 0) {
      y = sheet.options.data.findIndex((row) => row.every((value) => !value));
      if (y < 0) return;
      sheet.options.data[y][ID] = job.key;
      shadow.set(job.key, {});
    }
    put(at.get(job.column), y, job.value);
    shadow.get(job.key)[job.column] = job.value;
  });
  queue.start();
}
