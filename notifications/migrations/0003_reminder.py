"""Reminders, and their row-level security and grants (notifications/grants.py): the system alone."""

import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from core.rls import EVERYTHING, Protect, rule
from core.scope import Kind


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force_id', models.PositiveIntegerField(help_text='The force that the case belongs to.')),
                ('case_id', models.UUIDField()),
                ('deadline_id', models.UUIDField()),
                ('kind', models.CharField(help_text='The kind of clock.', max_length=32)),
                ('due_on', models.DateField(help_text='The London day the reminder speaks of.')),
                ('step', models.CharField(help_text='soon_7, soon_2, …, today, overdue or escalated.', max_length=12)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('sent_at', models.DateTimeField(help_text='When it was handed to the inbox, in the same transaction as its notice.', null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('dropped_because', models.CharField(blank=True, choices=[('later_step', 'A later step told the same person'), ('stopped', 'Met, ended, paused or moved to another date meanwhile'), ('not_told', 'The person has left, or may not hear of the case')], max_length=10)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dropped_at__isnull', True), ('sent_at__isnull', True)), fields=['user', 'case_id', 'step', 'id'], name='reminders_waiting')],
                'constraints': [models.UniqueConstraint(fields=('deadline_id', 'due_on', 'step', 'user'), name='a_step_reminds_a_person_once'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='a_reminder_is_sent_or_dropped'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('dropped_because', '')), models.Q(('dropped_at__isnull', False), models.Q(('dropped_because', ''), _negated=True)), _connector='OR'), name='a_dropped_reminder_says_why')],
            },
        ),
        Protect("notifications_reminder", {str(Kind.SYSTEM): rule("SELECT INSERT UPDATE", EVERYTHING)}),
    ]
