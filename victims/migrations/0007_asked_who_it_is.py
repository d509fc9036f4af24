import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('victims', '0006_protect_telling_arrangement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='contactperson',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contactperson',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='informationrequest',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='informationrequest',
            name='update_update',
        ),
        migrations.AddField(
            model_name='contactperson',
            name='another_person',
            field=models.BooleanField(default=False, help_text='Bears a suspect’s name, and is somebody else.'),
        ),
        migrations.AddField(
            model_name='contactpersonversion',
            name='another_person',
            field=models.BooleanField(default=False, help_text='Bears a suspect’s name, and is somebody else.'),
        ),
        migrations.AddField(
            model_name='informationrequest',
            name='worded_by',
            field=models.ForeignKey(db_index=False, help_text='Who changed it last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='informationrequestversion',
            name='worded_by',
            field=models.ForeignKey(db_constraint=False, help_text='Who changed it last.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactperson',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "victims_contactpersonversion" ("another_person", "case_id", "complainant_id", "cps_area_scope", "created_at", "created_by_id", "email", "ended_at", "ended_because", "force_id", "id", "kind", "may_answer_telephone", "may_be_told", "name", "near_suspect", "near_suspect_decided_at", "near_suspect_decided_by_id", "near_suspect_decision", "never_tell", "parental_responsibility", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone") VALUES (NEW."another_person", NEW."case_id", NEW."complainant_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."email", NEW."ended_at", NEW."ended_because", NEW."force_id", NEW."id", NEW."kind", NEW."may_answer_telephone", NEW."may_be_told", NEW."name", NEW."near_suspect", NEW."near_suspect_decided_at", NEW."near_suspect_decided_by_id", NEW."near_suspect_decision", NEW."never_tell", NEW."parental_responsibility", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."telephone"); RETURN NULL;', hash='769b97f18f61e6d9eec753f080f8fd3a78c06ad7', operation='INSERT', pgid='pgtrigger_insert_insert_41b6b', table='victims_contactperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactperson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."another_person" IS DISTINCT FROM (NEW."another_person") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."complainant_id" IS DISTINCT FROM (NEW."complainant_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_because" IS DISTINCT FROM (NEW."ended_because") OR OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."may_answer_telephone" IS DISTINCT FROM (NEW."may_answer_telephone") OR OLD."may_be_told" IS DISTINCT FROM (NEW."may_be_told") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."near_suspect" IS DISTINCT FROM (NEW."near_suspect") OR OLD."near_suspect_decided_at" IS DISTINCT FROM (NEW."near_suspect_decided_at") OR OLD."near_suspect_decided_by_id" IS DISTINCT FROM (NEW."near_suspect_decided_by_id") OR OLD."near_suspect_decision" IS DISTINCT FROM (NEW."near_suspect_decision") OR OLD."never_tell" IS DISTINCT FROM (NEW."never_tell") OR OLD."parental_responsibility" IS DISTINCT FROM (NEW."parental_responsibility") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone"))', func='INSERT INTO "victims_contactpersonversion" ("another_person", "case_id", "complainant_id", "cps_area_scope", "created_at", "created_by_id", "email", "ended_at", "ended_because", "force_id", "id", "kind", "may_answer_telephone", "may_be_told", "name", "near_suspect", "near_suspect_decided_at", "near_suspect_decided_by_id", "near_suspect_decision", "never_tell", "parental_responsibility", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone") VALUES (NEW."another_person", NEW."case_id", NEW."complainant_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."email", NEW."ended_at", NEW."ended_because", NEW."force_id", NEW."id", NEW."kind", NEW."may_answer_telephone", NEW."may_be_told", NEW."name", NEW."near_suspect", NEW."near_suspect_decided_at", NEW."near_suspect_decided_by_id", NEW."near_suspect_decision", NEW."never_tell", NEW."parental_responsibility", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."telephone"); RETURN NULL;', hash='e9af1b1d1fccc1b1c1828bb45364b136908e323a', operation='UPDATE', pgid='pgtrigger_update_update_40c9f', table='victims_contactperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='informationrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "victims_informationrequestversion" ("answered_at", "approval_note", "approved_at", "approved_by_id", "case_id", "complainant_id", "cps_area_scope", "created_at", "created_by_id", "force_id", "holder", "holder_has_it_because", "how_handled", "id", "less_intrusive_means", "line_of_enquiry_id", "necessary_because", "notice_given_at", "notice_to", "notice_withheld_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proportionate_because", "reasonable_because", "records", "sent_at", "substantial_probative_value", "wanted", "withdrawn_at", "worded_by_id") VALUES (NEW."answered_at", NEW."approval_note", NEW."approved_at", NEW."approved_by_id", NEW."case_id", NEW."complainant_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."force_id", NEW."holder", NEW."holder_has_it_because", NEW."how_handled", NEW."id", NEW."less_intrusive_means", NEW."line_of_enquiry_id", NEW."necessary_because", NEW."notice_given_at", NEW."notice_to", NEW."notice_withheld_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proportionate_because", NEW."reasonable_because", NEW."records", NEW."sent_at", NEW."substantial_probative_value", NEW."wanted", NEW."withdrawn_at", NEW."worded_by_id"); RETURN NULL;', hash='06f7a4d1378c92876bdf8ca2781f9eede85ebb22', operation='INSERT', pgid='pgtrigger_insert_insert_a3b83', table='victims_informationrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='informationrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."approval_note" IS DISTINCT FROM (NEW."approval_note") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."complainant_id" IS DISTINCT FROM (NEW."complainant_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."holder" IS DISTINCT FROM (NEW."holder") OR OLD."holder_has_it_because" IS DISTINCT FROM (NEW."holder_has_it_because") OR OLD."how_handled" IS DISTINCT FROM (NEW."how_handled") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."less_intrusive_means" IS DISTINCT FROM (NEW."less_intrusive_means") OR OLD."line_of_enquiry_id" IS DISTINCT FROM (NEW."line_of_enquiry_id") OR OLD."necessary_because" IS DISTINCT FROM (NEW."necessary_because") OR OLD."notice_given_at" IS DISTINCT FROM (NEW."notice_given_at") OR OLD."notice_to" IS DISTINCT FROM (NEW."notice_to") OR OLD."notice_withheld_because" IS DISTINCT FROM (NEW."notice_withheld_because") OR OLD."proportionate_because" IS DISTINCT FROM (NEW."proportionate_because") OR OLD."reasonable_because" IS DISTINCT FROM (NEW."reasonable_because") OR OLD."records" IS DISTINCT FROM (NEW."records") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."substantial_probative_value" IS DISTINCT FROM (NEW."substantial_probative_value") OR OLD."wanted" IS DISTINCT FROM (NEW."wanted") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."worded_by_id" IS DISTINCT FROM (NEW."worded_by_id"))', func='INSERT INTO "victims_informationrequestversion" ("answered_at", "approval_note", "approved_at", "approved_by_id", "case_id", "complainant_id", "cps_area_scope", "created_at", "created_by_id", "force_id", "holder", "holder_has_it_because", "how_handled", "id", "less_intrusive_means", "line_of_enquiry_id", "necessary_because", "notice_given_at", "notice_to", "notice_withheld_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proportionate_because", "reasonable_because", "records", "sent_at", "substantial_probative_value", "wanted", "withdrawn_at", "worded_by_id") VALUES (NEW."answered_at", NEW."approval_note", NEW."approved_at", NEW."approved_by_id", NEW."case_id", NEW."complainant_id", NEW."cps_area_scope", NEW."created_at", NEW."created_by_id", NEW."force_id", NEW."holder", NEW."holder_has_it_because", NEW."how_handled", NEW."id", NEW."less_intrusive_means", NEW."line_of_enquiry_id", NEW."necessary_because", NEW."notice_given_at", NEW."notice_to", NEW."notice_withheld_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proportionate_because", NEW."reasonable_because", NEW."records", NEW."sent_at", NEW."substantial_probative_value", NEW."wanted", NEW."withdrawn_at", NEW."worded_by_id"); RETURN NULL;', hash='ac3ffdf46f055357aecf86b41751830ea40f8d86', operation='UPDATE', pgid='pgtrigger_update_update_915ce', table='victims_informationrequest', when='AFTER')),
        ),
    ]
