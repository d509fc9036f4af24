"""The acts on contact: rows of the one table in cases/acts/. Contacting the victim has a page of its own, with the card on it."""

from cases.acts import Act, On, add
from cases.permissions import SUPERVISE
from victims import permissions
from victims.forms import contact as forms
from victims.services import agreements, contacts, safe_contact

C = On.COMPLAINANT

add(
    Act(
        "contact-victim",
        C,
        "Contact the victim",
        "Contact the victim",
        forms.ContactForm,
        contacts.log_contact,
        permissions.CONTACT,
        done="Contact saved.",
        page="victim_contact",
        shown=True,
        named=lambda row: f"Contact Victim {row.label}",
    ),
    Act(
        "agree-contact",
        C,
        "Agree contact",
        "Agree contact with the victim",
        forms.AgreeForm,
        agreements.agree_contact,
        permissions.AGREE_CONTACT,
        done="Agreement saved.",
        shown=True,
    ),
    Act(
        "hand-over-contact",
        C,
        "Who is her or his contact now",
        "Record who is the victim’s contact after charge",
        forms.HandOverContactForm,
        agreements.hand_over_contact,
        permissions.AGREE_CONTACT,
        agreements.after_charge,
        done="Saved. Agree contact afresh.",
        elsewhere=True,
        shown=True,
    ),
    Act(
        "review-safe-channel",
        C,
        "Review: no safe channel",
        "Review that there is no safe channel",
        forms.ReviewSafeChannelForm,
        safe_contact.review_safe_channel,
        SUPERVISE,
        done="Review saved.",
        elsewhere=True,
    ),
    Act(
        "correct-contact",
        On.CONTACT,
        "Correct",
        "Correct a contact",
        forms.CorrectContactForm,
        contacts.correct_contact,
        permissions.CONTACT,
        contacts.may_be_corrected,
        done="Corrected. Both stay on record.",
        page="victim_contact_correct",
        shown=True,
    ),
)
