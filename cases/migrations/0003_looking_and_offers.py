
import core.clock
import core.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_draft_and_saved_filter'),
        ('cases', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='clocksetting',
            name='kind',
            field=models.CharField(choices=[('arrest', 'Arrest'), ('interview_by', 'Interview under caution'), ('situation_review', 'Review of a suspect who cannot be arrested'), ('bail_expiry', 'End of bail'), ('rui_review', 'Review of a release under investigation'), ('supervisor_review', "Supervisor's review"), ('detention', 'Detention'), ('break_glass_review', 'Auditor’s review of emergency access')], max_length=32),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('arrest', 'Arrest'), ('interview_by', 'Interview under caution'), ('situation_review', 'Review of a suspect who cannot be arrested'), ('bail_expiry', 'End of bail'), ('rui_review', 'Review of a release under investigation'), ('supervisor_review', "Supervisor's review"), ('detention', 'Detention'), ('break_glass_review', 'Auditor’s review of emergency access')], max_length=32),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='owes',
            field=models.CharField(choices=[('police', 'Police'), ('cps', 'CPS'), ('isva', 'ISVA'), ('audit', 'Auditor')], max_length=6),
        ),
        migrations.AlterField(
            model_name='deadlineoverride',
            name='kind',
            field=models.CharField(choices=[('arrest', 'Arrest'), ('interview_by', 'Interview under caution'), ('situation_review', 'Review of a suspect who cannot be arrested'), ('bail_expiry', 'End of bail'), ('rui_review', 'Review of a release under investigation'), ('supervisor_review', "Supervisor's review"), ('detention', 'Detention'), ('break_glass_review', 'Auditor’s review of emergency access')], max_length=32),
        ),
        migrations.CreateModel(
            name='CaseLook',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(help_text='The version that the person last saw.')),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('before_version', models.PositiveIntegerField(help_text='The version seen on the visit before this one.')),
                ('before_at', models.DateTimeField(help_text='When that visit ended; empty for a first visit.', null=True)),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('offer_key', models.UUIDField(default=uuid.uuid4, help_text="The key of the receiver's row.", unique=True)),
                ('reason', models.CharField(max_length=4000)),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by_name', models.CharField(blank=True, max_length=100)),
                ('answer_note', models.CharField(blank=True, max_length=250)),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('to_force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseOfferVersion',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('offer_key', models.UUIDField(default=uuid.uuid4, help_text="The key of the receiver's row.")),
                ('reason', models.CharField(max_length=4000)),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by_name', models.CharField(blank=True, max_length=100)),
                ('answer_note', models.CharField(blank=True, max_length=250)),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='cases.caseoffer')),
                ('to_force', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.agency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('reason', models.CharField(max_length=4000)),
                ('until', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EmergencyReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('answer', models.CharField(choices=[('justified', 'Justified'), ('not_justified', 'Not justified'), ('further', 'Passed on for further enquiry')], max_length=13)),
                ('note', models.CharField(max_length=250)),
                ('access', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='review', to='cases.emergencyaccess')),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IncomingOffer',
            fields=[
                ('id', models.UUIDField(editable=False, help_text="The sender's offer_key.", primary_key=True, serialize=False)),
                ('crime_reference', models.CharField(max_length=30)),
                ('risk', models.CharField(choices=[('standard', 'Standard'), ('medium', 'Medium'), ('high', 'High')], max_length=8)),
                ('recorded_at', models.DateTimeField()),
                ('identified_at', models.DateTimeField(help_text='When the first suspect was identified, if any was.', null=True)),
                ('reason', models.CharField(max_length=4000)),
                ('offered_by_name', models.CharField(max_length=100)),
                ('offered_at', models.DateTimeField(default=core.clock.now)),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_note', models.CharField(blank=True, max_length=250)),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('from_force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
        ),
        migrations.CreateModel(
            name='BankHoliday',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('closed', models.BooleanField(default=True)),
                ('name', models.CharField(max_length=250)),
                ('source_note', models.CharField(max_length=250)),
                ('created_at', models.DateTimeField(default=core.clock.now)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'day'], name='bank_holidays_of_an_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source_note', ''), _negated=True), name='a_bank_holiday_names_its_source')],
            },
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('cps_area_scope', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('way', models.CharField(choices=[('to', 'Went on there'), ('from', 'Came from there')], max_length=4)),
                ('other_reference', models.CharField(max_length=30)),
                ('since', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('other_force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'abstract': False,
                'constraints': [core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_caselink_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')), models.UniqueConstraint(fields=('case', 'way', 'other_force'), name='a_case_is_linked_once_each_way_with_a_force')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caselink',
            trigger=pgtrigger.compiler.Trigger(name='a_force_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ab10639d51f1d4391f315f63dce0478aa23606dd', operation='UPDATE', pgid='pgtrigger_a_force_never_changes_9c6ce', table='cases_caselink', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='caselook',
            constraint=core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_caselook_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')),
        ),
        migrations.AddConstraint(
            model_name='caselook',
            constraint=models.UniqueConstraint(fields=('user', 'case'), name='a_person_has_one_last_look_at_a_case'),
        ),
        migrations.AddConstraint(
            model_name='caselook',
            constraint=models.CheckConstraint(condition=models.Q(('before_version__lte', models.F('version'))), name='the_visit_before_saw_no_later_version'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caselook',
            trigger=pgtrigger.compiler.Trigger(name='a_force_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3aad3349184c275fc479c4fb871f88e428be82ed', operation='UPDATE', pgid='pgtrigger_a_force_never_changes_42345', table='cases_caselook', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='caseoffer',
            constraint=core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_caseoffer_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')),
        ),
        migrations.AddConstraint(
            model_name='caseoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('case',), name='a_case_is_offered_to_one_force_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='caseoffer',
            constraint=models.CheckConstraint(condition=models.Q(('to_force', models.F('force')), _negated=True), name='a_case_is_offered_to_another_force'),
        ),
        migrations.AddConstraint(
            model_name='caseoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answered_offer_says_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseoffer',
            trigger=pgtrigger.compiler.Trigger(name='a_force_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='618cb666abe17dd2ca8bf33cbe6b0e2eede152c4', operation='UPDATE', pgid='pgtrigger_a_force_never_changes_4f3ed', table='cases_caseoffer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseoffer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseofferversion" ("answer_note", "answered_at", "answered_by_name", "case_id", "cps_area_scope", "created_at", "created_by_id", "force_id", "id", "offer_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "to_force_id") VALUES (NEW."answer_note", NEW."answered_at", NEW."answered_by_name", NEW."case_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."force_id", NEW."id", NEW."offer_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."to_force_id"); RETURN NULL;', hash='ccd72fcb6d2e913409e836d5f65a041e55e7d847', operation='INSERT', pgid='pgtrigger_insert_insert_46d74', table='cases_caseoffer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseoffer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer_note" IS DISTINCT FROM (NEW."answer_note") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_name" IS DISTINCT FROM (NEW."answered_by_name") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."offer_key" IS DISTINCT FROM (NEW."offer_key") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."to_force_id" IS DISTINCT FROM (NEW."to_force_id"))', func='INSERT INTO "cases_caseofferversion" ("answer_note", "answered_at", "answered_by_name", "case_id", "cps_area_scope", "created_at", "created_by_id", "force_id", "id", "offer_key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "to_force_id") VALUES (NEW."answer_note", NEW."answered_at", NEW."answered_by_name", NEW."case_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."force_id", NEW."id", NEW."offer_key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."to_force_id"); RETURN NULL;', hash='6777697971b4ec23f1291768a8b47f266b8cb6aa', operation='UPDATE', pgid='pgtrigger_update_update_d7ab8', table='cases_caseoffer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='caseofferversion',
            constraint=core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_caseofferversion_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')),
        ),
        migrations.AddIndex(
            model_name='emergencyaccess',
            index=models.Index(fields=['user', 'case', 'until'], name='emergency_access_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='emergencyaccess',
            index=models.Index(fields=['force', 'created_at'], name='emergency_access_of_a_force'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_emergencyaccess_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emergency_access_says_why'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('created_at'))), name='emergency_access_ends_after_it_begins'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emergencyaccess',
            trigger=pgtrigger.compiler.Trigger(name='a_force_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cd0098dc243078146ca4105a332811aee275df57', operation='UPDATE', pgid='pgtrigger_a_force_never_changes_61c9f', table='cases_emergencyaccess', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='emergencyreview',
            constraint=core.constraints.CompositeForeignKey(fields=('case', 'force', 'cps_area_scope'), name='cases_emergencyreview_belongs_to_its_case', to='cases_case', to_fields=('id', 'force_id', 'cps_area_scope')),
        ),
        migrations.AddConstraint(
            model_name='emergencyreview',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='an_emergency_review_says_what_was_found'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emergencyreview',
            trigger=pgtrigger.compiler.Trigger(name='a_force_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."force_id" IS DISTINCT FROM (NEW."force_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e0255e34f75f967c480383bd3eeffc2c1132df14', operation='UPDATE', pgid='pgtrigger_a_force_never_changes_6fdad', table='cases_emergencyreview', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='incomingoffer',
            index=models.Index(fields=['force', 'state', 'offered_at'], name='incoming_offers_of_a_force'),
        ),
        migrations.AddConstraint(
            model_name='incomingoffer',
            constraint=models.CheckConstraint(condition=models.Q(('from_force', models.F('force')), _negated=True), name='an_offer_comes_from_another_force'),
        ),
        migrations.AddConstraint(
            model_name='incomingoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('case__isnull', False), _connector='OR'), name='an_accepted_offer_names_the_new_case'),
        ),
    ]
