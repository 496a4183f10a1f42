// The frame: navigation on narrow screens, "/" for the search, dialogs, menus, long cells.

const body = document.body;

function setNavigation(open) {
  body.classList.toggle("nav-open", open);
  const toggle = document.querySelector("[data-nav-toggle]");
  if (toggle) toggle.setAttribute("aria-expanded", String(open));
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "Escape") {
    setNavigation(false);
    document.querySelectorAll("details.topbar-who[open]").forEach((menu) => menu.removeAttribute("open"));
  }
});

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.closest("[data-nav-toggle]")) return setNavigation(!body.classList.contains("nav-open"));
  if (!target.closest(".sidenav")) setNavigation(false);
  if (!target.closest(".topbar-who")) document.querySelectorAll("details.topbar-who[open]").forEach((menu) => menu.removeAttribute("open"));
  if (target.closest("[data-back]")) history.back();
  if (target.closest("[data-print]")) window.print();
  const opener = target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (target.matches("dialog.sheet") && target.id !== "login-sheet") target.close();
  const cell = target.closest(".clamp");
  if (cell && !target.closest("a, button") && !String(window.getSelection())) cell.classList.toggle("is-open");
});

// An answer that lands in the dialog opens it; an empty one closes it.
document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = document.getElementById("dialog");
  if (event.detail.target !== dialog) return;
  if (!dialog.innerHTML.trim()) return dialog.close();
  if (!dialog.open) dialog.showModal();
});

// A table wider than the screen must be reachable by keyboard too.
function reachable(root) {
  root.querySelectorAll(".table-wrap:not([tabindex])").forEach((wrap) => {
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    if (!wrap.hasAttribute("aria-label")) wrap.setAttribute("aria-label", document.querySelector("h1")?.textContent.trim() || "表格");
  });
}

// On a telephone a long filter would fill the first screen: what nobody chose waits behind a button.
const ALWAYS_SHOWN = 3;
const chosen = (box) => [...box.querySelectorAll("input, select")].some((field) => (/^(checkbox|radio)$/.test(field.type) ? field.checked : field.value));

function folded(form) {
  const spare = [...form.querySelectorAll(":scope > div")].slice(ALWAYS_SHOWN).filter((box) => !chosen(box));
  if (spare.length < ALWAYS_SHOWN || form.querySelector(".filters-more")) return;
  spare.forEach((box) => box.classList.add("filters-spare"));
  const more = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet filters-more" });
  const tell = (open) => {
    form.classList.toggle("filters-open", open);
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "收起条件" : `更多条件（${spare.length}）`;
  };
  more.addEventListener("click", () => tell(!form.classList.contains("filters-open")));
  tell(false);
  form.querySelector(":scope > button[type=submit]")?.before(more);
}

function prepared(root) {
  reachable(root);
  root.querySelectorAll("form.filters").forEach(folded);
}

prepared(document);
document.addEventListener("htmx:load", (event) => prepared(event.detail.elt));
