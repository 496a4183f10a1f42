// Sections with figures inside: the text keeps marks like {{problems_found}}, the writer sees numbers that follow the ledger.
// The text area stays the form's field; without this module it can be edited as it is.

const source = document.getElementById("figures");
const figures = source ? JSON.parse(source.textContent) : {};
const MARK = /\{\{(\w+?)(:change)?\}\}/g;
let last = null; // the editor in which the cursor stood

function chip(key, change) {
  const node = document.createElement("span");
  node.className = "figure-chip";
  node.contentEditable = "false";
  node.dataset.mark = `{{${key}${change ? ":change" : ""}}}`;
  node.title = change ? `${figures[key].label}，与上季度比较，随台账更新` : `${figures[key].label}，随台账更新`;
  node.textContent = change ? figures[key].change : figures[key].value;
  return node;
}

function show(editor, text) {
  editor.replaceChildren();
  let at = 0;
  for (const found of text.matchAll(MARK)) {
    if (!figures[found[1]]) continue;
    editor.append(text.slice(at, found.index), chip(found[1], Boolean(found[2])));
    at = found.index + found[0].length;
  }
  editor.append(text.slice(at));
}

// What stands in the editor, as it is stored: chips as marks, blocks and breaks as lines. `spots` says which run of
// words begins where in it.
function walk(node, read) {
  node.childNodes.forEach((child, index) => {
    if (child.nodeType === Node.TEXT_NODE) {
      read.spots.push({ at: read.text.length, node: child });
      read.text += child.data;
    } else if (child.dataset?.mark) read.text += child.dataset.mark;
    else if (child.tagName === "BR") read.text += index === node.childNodes.length - 1 ? "" : "\n";
    else {
      if (read.text && !read.text.endsWith("\n")) read.text += "\n";
      walk(child, read);
    }
  });
  return read;
}

export function readEditor(editor) {
  return walk(editor, { text: "", spots: [] });
}

function keep(area, editor) {
  area.value = readEditor(editor).text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  count();
}

function paste(event) {
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  document.execCommand("insertText", false, text);
}

function mount(area) {
  const editor = document.createElement("div");
  editor.className = "figure-editor";
  editor.contentEditable = "true";
  editor.role = "textbox";
  editor.ariaMultiLine = "true";
  editor.id = `${area.id}_editor`;
  editor.setAttribute("aria-labelledby", `label_${area.name}`);
  show(editor, area.value);
  area.after(editor);
  area.classList.add("figure-source");
  editor.addEventListener("input", () => keep(area, editor));
  editor.addEventListener("paste", paste);
  editor.addEventListener("focus", () => { last = { area, editor }; });
  document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => editor.focus());
  return () => show(editor, area.value);
}

function insert(key, change) {
  const target = last || mounted[0];
  if (!target) return;
  target.editor.focus();
  const selection = getSelection();
  if (!target.editor.contains(selection.anchorNode)) selection.selectAllChildren(target.editor);
  if (!last) selection.collapseToEnd();
  const range = selection.getRangeAt(0);
  range.deleteContents();
  const node = chip(key, change);
  range.insertNode(node);
  range.setStartAfter(node);
  range.collapse(true);
  selection.removeAllRanges();
  selection.addRange(range);
  keep(target.area, target.editor);
}

function button(word, label, act) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "btn btn-link small";
  node.textContent = word;
  node.setAttribute("aria-label", label);
  node.addEventListener("mousedown", (event) => event.preventDefault());
  node.addEventListener("click", act);
  return node;
}

function offer(list) {
  Object.entries(figures).forEach(([key, figure]) => {
    const line = document.createElement("p");
    const name = document.createElement("span");
    line.dataset.key = key;
    name.textContent = `${figure.label} ${figure.value}`;
    line.append(name, button("插入", `插入${figure.label}`, () => insert(key, false)), button("变化", `插入${figure.label}的变化`, () => insert(key, true)));
    list.append(line);
  });
}

// Figures that no section uses yet stand back a little, so that a forgotten one is seen.
function count() {
  const text = areas.map((area) => area.value).join("\n");
  document.querySelectorAll("#figure-list [data-key]").forEach((line) => {
    line.classList.toggle("figure-unused", !text.includes(`{{${line.dataset.key}`));
  });
}

const areas = [...document.querySelectorAll("textarea[data-figures]")];
const renewals = areas.map(mount);
const mounted = areas.map((area) => ({ area, editor: document.getElementById(`${area.id}_editor`) }));
const list = document.getElementById("figure-list");
if (list) offer(list);
count();
// "不要草稿，恢复原样" writes into the text areas; what is seen follows them.
document.addEventListener("click", (event) => {
  if (event.target.closest("form[data-draft] > .notice button")) setTimeout(() => { renewals.forEach((renew) => renew()); count(); });
});
