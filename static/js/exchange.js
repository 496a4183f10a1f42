// Talking to the server through htmx: progress, refusals, lost connections, and a session that ran out meanwhile.

const page = document.body;
const sheet = document.getElementById("login-sheet");
let waiting = 0;

document.addEventListener("htmx:beforeRequest", () => {
  waiting += 1;
  page.classList.add("is-loading");
});
document.addEventListener("htmx:afterRequest", () => {
  waiting = Math.max(0, waiting - 1);
  if (!waiting) page.classList.remove("is-loading");
});

function say(words, stop = true) {
  const list = document.getElementById("messages");
  const note = document.createElement("div");
  note.className = `notice ${stop ? "notice-stop" : "notice-done"}`;
  note.setAttribute("role", stop ? "alert" : "status");
  const text = document.createElement("p");
  text.textContent = words;
  note.append(text);
  list.replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

function askLogin() {
  const frame = document.createElement("iframe");
  frame.title = "重新登录";
  frame.src = `${page.dataset.login}?next=${encodeURIComponent(page.dataset.reconnected)}`;
  document.getElementById("login-frame").replaceChildren(frame);
  if (!sheet.open) sheet.showModal();
}

function meetsLogin(xhr) {
  const path = xhr.responseURL ? new URL(xhr.responseURL).pathname : "";
  return xhr.status === 401 || (path === page.dataset.login && location.pathname !== path);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (meetsLogin(xhr)) {
    event.detail.shouldSwap = false;
    event.detail.isError = false;
    askLogin();
  } else if (xhr.status === 409 || xhr.status === 403) {
    // A refusal is read in the dialog; what was typed stays where it is.
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.target = document.getElementById("dialog");
    event.detail.swapOverride = "innerHTML";
  }
});

const REASONS = {
  404: "没有找到要办理的记录，可能已被移走。请刷新页面后再看。",
  413: "内容太大，服务器没有接收。请减小附件后再试。",
  503: "系统正在维护，没有保存。已填内容仍在页面上，请稍后再试。",
};

document.addEventListener("htmx:responseError", (event) => {
  say(REASONS[event.detail.xhr.status] || "系统出错，没有保存。已填内容仍在页面上，请稍后再试。");
});
document.addEventListener("htmx:sendError", () => say("网络不通，没有保存。已填内容仍在页面上，请检查网络后再试。"));
document.addEventListener("htmx:timeout", () => say("等待时间过长，不能确定是否已保存。请刷新页面核对后再试。"));

function renew(token) {
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  page.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || !event.data?.reconnected) return;
  document.getElementById("login-frame").replaceChildren();
  sheet.close();
  if (event.data.user !== page.dataset.user) return say("现在登录的是另一位用户，本页内容不能以其名义提交。请刷新页面。");
  renew(event.data.token);
  say("已重新登录，请再按一次刚才的按钮。", false);
});
