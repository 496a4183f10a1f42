// Long choices can be found by typing any part of them: a list of names cannot be searched with a Chinese input method otherwise.

const FEW = 5;

function finder(select) {
  const options = [...select.options].filter((option) => option.value);
  if (options.length < FEW) return;
  const list = document.createElement("datalist");
  list.id = `${select.id}_list`;
  list.append(...options.map((option) => new Option(option.text, option.text)));
  const input = document.createElement("input");
  input.className = "form-control";
  input.setAttribute("list", list.id);
  input.autocomplete = "off";
  input.name = `${select.name}_typed`; // what was typed and names nobody comes back with its sentence
  input.placeholder = "输入姓名或单位查找";
  if (select.value) input.value = select.selectedOptions[0].text;
  else if (select.dataset.typed) input.value = select.dataset.typed;
  for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  input.id = select.id;
  select.removeAttribute("autofocus");
  select.id = `${input.id}_choice`;
  select.hidden = true;
  select.before(input, list);
  const wants = () => {
    const text = input.value.trim();
    const found = options.filter((option) => option.text === text);
    const near = found.length ? found : options.filter((option) => text && option.text.includes(text));
    select.value = near.length === 1 ? near[0].value : "";
    return { text, near };
  };
  input.addEventListener("input", wants);
  input.addEventListener("change", () => {
    const { text, near } = wants();
    if (near.length === 1) input.value = near[0].text;
    input.setCustomValidity(text && near.length !== 1 ? (near.length ? "有几个相近的名称，请选定一个。" : "没有这个名称，请核对。") : "");
    if (!input.checkValidity()) input.reportValidity();
  });
  if (input.hasAttribute("autofocus")) input.focus();
}

document.querySelectorAll("select[data-find]").forEach(finder);
