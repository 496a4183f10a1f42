"""Money and rules proven by evidence of rectifications that were struck off before the registers took them over by themselves."""

from collections import Counter

from django.db import migrations
from django.utils import timezone

from ledgers.books.proven import receipt_of, rule_name


def take_over(apps, schema_editor):
    """One record for each piece of evidence that has none, written by who struck the problem off, as of that day."""
    proofs = apps.get_model("supervision", "ClosureProof").objects.filter(
        kind__in=("money", "institution"),
        rectification__closed_on__isnull=False,
        rectification__problem__removed_at__isnull=True,
    )
    money, titles = _present(apps)
    related = ("attachment", "rectification__problem")
    for proof in proofs.select_related(*related).order_by("pk"):
        problem = proof.rectification.problem
        if proof.kind == "money":
            key = (problem.pk, proof.amount)
            if money[key]:
                money[key] -= 1
                continue
            receipt = receipt_of(f"{problem.year}-{problem.pk:05d}", proof.attachment.name)
            values = {"amount": proof.amount, "confirmed_on": proof.rectification.closed_on, "receipt": receipt}
            _write(apps, "LossRecovered", proof, values | {"handled_by_id": proof.rectification.organ_id})
        elif (problem.pk, rule_name(proof.institution)) not in titles:
            titles.add((problem.pk, rule_name(proof.institution)))
            values = {"title": rule_name(proof.institution), "issued_on": proof.rectification.closed_on}
            done = {"source": "problem", "promoted_by_id": proof.rectification.organ_id}
            _write(apps, "InstitutionBuilt", proof, values | done)


def _present(apps):
    """What problems have in the registers already."""
    losses = apps.get_model("ledgers", "LossRecovered").objects.exclude(problem=None)
    rules = apps.get_model("ledgers", "InstitutionBuilt").objects.exclude(problem=None)
    titles = {(problem, rule_name(title)) for problem, title in rules.values_list("problem_id", "title")}
    return Counter(losses.values_list("problem_id", "amount")), titles


def _write(apps, name, proof, values):
    """The record with its first line of history, its topics and the file that proves it."""
    model, item, now = apps.get_model("ledgers", name), proof.rectification, timezone.now()
    people = {"created_by_id": item.closed_by_id, "updated_by_id": item.closed_by_id}
    places = {"organ_id": item.organ_id, "unit_id": item.problem.unit_id, "problem_id": item.problem_id}
    made = model.objects.create(**values, **people, **places, created_at=now, updated_at=now)
    made.topics.set(item.problem.topics.all())
    kept = {field.attname: getattr(made, field.attname) for field in model._meta.concrete_fields}
    apps.get_model("ledgers", f"Historical{name}").objects.create(
        **kept, history_date=now, history_type="+", history_user_id=item.closed_by_id
    )
    _hang(apps, made, proof.attachment, now)


def _hang(apps, made, file, now):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = kinds.get_or_create(app_label="ledgers", model=made._meta.model_name)
    apps.get_model("accounts", "Attachment").objects.create(
        subject_type=kind, subject_id=made.pk, organ_id=made.organ_id, name=file.name, file=file.file.name, size=file.size,
        content_type=file.content_type, digest=file.digest, uploaded_by_id=file.uploaded_by_id, uploaded_at=now,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("ledgers", "0009_case_clues_goals"),
        ("supervision", "0006_facts"),
        ("accounts", "0005_post_levels"),
        ("checklists", "0007_goals"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
