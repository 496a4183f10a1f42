// Long groups of boxes: one button that ticks all of them, and takes all ticks away again.

const LONG = 6;

function offer(group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  if (boxes.length < LONG) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  const word = () => { button.textContent = boxes.every((box) => box.checked) ? "全部取消" : `全选${boxes.length}个`; };
  button.addEventListener("click", () => {
    const on = !boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = on; });
    boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    word();
  });
  group.addEventListener("change", word);
  word();
  group.querySelector("legend").after(button);
}

document.querySelectorAll("form fieldset").forEach(offer);
