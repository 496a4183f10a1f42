"""Campaigns entered before campaigns owned a topic get theirs; a topic of that name which nobody owns becomes theirs."""

from django.db import migrations
from django.db.models import F

from ledgers.campaign_names import free_name


def give_topics(apps, schema_editor):
    """One topic for each campaign without, in the order of entry; those that were taken out come last."""
    campaigns = apps.get_model("ledgers", "SpecialCampaign")
    topics = apps.get_model("checklists", "Topic")
    taken = set(campaigns.objects.exclude(topic=None).values_list("topic__name", flat=True))
    for row in campaigns.objects.filter(topic=None).order_by(F("removed_at").asc(nulls_first=True), "pk"):
        name = free_name(row.name, taken)
        taken.add(name)
        topic, _ = topics.objects.get_or_create(name=name)
        if row.removed_at is None and not topic.is_active:
            topic.is_active = True
            topic.save()
        row.topic = topic
        row.save()


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0007_facts"), ("checklists", "0006_meetings")]

    operations = [migrations.RunPython(give_topics, migrations.RunPython.noop)]
