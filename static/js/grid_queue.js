// Changes on their way to the server. Kept in this browser until the server has answered, so that a dropped line, a
// closed window or a crash loses nothing; sending the same change twice does no harm there.

const MOST = 500;
const PAUSES = [400, 1000, 2000, 5000, 10000, 20000];

export class Queue {
  constructor({ key, urls, token, onAnswer, onState }) {
    this.key = `ledger-queue:${key}`;
    this.urls = urls;
    this.token = token;
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.failures = 0;
    this.sending = false;
    this.jobs = this.#read();
    window.addEventListener("online", () => this.#soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.jobs.length) event.preventDefault();
    });
  }

  // One entry per cell; a cell changed again before it was sent keeps the first base and the last value.
  cells(changes) {
    if (!changes.length) return;
    const waiting = new Map(this.jobs.filter((job) => job.kind === "cell" && !job.sent).map((job) => [`${job.key}|${job.column}`, job]));
    for (const change of changes) {
      const job = waiting.get(`${change.key}|${change.column}`);
      if (job) job.value = change.value;
      else this.jobs.push({ kind: "cell", change: crypto.randomUUID(), ...change });
    }
    this.#kept();
  }

  rows(kind, rows) {
    if (!rows.length) return;
    this.jobs.push({ kind, rows });
    this.#kept();
  }

  start() {
    this.onState(this.#state());
    if (this.jobs.length) this.#soon(0);
  }

  #kept() {
    this.#write();
    this.onState(this.#state());
    this.#soon(PAUSES[0]);
  }

  #soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#send(), pause);
  }

  async #send() {
    if (this.sending || !this.jobs.length) return;
    this.sending = true;
    const batch = this.#batch();
    batch.forEach((job) => (job.sent = true));
    this.onState(this.#state());
    try {
      const answer = await this.#post(batch);
      this.jobs = this.jobs.filter((job) => !batch.includes(job));
      this.failures = 0;
      this.savedAt = new Date();
      this.#write();
      this.onAnswer(batch[0].kind, answer);
    } catch (error) {
      batch.forEach((job) => (job.sent = false));
      this.failures += 1;
      this.trouble = error.sentence || "";
    }
    this.sending = false;
    this.onState(this.#state());
    if (this.jobs.length) this.#soon(this.failures ? PAUSES[Math.min(this.failures, PAUSES.length - 1)] : 0);
  }

  // Jobs of one kind from the front, cells up to the size of one request.
  #batch() {
    const kind = this.jobs[0].kind;
    if (kind !== "cell") return [this.jobs[0]];
    const end = this.jobs.findIndex((job) => job.kind !== "cell");
    return this.jobs.slice(0, Math.min(end < 0 ? this.jobs.length : end, MOST));
  }

  async #post(batch) {
    const kind = batch[0].kind;
    const url = { cell: this.urls.cells, remove: this.urls.remove, restore: this.urls.restore }[kind];
    const body = kind === "cell" ? { changes: batch } : { rows: batch[0].rows };
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
      body: JSON.stringify(body),
      redirect: "manual",
    });
    if (response.type === "opaqueredirect" || response.status === 403) throw { sentence: "登录已超时，请重新登录后继续，内容不会丢失" };
    if (response.status === 404) throw { sentence: "您已没有填写这本台账的权限，未保存的内容仍在本机" };
    if (!response.ok) throw { sentence: response.status < 500 ? "服务器没有接受，请刷新页面后重试" : "" };
    return response.json();
  }

  #state() {
    return { waiting: this.jobs.length, sending: this.sending, failing: this.failures > 0, trouble: this.trouble, savedAt: this.savedAt };
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) || "[]").map((job) => ({ ...job, sent: false }));
    } catch {
      return [];
    }
  }

  #write() {
    try {
      if (this.jobs.length) localStorage.setItem(this.key, JSON.stringify(this.jobs));
      else localStorage.removeItem(this.key);
    } catch {
      // The store is full or closed; the jobs stay in memory and leaving the page warns.
    }
  }
}
