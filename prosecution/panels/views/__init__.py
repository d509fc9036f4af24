"""Views of panels: organisers' and members'."""
