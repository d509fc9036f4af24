"""The screens of a case. A view loads or answers 404, calls one selector or one service, renders or redirects."""
