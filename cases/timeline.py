"""The verbs of the timeline: every kind of event and the words it is shown with. A service may use no other."""

VERBS: dict[str, str] = {
    # the case
    "case_logged": "logged the case",
    "case_imported": "took the case in from the extract",
    "fact_corrected": "corrected a fact",
    "correction_proposed": "asked for a correction that needs a supervisor",
    "correction_refused": "refused a correction",
    "person_assigned": "gave somebody a role on the case",
    "person_unassigned": "ended somebody's role on the case",
    "moved_to_unit": "moved the case to another unit",
    "restricted": "restricted who may see the case",
    "restriction_lifted": "lifted the restriction",
    "access_granted": "gave access to the case",
    "access_revoked": "took access to the case away",
    "recorded_in_error": "marked the case as recorded in error",
    "merged": "merged the case into another",
    "merged_here": "merged another case into this one",
    "brought_to_area": "brought the case to the CPS",
    "unshared": "took the case back from the CPS",
    "named_answered": "answered whether anyone has been named",
    "complainant_added": "added a complainant",
    "needs_changed": "changed a complainant's needs",
    "crime_added": "added a recorded crime",
    "crime_outcome": "recorded the outcome of a crime",
    "allegation_confirmed": "confirmed which suspect a crime is alleged against",
    "allegation_withdrawn": "recorded that a crime is not alleged against a suspect after all",
    "suspect_added": "added a suspect",
    "suspect_in_error": "marked a suspect as recorded in error",
    "note_added": "added a note",
    # arrest
    "arrest_planned": "planned an arrest",
    "arrest_plan_moved": "moved a planned arrest",
    "arrest_plan_cancelled": "cancelled a planned arrest",
    "arrest_plan_kept": "kept a planned arrest",
    "arrest_attempted": "recorded an attempt to arrest",
    "arrest_delayed": "recorded why the arrest is late",
    "arrested": "recorded an arrest",
    "released": "recorded a release",
    "detention_entered": "entered the detention clock",
    "interviewed": "recorded an interview under caution",
    "no_arrest_proposed": "proposed not to arrest",
    "no_arrest_approved": "approved the decision not to arrest",
    "no_arrest_refused": "refused the decision not to arrest",
    "situation_began": "recorded that the suspect cannot be arrested at present",
    "situation_ended": "recorded that the suspect can be arrested again",
    # bail
    "bail_granted": "recorded bail",
    "bail_varied": "recorded varied bail conditions",
    "bail_extended": "recorded an extension of bail",
    "bail_suspended": "recorded that bail stands still while with the CPS",
    "bail_running_again": "recorded that bail runs again",
    "bail_breached": "recorded a breach of bail",
    "bail_failed_to_answer": "recorded a failure to answer bail",
    "bail_ended": "recorded the end of bail",
    # outcome
    "outcome_recorded": "recorded an outcome",
    "outcome_reopened": "reopened the investigation of a suspect",
    # work
    "enquiry_opened": "opened a line of enquiry",
    "enquiry_changed": "changed a line of enquiry",
    "enquiry_ended": "ended a line of enquiry",
    "reviewed": "reviewed",
    "deadline_moved": "moved a due date",
    "deadline_cannot_be_met": "said why a due date cannot be met",
    # extract
    "extract_changed": "took a changed fact from the extract",
    "extract_disagrees": "noted that the extract says otherwise",
    "extract_kept": "kept what is here against the extract",
    "extract_taken": "took what the extract says",
}


def words(kind: str) -> str:
    """Return the words for a kind of event. Raises KeyError for a verb that is not in the table."""
    return VERBS[kind]
