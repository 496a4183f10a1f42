// Drafts of long forms: kept in this browser by form and person, brought back after a time-out, a refusal or an error,
// dropped once the office says that it has the record. Each tab keeps its own, so that a second tab never overwrites the first.

const KEEP_DAYS = 14;
const TAKEN = "drafts_taken"; // cookie of the office: marks of the forms that it took
const user = document.body.dataset.user || "";
const tab = tabName();

function tabName() {
  let name = sessionStorage.getItem("tab");
  if (!name) {
    name = Math.random().toString(36).slice(2, 10);
    sessionStorage.setItem("tab", name);
  }
  return name;
}

function stored() {
  const found = [];
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    if (!key.startsWith("draft|")) continue;
    try {
      found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
    } catch {
      localStorage.removeItem(key);
    }
  }
  return found;
}

function put(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

const prefix = (form) => `draft|${user}|${form.dataset.draft}|`;
const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function controls(form) {
  return [...form.elements].filter((item) => item.name && !item.disabled && item.name !== "csrfmiddlewaretoken" && !/^(hidden|password|file|submit|button)$/.test(item.type));
}

function read(form) {
  const values = {};
  controls(form).forEach((item) => {
    values[item.name] ||= [];
    if (item.type === "checkbox" || item.type === "radio") {
      if (item.checked) values[item.name].push(item.value);
    } else if (item.multiple) values[item.name].push(...[...item.selectedOptions].map((option) => option.value));
    else values[item.name].push(item.value);
  });
  return values;
}

function write(form, values) {
  const taken = {};
  controls(form).forEach((item) => {
    const wanted = values[item.name];
    if (!wanted) return;
    if (item.type === "checkbox" || item.type === "radio") item.checked = wanted.includes(item.value);
    else if (item.multiple) [...item.options].forEach((option) => { option.selected = wanted.includes(option.value); });
    else {
      taken[item.name] = (taken[item.name] ?? -1) + 1;
      item.value = wanted[taken[item.name]] ?? "";
    }
  });
}

function tell(form, words) {
  const line = form.querySelector("[data-draft-line]");
  if (line) line.textContent = words;
}

// The mark of the text that was on the page when the writer began: restored with the draft, so that a colleague's later
// words are laid beside it instead of being overwritten.
const seen = (form) => form.elements.seen?.value || "";

function see(form, mark) {
  if (form.elements.seen && mark) form.elements.seen.value = mark;
}

function save(form) {
  const at = Date.now();
  const kept = put(prefix(form) + tab, { at, values: read(form), seen: seen(form), sent: "" });
  tell(form, kept ? `草稿已自动保存 ${clock(at)}` : "浏览器空间已满，草稿没有保存，请尽快提交。");
}

function offerUndo(form, before, mark, at) {
  const note = document.createElement("div");
  note.className = "notice";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `已恢复 ${new Date(at).toLocaleDateString("zh-CN")} ${clock(at)} 自动保存、尚未提交的内容。`;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-quiet";
  drop.textContent = "不要草稿，恢复原样";
  drop.addEventListener("click", () => {
    write(form, before);
    see(form, mark);
    stored().filter((draft) => draft.key.startsWith(prefix(form))).forEach((draft) => localStorage.removeItem(draft.key));
    note.remove();
  });
  note.append(words, drop);
  form.prepend(note);
}

function restore(form) {
  if ("bound" in form.dataset) return;
  const mine = stored().filter((draft) => draft.key.startsWith(prefix(form))).sort((a, b) => b.at - a.at);
  const latest = mine.find((draft) => draft.key.endsWith(`|${tab}`)) || mine[0];
  if (!latest) return;
  const before = read(form);
  if (JSON.stringify(before) === JSON.stringify(latest.values)) {
    localStorage.removeItem(latest.key);
    return;
  }
  const mark = seen(form);
  write(form, latest.values);
  see(form, latest.seen);
  offerUndo(form, before, mark, latest.at);
}

// A draft is dropped when the office names its mark. Whatever else comes back (a refusal, a mistake, the entrance, an
// error of the network), the draft stays.
function settle() {
  const taken = document.cookie.split("; ").find((pair) => pair.startsWith(`${TAKEN}=`));
  if (!taken) return;
  const marks = taken.slice(TAKEN.length + 1).split(".");
  stored().filter((draft) => marks.includes(draft.sent)).forEach((draft) => localStorage.removeItem(draft.key));
  document.cookie = `${TAKEN}=; path=/; max-age=0; samesite=lax`;
}

function sign(form) {
  let field = form.querySelector("input[name=draft_mark]");
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "draft_mark" });
    form.append(field);
  }
  field.value = Math.random().toString(36).slice(2, 12) + Date.now().toString(36);
  return field.value;
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "1";
  restore(form);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 700);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    put(prefix(form) + tab, { at: Date.now(), values: read(form), seen: seen(form), sent: sign(form) });
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) localStorage.removeItem(prefix(form) + tab);
    else save(form);
  });
}

settle();
stored().filter((draft) => Date.now() - draft.at > KEEP_DAYS * 86400000).forEach((draft) => localStorage.removeItem(draft.key));
document.querySelectorAll("form[data-draft]").forEach(watch);
document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt;
  if (root.matches?.("form[data-draft]")) watch(root);
  root.querySelectorAll?.("form[data-draft]").forEach(watch);
});
