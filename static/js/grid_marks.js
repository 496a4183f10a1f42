// What the server said of single cells: refused ones with their sentence, and those that two people wrote at once.

const MOST_LINES = 60; // more sentences than anybody reads at once; every cell is marked all the same

export class Marks {
  constructor({ list, dialog, locate, columns, onChoice }) {
    this.list = list;
    this.dialog = dialog;
    this.locate = locate;
    this.titles = new Map(columns.map((column) => [column.key, column.title]));
    this.onChoice = onChoice;
    this.bad = new Map();
    this.waiting = [];
  }

  row(row) {
    for (const key of [...this.bad.keys()]) if (key.startsWith(`${row.id}:`)) this.bad.delete(key);
    for (const [column, kept] of Object.entries(row.bad)) this.bad.set(`${row.id}:${column}`, { row: row.id, column, message: kept.message });
    for (const [column, kept] of Object.entries(row.conflicts || {})) this.conflict({ row: row.id, column, mine: kept.text, theirs: row.cells[column], by: row.by });
  }

  forget(id) {
    for (const key of [...this.bad.keys()]) if (key.startsWith(`${id}:`)) this.bad.delete(key);
  }

  draw() {
    document.querySelectorAll("td.cell-bad").forEach((cell) => {
      cell.classList.remove("cell-bad");
      cell.removeAttribute("title");
      cell.removeAttribute("aria-invalid");
    });
    this.list.replaceChildren();
    for (const mark of this.bad.values()) {
      const cell = this.locate(mark.row, mark.column);
      if (!cell) continue;
      cell.element.classList.add("cell-bad");
      cell.element.title = mark.message;
      cell.element.setAttribute("aria-invalid", "true");
      if (this.list.children.length < MOST_LINES) this.list.append(this.#line(mark, cell));
    }
    this.list.closest("[data-bad-cells]").hidden = !this.list.children.length;
    return this.list.children.length;
  }

  #line(mark, cell) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-link";
    button.textContent = `第${cell.number}行“${this.titles.get(mark.column)}”`;
    button.addEventListener("click", () => cell.select());
    line.append(button, document.createTextNode(`：${mark.message}`));
    return line;
  }

  conflict(entry) {
    const same = (one) => one.row === entry.row && one.column === entry.column;
    this.waiting = [...this.waiting.filter((one) => !same(one)), entry];
    if (!this.dialog.open) this.#ask();
  }

  #ask() {
    const entry = this.waiting.shift();
    if (!entry) return;
    const put = (name, text) => (this.dialog.querySelector(`[data-conflict="${name}"]`).textContent = text);
    put("where", this.titles.get(entry.column));
    put("by", entry.by);
    put("theirs", entry.theirs || "（空）");
    put("mine", entry.mine || "（空）");
    const choices = { mine: entry.mine, theirs: entry.theirs, both: [entry.theirs, entry.mine].filter(Boolean).join("\n") };
    this.dialog.querySelectorAll("[data-keep]").forEach((button) => {
      button.onclick = () => {
        this.dialog.close();
        this.onChoice(entry, choices[button.dataset.keep]);
        this.#ask();
      };
    });
    this.dialog.showModal();
  }
}
