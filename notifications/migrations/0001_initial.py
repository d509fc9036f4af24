
import core.clock
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
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(help_text='What makes it the same thing told to the same person.', max_length=200, unique=True)),
                ('subject', models.CharField(max_length=40)),
                ('case_id', models.UUIDField(help_text='The case it is about, where it is about one. No foreign key: ids only.', null=True)),
                ('counts', models.JSONField(default=dict, help_text='Numbers and days that its words are made with.')),
                ('created_at', models.DateTimeField(default=core.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('channel', models.CharField(choices=[('inbox', 'Inbox only'), ('digest', 'One e-mail a day'), ('email', 'E-mail at once')], default='inbox', max_length=6)),
                ('send_after', models.DateTimeField(default=core.clock.now, help_text='Not e-mailed before: the end of quiet hours, or the time of the digest.')),
                ('sent_at', models.DateTimeField(help_text='When the e-mail was handed over; empty while it waits or when none is due.', null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('failed_at', models.DateTimeField(help_text='When the e-mail was given up.', null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-created_at', 'id'], name='notices_of_a_person'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='unread_notices_of_a_person'), models.Index(condition=models.Q(('failed_at__isnull', True), ('sent_at__isnull', True), models.Q(('channel', 'inbox'), _negated=True)), fields=['send_after', 'id'], name='notices_to_send')],
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='a_notice_has_a_key'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'inbox'), _negated=True), ('sent_at__isnull', True), _connector='OR'), name='what_stays_in_the_inbox_is_not_sent')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=40)),
                ('channel', models.CharField(choices=[('inbox', 'Inbox only'), ('digest', 'One e-mail a day'), ('email', 'E-mail at once')], max_length=6)),
                ('changed_at', models.DateTimeField(default=core.clock.now)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'subject'), name='a_person_chooses_once_for_a_subject')],
            },
        ),
    ]
