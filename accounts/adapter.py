"""django-allauth, as this service wants it: nobody signs up, nobody changes an address, somebody who left is nobody."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.acting import context_of
from accounts.models import User
from accounts.services.sessions import delete_sessions
from accounts.services.writing import record_change
from audit import context as audit_context

LONGEST_NEXT = 500


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc, unused-ignore]
    """Sign-in by e-mail address and password; the second factor follows in its own stage."""

    error_messages = {  # noqa: RUF012 - as the class above has it
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not correct",
        "too_many_login_attempts": "Too many attempts to sign in. Wait 5 minutes, then try again",
        "incorrect_password": "The password is not correct",
        "incorrect_code": "The code is not correct. Check the time on your phone and enter the newest code",
        "enter_current_password": "Enter your current password as it is now",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again",
        "invalid_password_reset": "This link has been used or is too old",
        "same_as_current": "The new password must be different from the current one",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites people."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person, or None for a wrong password, an unknown address and somebody who has left alike."""
        self.pre_authenticate(request, **credentials)
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self.authentication_failed(request, **credentials)
        else:
            self._rollback_login_failed_rl_usage()
        return user

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Show the sign-in page again, as to a stranger (a passkey of somebody who has left)."""
        return HttpResponseRedirect(reverse("account_login"))

    def is_safe_url(self, url: str | None) -> bool:
        """Accept a path of this service only: no host, not even our own, no control character, not endlessly long."""
        if not url or not url.startswith("/") or len(url) > LONGEST_NEXT or not url.isprintable():
            return False
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Keep the new password and end every session of the person, this one included."""
        if not isinstance(user, User):
            raise TypeError("only people of this service have a password")
        user.set_password(password)
        with transaction.atomic(), audit_context.acting(audit_context.current() or context_of(user)):
            user.save(update_fields=["password"])
            delete_sessions(person_id=user.id)
            record_change(user, "password changed")

    def get_user_search_fields(self) -> list[str]:
        """Nobody is searched for by django-allauth."""
        return []

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message once the transaction has been kept. A mail server that fails changes nothing about the answer."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        transaction.on_commit(message.send, robust=True)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is: constant, without the name of a site."""
        return subject
