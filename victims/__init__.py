"""Who a complainant is, how to reach her or him safely, and what was agreed."""
