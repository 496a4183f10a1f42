// Copied cells as rows of texts and back. Spreadsheets put a cell into quotes only when it holds a tab, a line break or quotes of
// its own; any other quote is what somebody wrote. The server reads by the same rule (ledgers/books/cells.py).

const QUOTED = /"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)/y;
const PLAIN = /[^\t\n]*/y;

function quotedAt(text, at) {
  QUOTED.lastIndex = at;
  const found = QUOTED.exec(text);
  return found && (found[1] === "" || /[\t\n]|""/.test(found[1])) ? found : null;
}

export function rowsOf(copied) {
  const text = copied.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (let at = 0; ; at += 1) {
    const quoted = quotedAt(text, at);
    PLAIN.lastIndex = at;
    const written = quoted ? quoted[0] : PLAIN.exec(text)[0];
    rows[rows.length - 1].push(quoted ? quoted[1].replace(/""/g, '"') : written);
    at += written.length;
    if (at >= text.length) return rows;
    if (text[at] === "\n") rows.push([]);
  }
}

export function cellText(value) {
  const text = value === null || value === undefined ? "" : String(value).trim();
  return /[\t\n\r"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const textOf = (rows) => rows.map((row) => row.map(cellText).join("\t")).join("\n");

// The spreadsheet takes every quote for a mark of its own and would drop it, or join two rows: it is given, and gives out, text
// in which each such cell stands in quotes.
export function keepQuotes(sheet) {
  const given = (event) => {
    const copied = event.clipboardData && event.clipboardData.getData("text");
    if (!copied || !copied.includes('"') || jspreadsheet.current !== sheet || sheet.edition) return;
    Object.defineProperty(event, "clipboardData", { value: { getData: () => textOf(rowsOf(copied)) } });
  };
  document.addEventListener("paste", given, true);
}

export function copiedCells(worksheet, [left, top, right, bottom]) {
  return textOf(worksheet.options.data.slice(Number(top), Number(bottom) + 1).map((row) => row.slice(Number(left), Number(right) + 1)));
}
