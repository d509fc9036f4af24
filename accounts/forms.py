"""django-allauth's forms in the house's words: labels, messages, no placeholders. What they check stays as it is."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator

from core.forms import house_messages

LONGEST_TEXT = 254

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


class AddPasskeyForm(HouseWords, webauthn.AddWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """A new passkey or security key."""


class RenamePasskeyForm(HouseWords, webauthn.EditWebAuthnForm):  # type: ignore[misc, unused-ignore]
    """Another name for a passkey or security key."""
