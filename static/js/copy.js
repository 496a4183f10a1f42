// A button that puts plain words on the clipboard and says so. Without this module the words can be marked by hand.

const SHOWN = 2000; // milliseconds for which the button says what it did

// Pages of a plain intranet address have no clipboard of their own; a marked text area still copies.
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

async function copy(text) {
  if (!navigator.clipboard || !window.isSecureContext) return copyByHand(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

// The words stand in the button itself, or in the field that it names.
const wordsOf = (button) => button.dataset.copy || document.getElementById(button.dataset.copyOf).value;

document.querySelectorAll("button[data-copy], button[data-copy-of]").forEach((button) => {
  const word = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = (await copy(wordsOf(button))) ? "已复制" : "未能复制，请选中文字后按 Ctrl+C";
    setTimeout(() => { button.textContent = word; }, SHOWN);
  });
});
