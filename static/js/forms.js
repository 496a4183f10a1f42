// Forms: sent once, warned before a loss, led to the first mistake.

const sent = new WeakSet();
const touched = new Set();

function lock(form, submitter) {
  sent.add(form);
  // After this turn, so that the pressed button's own name and value still travel.
  setTimeout(() => {
    form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => {
      if (button.disabled) return;
      button.dataset.locked = "1";
      button.setAttribute("aria-disabled", "true");
      if (button === submitter) {
        button.dataset.word = button.textContent;
        button.textContent = "正在办理…";
      }
    });
  });
}

export function unlock(form) {
  sent.delete(form);
  form.querySelectorAll("button[data-locked]").forEach((button) => {
    button.removeAttribute("aria-disabled");
    if (button.dataset.word) button.textContent = button.dataset.word;
    delete button.dataset.locked;
    delete button.dataset.word;
  });
}

// A button may need words in a field that its neighbour does not need: a return needs its reason.
function needed(submitter) {
  const field = submitter?.dataset.needs && document.getElementById(submitter.dataset.needs);
  return field && !field.value.trim() ? field : null;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const missing = needed(event.submitter);
  if (missing) {
    event.preventDefault();
    event.stopImmediatePropagation();
    missing.setCustomValidity("退回须写明理由，报送单位才知道怎样修改。");
    missing.reportValidity();
    missing.addEventListener("input", () => missing.setCustomValidity(""), { once: true });
    return;
  }
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  touched.delete(form);
  lock(form, event.submitter);
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) unlock(form);
});

// Back from the next page by the browser's own cache: the buttons must work again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(unlock);
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) touched.add(form);
});

window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});

function jump(link) {
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return false;
  const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
  (control || field).focus();
  field.scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-form-errors] a[href^='#']");
  if (link && jump(link)) event.preventDefault();
});

function showErrors(root) {
  root.querySelector("[data-form-errors]")?.focus();
}

document.addEventListener("htmx:afterSwap", (event) => showErrors(event.detail.target));
showErrors(document);

// One row more in a form of rows: the server's own blank row, with the next number.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  const name = button.dataset.addRow;
  const rows = document.querySelector(`[data-rows="${name}"]`);
  const total = document.querySelector(`[name="${name}-TOTAL_FORMS"]`);
  const most = document.querySelector(`[name="${name}-MAX_NUM_FORMS"]`);
  const blank = rows?.querySelector("template");
  const number = Number(total.value);
  if (!blank || number >= Number(most.value)) {
    button.disabled = true;
    button.textContent = "已到最多项数";
    return;
  }
  blank.insertAdjacentHTML("beforebegin", blank.innerHTML.replaceAll("__prefix__", number));
  total.value = number + 1;
  const row = blank.previousElementSibling;
  row.querySelector("[data-row-number]").textContent = number + 1;
  row.querySelector("textarea, input:not([type=hidden])").focus();
});
