"""The page of the office's own templates: one that no longer fits is named, never an error page."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from reports.models import PaperTemplate
from tests.factories import NOW, county
from tests.reports.test_templates import template

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_example_of_a_template_that_no_longer_fits_says_why() -> None:
    cast = county()
    kept = PaperTemplate(
        organ=cast.dangfeng_head.organ,
        kind="bulletin",
        name="通报.docx",
        digest="0" * 64,
        uploaded_by=cast.dangfeng_head,
        uploaded_at=NOW,
    )
    kept.file.save("kept.docx", ContentFile(template("{{ 附件 }}")), save=False)
    kept.save()
    client = Client()
    client.force_login(cast.dangfeng_head, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse("reports:template_example", args=[kept.pk]), follow=True)

    assert answer.status_code == 200
    assert "这个模板不能使用：“附件”有多行，不能直接写出" in answer.content.decode()
