"""The clocks between police and CPS: plain facts, how they are read, and the rules that derive clocks from them."""
