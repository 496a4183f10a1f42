"""Records keep the edition of the regulation under which they were made; those made before get the one in force."""

from django.db import migrations, models


def fill(apps, schema_editor):
    current = apps.get_model("checklists", "Edition").objects.filter(is_current=True).first()
    if current is None:
        return
    for app, name in (("accounts", "Event"), ("accounts", "Approval"), ("accounts", "Duty")):
        apps.get_model(app, name).objects.filter(edition="").exclude(article="").update(edition=current.doc_no)
    issued = apps.get_model("checklists", "AnnualChecklist").objects.filter(published_at__isnull=False)
    issued.update(edition=current.doc_no)


class Migration(migrations.Migration):
    dependencies = [("checklists", "0003_linked_supervision"), ("accounts", "0002_edition")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="edition",
                field=models.CharField(blank=True, max_length=60, verbose_name="适用制度文号"),
            )
            for name in ("annualchecklist", "historicalannualchecklist")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
