"""What is said at the foot of the pages that belong to no app: help, saved filters."""

from core.about import about as said
from core.about import register as about


def register() -> None:
    """Add the texts."""
    if said("home") is None:  # an app that fills the first page says more
        about("home", "What your role reaches in this service, and the pages for it.")
    about(
        "client_review",
        "Passes on that your client asks for a review of a decision not to charge. Only her or his own request opens one. The page says "
        "whose decision it was, of which day, and until when she or he can ask: the time begins when written reasons reached her or him. "
        "The review unit of the side that decided reads what she or he said, and nobody who took part.",
        sources=("Victims’ Code 2020, Right 6", "Victims’ Right to Review schemes of police and CPS"),
    )
    about("help", "Short explanations of how this service works. Each page also has its own, like this one.")
    about(
        "help_clocks",
        "Every deadline in this service follows from one of these clocks. Nobody sets a deadline by hand, and ticking a box stops none. "
        "The lengths are those in force today for your agency; a clock that runs keeps the length in force when it started.",
        sources=("Each clock names its own",),
    )
    about(
        "filter_list",
        "Filters that you have saved for lists, under names of your own. Nobody else sees them. A saved filter holds what the list is "
        "narrowed to and how it is sorted; it never holds a search, and it shows the cases as they are when you open it.",
    )
    about("filter_rename", "Gives one of your saved filters another name. Nobody else sees the name.")
    about("filter_delete", "Takes one of your saved filters away. No case is changed.")
