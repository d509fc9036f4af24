"""The acts of no further action proposed by the police: rows of the one table in cases/acts/."""

from cases.acts import Act, On, add
from prosecution import policies_nfa as policies
from prosecution.forms import nfa as forms
from prosecution.pages.places import place
from prosecution.permissions import CHECK_NFA, PROPOSE_NFA
from prosecution.services import nfa, nfa_checks

N = On.PROPOSED_NFA

add(
    Act(
        "draft-nfa",
        On.SUSPECT,
        "Propose no further action",
        "Propose no further action on a suspect",
        forms.NfaForm,
        nfa.draft_nfa,
        PROPOSE_NFA,
        policies.may_be_drafted,
        "Draft kept, as far as it has come.",
        made=lambda draft: place("proposed_nfa", draft.pk),
        keeps_typed=True,
    ),
    Act(
        "draft-crime-nfa",
        On.OFFENCE,
        "Propose no further action",
        "Propose no further action on a recorded crime",
        forms.CrimeNfaForm,
        nfa.draft_crime_nfa,
        PROPOSE_NFA,
        policies.crime_may_be_drafted,
        "Draft kept, as far as it has come.",
        made=lambda draft: place("proposed_nfa", draft.pk),
        keeps_typed=True,
    ),
    Act(
        "change-nfa",
        N,
        "Fill in or change",
        "Change a proposal of no further action",
        forms.ChangeNfaForm,
        nfa.change_nfa,
        PROPOSE_NFA,
        policies.may_be_changed,
        keeps_typed=True,
    ),
    Act(
        "propose-nfa",
        N,
        "Put it forward",
        "Put no further action to a second person",
        forms.ProposeNfaForm,
        nfa_checks.propose_nfa,
        PROPOSE_NFA,
        policies.may_be_proposed,
        "Put forward. A second person answers.",
    ),
    Act(
        "check-nfa",
        N,
        "Confirm or send back",
        "Look at no further action as second person",
        forms.CheckNfaForm,
        nfa_checks.check_nfa,
        CHECK_NFA,
        policies.may_be_checked,
        "Answer recorded.",
        keeps_typed=True,
    ),
    Act(
        "discard-nfa",
        N,
        "Discard",
        "Discard a proposal of no further action",
        forms.DiscardNfaForm,
        nfa.discard_nfa,
        PROPOSE_NFA,
        policies.may_be_changed,
        "Discarded.",
    ),
)
