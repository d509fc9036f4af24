
import core.clock
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_draft_and_saved_filter'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DailyRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(help_text='The London day it was made for.')),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('counts', models.JSONField()),
                ('deadline_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), help_text='The deadlines counted as overdue arrests.', size=None)),
                ('told_at', models.DateTimeField(help_text='When every supervisor had been told; empty while that is not finished.', null=True)),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('force', 'day'), name='a_force_has_one_daily_run_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('own_name', 'Looked at a case with a person of the same surname'), ('out_of_hours', 'Looked at cases at night or over a weekend, unlike other days'), ('volume', 'Looked at many more cases than usual'), ('denials', 'Was refused again and again')], max_length=12)),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=150)),
                ('case_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('counts', models.JSONField(default=dict)),
                ('found_at', models.DateTimeField(default=core.clock.now)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_note', models.CharField(blank=True, max_length=250)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('reviewed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'reviewed_at', '-day'], name='patterns_of_an_agency')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'day', 'kind', 'actor_id'), name='a_pattern_is_found_once'), models.CheckConstraint(condition=models.Q(models.Q(('review_note', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('review_note', ''), _negated=True)), _connector='OR'), name='a_reviewed_pattern_says_by_whom_when_and_what')],
            },
        ),
    ]
