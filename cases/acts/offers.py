"""The acts of handing a case over to another force: rows of the one table in cases/acts/. Answering is on pages of its own."""

from cases import permissions as p
from cases import policies
from cases.acts import Act, On, add
from cases.forms import offers as fo
from cases.forms import people as fp
from cases.services import offers

HANDING_OVER = (
    Act(
        "offer-to-force",
        On.CASE,
        "Offer to another force",
        "Offer this case to another force",
        fo.OfferForm,
        offers.offer_to_force,
        p.HAND_OVER,
        policies.may_be_offered,
        done="Offered. Until the other force accepts, this force owes everything on the case.",
    ),
    Act(
        "withdraw-offer",
        On.OFFER,
        "Withdraw the offer",
        "Withdraw the offer to another force",
        fp.ReasonForm,
        offers.withdraw_offer,
        p.HAND_OVER,
        offers.offer_stands,
        done="Offer withdrawn.",
    ),
)

add(*HANDING_OVER)
