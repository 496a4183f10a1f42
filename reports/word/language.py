"""The few words that a Word template may use: names, rows, conditions. No calls, no filters, no arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

# Name -> the fields of its rows; none for a plain text.
Known = Mapping[str, Collection[str]]
LOOP = ("index", "first", "last")
QUIET = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
         nodes.Const)  # fmt: skip


class PlainEnvironment(ImmutableSandboxedEnvironment):
    """Knows nothing but the context: no functions, filters or tests; attributes are the fields of a row."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a row, or the place of the row in its loop."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        raise SecurityError(f"no field {attribute}")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same door as `getattr`."""
        return self.getattr(obj, str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False


def complaints(tree: nodes.Template, known: Known) -> list[str]:
    """What a template says that it may not say, one sentence each."""
    found: list[str] = []
    _walk(tree, known, {}, found)
    return list(dict.fromkeys(found))


def _walk(node: nodes.Node, known: Known, rows: Mapping[str, Collection[str]], found: list[str]) -> None:
    if isinstance(node, nodes.For):
        _loop(node, known, rows, found)
    elif isinstance(node, nodes.Getattr):
        _field(node, rows, found)
    elif isinstance(node, nodes.Name):
        _name(node, known, rows, found)
    elif isinstance(node, nodes.Output):
        _output(node, known, rows, found)
    elif not isinstance(node, QUIET):
        found.append(
            f"模板用了不允许的写法（{type(node).__name__}），只能用“{{{{ 名称 }}}}”、条件和循环，请修改后重新上传。"
        )
    else:
        for child in node.iter_child_nodes():
            _walk(child, known, rows, found)


def _output(node: nodes.Output, known: Known, rows: Mapping[str, Collection[str]], found: list[str]) -> None:
    """What is printed as it is: a list of rows would come out as the program writes it."""
    for name in (one.name for one in node.find_all(nodes.Name) if known.get(one.name) and one.name not in rows):
        field = next(iter(known[name]))
        found.append(
            f"“{name}”有多行，不能直接写出，请用循环逐行写，例如“{{% for 行 in {name} %}}{{{{ 行.{field} }}}}{{% endfor %}}”，修改后重新上传。"
        )
    if node.find(nodes.Compare) or node.find(nodes.Not):
        found.append("“{{ }}”里只写名称，条件请写在“{% if %}”里，修改后重新上传。")
    for child in node.nodes:
        _walk(child, known, rows, found)


def _name(node: nodes.Name, known: Known, rows: Mapping[str, Collection[str]], found: list[str]) -> None:
    if node.name in rows:
        first = next(iter(rows[node.name]), "名称")
        found.append(f"循环中的“{node.name}”要写明字段，例如“{{{{ {node.name}.{first} }}}}”，请修改后重新上传。")
    elif node.name not in known:
        found.append(f"模板中的“{node.name}”不是可用的名称，请改用：{'、'.join(known)}。")


def _field(node: nodes.Getattr, rows: Mapping[str, Collection[str]], found: list[str]) -> None:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    fields = LOOP if owner == "loop" and rows else rows.get(owner)
    if fields is None:
        found.append(f"模板用了不允许的写法（.{node.attr}），“.”只能用在循环的行上，请修改后重新上传。")
    elif node.attr not in fields:
        found.append(f"模板中的“{owner}.{node.attr}”不是可用的字段，请改用：{'、'.join(fields)}。")


def _loop(node: nodes.For, known: Known, rows: Mapping[str, Collection[str]], found: list[str]) -> None:
    over = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if rows or node.test or node.recursive or not isinstance(node.target, nodes.Name) or not known.get(over):
        lists = "、".join(name for name, fields in known.items() if fields)
        found.append(f"循环只能逐行写出：{lists or '（无）'}，不能嵌套、不能循环其他内容，请修改后重新上传。")
        return
    for child in [*node.body, *node.else_]:
        _walk(child, known, {node.target.name: known[over]}, found)
