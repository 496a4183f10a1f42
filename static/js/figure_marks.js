// Marks while one types: a number that disagrees with the ledger is named under its section and underlined in it.
// The office is asked a moment after the last key, and keeps nothing of what it was asked.

import { readEditor } from "./figures.js";

const PAUSE = 700; // milliseconds after the last key
const asked = new Map(); // section -> number of the last question, so that a late answer never overtakes a newer one
const ranges = new Map(); // section -> what is underlined in it

function rangesOf(editor, faults) {
  const { spots } = readEditor(editor);
  return faults.flatMap((fault) => {
    const [start, end] = [Number(fault.dataset.start), Number(fault.dataset.end)];
    const spot = spots.findLast((one) => one.at <= start);
    if (!spot || end - spot.at > spot.node.length) return [];
    const range = new Range();
    range.setStart(spot.node, start - spot.at);
    range.setEnd(spot.node, end - spot.at);
    return [range];
  });
}

function underline(place) {
  const editor = document.getElementById(`${place.dataset.of}_editor`);
  if (!editor || !globalThis.Highlight) return;
  ranges.set(place, rangesOf(editor, [...place.querySelectorAll("[data-start]")]));
  CSS.highlights.set("figure-off", new Highlight(...[...ranges.values()].flat()));
}

async function ask(place, area) {
  const turn = (asked.get(place) || 0) + 1;
  asked.set(place, turn);
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(place.dataset.marks, {
    method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ text: area.value }),
  }).catch(() => null); // without a line to the office the last marks stand; saving checks again
  if (!answer?.ok || answer.redirected) return;
  const found = await answer.text();
  if (asked.get(place) !== turn) return;
  if (place.innerHTML.trim() !== found.trim()) place.innerHTML = found;
  underline(place);
}

document.querySelectorAll("[data-marks]").forEach((place) => {
  const area = document.getElementById(place.dataset.of);
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(place, area), PAUSE);
  });
  underline(place);
});
