"""The acts of handing a case to another CPS Area: rows of the one table in cases/acts/. Answering is on pages of its own."""

from cases.acts import Act, On, add
from prosecution import permissions as p
from prosecution import policies_referral as policies
from prosecution.forms import transfer as forms
from prosecution.services import transfers

TRANSFERS = (
    Act(
        "offer-to-area",
        On.CASE,
        "Offer to another CPS Area",
        "Offer this case to another CPS Area",
        forms.OfferToAreaForm,
        transfers.offer_to_area,
        p.TRANSFER,
        done="Offered. Until the other Area accepts, this Area owes everything on the case.",
        of_case=transfers.may_be_offered,
    ),
    Act(
        "withdraw-area-offer",
        On.AREA_TRANSFER,
        "Withdraw the offer",
        "Withdraw the offer to another CPS Area",
        forms.WithdrawAreaOfferForm,
        transfers.withdraw_area_offer,
        p.TRANSFER,
        policies.transfer_stands,
        done="Offer withdrawn.",
    ),
)

add(*TRANSFERS)
