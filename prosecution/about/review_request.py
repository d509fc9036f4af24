"""What is said at the foot of the pages about reviews that victims ask for."""

from core.about import register as about

NPCC = "Victims’ Right to Review scheme, National Police Chiefs’ Council, April 2015"
CPS = "CPS Victims’ Right to Review scheme"
CODE = "Victims’ Code 2020, Right 6"


def register() -> None:
    """Add the texts."""
    about(
        "review_list",
        "Requests of victims that a decision not to charge is looked at again. They come to the review unit of the side that decided, "
        "never to the officer, to whoever decided, checked or supervised, or to anybody who has or had a role on the case.",
        "Acknowledged within 10 working days of receipt, completed within 30; in a complex case later, once she or he was told. "
        "In the CPS’s pilot, before it offers no evidence, within 20.",
        sources=(NPCC, CPS, CODE),
    )
    about(
        "review_request",
        "One request, with everything that she or he said. The table says whether the scheme covers the decision; that it does not is "
        "confirmed by a second person, who names the way that is left to her or him.",
        "Overturned, the investigation is open again at once, and whatever is decided next is planned and told to her or him anew.",
        sources=(NPCC, CPS, CODE),
    )
