"""Events that take officers are corrected by further editions: no row is changed (cases/models/work.py)."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0005_protect_own"),
        ("cases", "0004_protect_looking_and_offers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="abstraction",
            name="called_off",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="abstraction",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="abstraction",
            name="first",
            field=models.ForeignKey(
                help_text="Blank in the first edition.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="cases.abstraction",
            ),
        ),
        migrations.AddField(
            model_name="abstraction",
            name="why",
            field=models.CharField(blank=True, help_text="Why this edition differs from the one before.", max_length=250),
        ),
        migrations.AddConstraint(
            model_name="abstraction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", 1), ("first__isnull", True)),
                    models.Q(("edition__gt", 1), ("first__isnull", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_later_edition_of_an_abstraction_says_of_what_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="abstraction",
            constraint=models.UniqueConstraint(fields=("first", "edition"), name="editions_of_an_abstraction_are_numbered_once"),
        ),
    ]
