"""Name and password, in the office's words."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

LOCK_MINUTES = int(settings.AXES_COOLOFF_TIME * 60)


class EntranceForm(AuthenticationForm):
    """Login. A wrong name and a wrong password read the same."""

    error_messages = {
        "invalid_login": f"登录名或密码不对。连续错{settings.AXES_FAILURE_LIMIT}次，本机登录该账号将锁定{LOCK_MINUTES}分钟。",
        "inactive": "此账号尚未启用，请安全管理员启用后再登录。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "登录名"
        self.fields["username"].is_kept = False  # type: ignore[attr-defined]  # accounts of before stay open
        self.fields["password"].label = "密码"


WORDS = {
    "password_too_short": "密码太短，至少12位。",
    "password_too_common": "这个密码太常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "密码不能全是数字，请加上字母或符号。",
    "password_too_similar": "密码与您的登录名或姓名太相近，请换一个。",
}


class NewPasswordForm(PasswordChangeForm):
    """A person sets a new password of his own and thereby clears the first one handed to him."""

    error_messages = {
        "password_mismatch": "两次输入的新密码不一致，请重新输入。",
        "password_incorrect": "原密码不对，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password1"].help_text = "至少12位，不能全是数字，不能是常见密码，不能与登录名、姓名相近。"
        self.fields["new_password2"].label = "再输一次新密码"
        self.fields["new_password2"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """The new password differs from the old one."""
        data = super().clean() or self.cleaned_data
        if data.get("old_password") and data.get("old_password") == data.get("new_password1"):
            self.add_error("new_password1", ValidationError("新密码不能与原密码相同。", code="same"))
        return data

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password1") -> None:
        """The rules of the settings, in the office's words and beside the field they speak of."""
        try:
            validate_password(self.cleaned_data.get("new_password2") or "", user)
        except ValidationError as refused:
            for error in refused.error_list:
                self.add_error("new_password1", WORDS.get(error.code or "", error.message))

    def save(self, commit: bool = True) -> Any:
        """Store the password; it is his own now."""
        self.user.must_change_password = False
        return super().save(commit=commit)
