"""django-allauth's forms in the house's words: labels, messages, no placeholders. What they check stays as it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator

from core.forms import house_messages

LONGEST_TEXT = 254
LONGEST_CREDENTIAL = 20_000
NOT_READ = "The passkey or security key could not be read. Try again"

if TYPE_CHECKING:
    Base = forms.Form
else:
    Base = object


class HouseWords(Base):
    """Gives every field the house's label and messages, a limit, and takes the placeholder away."""

    labels: ClassVar[dict[str, str]] = {
        "login": "Email address",
        "email": "Email address",
        "password": "Password",
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
        "code": "Code",
        "name": "Name of this passkey or security key",
        "passwordless": "Use it to sign in without a password",
    }
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = self.labels.get(name, name)
            field.label = label
            field.widget.attrs.pop("placeholder", None)
            field.error_messages |= house_messages(field, label)
            if isinstance(field, forms.CharField) and field.max_length is None and not isinstance(field, forms.JSONField):
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))


class SignInForm(HouseWords, account.LoginForm):  # type: ignore[misc, unused-ignore]
    """Address and password."""


class ReauthenticateForm(HouseWords, account.ReauthenticateForm):  # type: ignore[misc, unused-ignore]
    """The password once more, before something that matters."""


class ResetPasswordForm(HouseWords, account.ResetPasswordForm):  # type: ignore[misc, unused-ignore]
    """Where to send the link."""


class ResetPasswordKeyForm(HouseWords, account.ResetPasswordKeyForm):  # type: ignore[misc, unused-ignore]
    """A new password, by link."""


class ChangePasswordForm(HouseWords, account.ChangePasswordForm):  # type: ignore[misc, unused-ignore]
    """A new password for the present one."""


class SetPasswordForm(HouseWords, account.SetPasswordForm):  # type: ignore[misc, unused-ignore]
    """A first password, for somebody who signs in by passkey."""


class AuthenticateForm(HouseWords, mfa.AuthenticateForm):  # type: ignore[misc, unused-ignore]
    """The code of the second factor at sign-in."""


class ReauthenticateCodeForm(HouseWords, mfa.ReauthenticateForm):  # type: ignore[misc, unused-ignore]
    """The code of the second factor, before something that matters."""


class ActivateTOTPForm(HouseWords, totp.ActivateTOTPForm):  # type: ignore[misc, unused-ignore]
    """The first code of a new authenticator app."""


class CredentialField(forms.JSONField):
    """What a browser says of a passkey. Nested deeper than the reader goes, or longer than any passkey, it is none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the object that was sent. Raises ValidationError for anything else."""
        try:
            found = super().to_python(value) if len(str(value)) <= LONGEST_CREDENTIAL else None
        except RecursionError:
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(NOT_READ, code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing: what was sent is not repeated on the page."""
        return None


class SafeCredential(Base):
    """Turns what the reader of passkeys stumbles over into a refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(error_messages={"required": NOT_READ})

    def _clean_fields(self) -> None:
        self._refusing(super()._clean_fields)  # type: ignore[misc, unused-ignore]

    def _clean_form(self) -> None:
        self._refusing(super()._clean_form)  # type: ignore[misc, unused-ignore]

    def _refusing(self, clean: Callable[[], None]) -> None:
        """Run one step of cleaning; a field missing in what was sent, or of the wrong kind, is an error of the form."""
        try:
            clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            self.add_error("credential", NOT_READ)


class PasskeySignInForm(SafeCredential, webauthn.LoginWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """Signing in by passkey."""


class AuthenticatePasskeyForm(SafeCredential, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """A passkey or security key as the second factor at sign-in."""


class ReauthenticatePasskeyForm(SafeCredential, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """A passkey or security key, before something that matters."""


class AddPasskeyForm(SafeCredential, HouseWords, webauthn.AddWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """A new passkey or security key."""


class RenamePasskeyForm(HouseWords, webauthn.EditWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """Another name for a passkey or security key."""
