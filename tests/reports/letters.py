"""Official papers for the tests of printing."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.paper import Attachment, Heading, Paper, Paragraph, Table

SENTENCE = "监督检查组按照方案要求，对全县高标准农田（含新建）建设管护情况开展监督检查，重点检查责任落实、资金使用、制度执行和问题整改情况。"
LEDGER = Table(
    (("序号", 1), ("监督项目", 3), ("发现问题", 6)), [[str(n), f"项目{n}", SENTENCE[:30]] for n in range(1, 41)]
)


def letter(lines: int = 3, **other: Any) -> Paper:
    """A numbered document with seal and 版记 whose body is so many paragraphs of one line each."""
    parts: dict[str, Any] = {
        "title": "关于报送整改情况的通知",
        "issuer": "中共示范县纪律检查委员会文件",
        "doc_no": "示纪发〔2026〕3号",
        "recipients": "县农业农村局党组",
        "blocks": [Paragraph(f"第{n}行请按要求报送。") for n in range(1, lines + 1)],
        "signer": "中共示范县纪律检查委员会",
        "signed_on": date(2026, 3, 5),
        "copies_to": "县委办公室，县政府办公室",
        "printed_by": "中共示范县纪律检查委员会办公室",
    }
    return Paper(**{**parts, **other})


def full_letter() -> Paper:
    """Every element that a paper can have."""
    return letter(
        copy_no="000001", secrecy="机密★1年", urgency="特急", marking="内部资料", annotation="此件发至乡科级",
        blocks=[
            Paragraph("现将有关情况通报如下。"), Heading("一、总体情况"), Heading("（一）检查范围", 2), Heading("1.检查对象", 3),
            Heading("（1）县农业农村局", 4), *[Paragraph(SENTENCE) for _ in range(12)],
            Table((("序号", 1), ("问题", 5)), [["1", "公示栏更新不及时"], ["2", "合同未清理"]], "整改问题", landscape=False),
        ],
        attachments=[Attachment("问题清单", [LEDGER]), Attachment("检查方案", [Heading("一、检查内容"), Paragraph(SENTENCE)]),
                     Attachment("另行寄送的图册")],
    )  # fmt: skip
