"""Signing in, and setting a password."""

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from tracker.forms.base import Form, LineField
from tracker.forms.validators import Email
from tracker.words import N_


class SignInForm(Form):
    """Address and password."""

    email = StringField(N_("Thư điện tử"), [InputRequired(), Length(max=200)])
    password = PasswordField(N_("Mật khẩu"), [InputRequired(), Length(max=500)])
    remember = BooleanField(N_("Ghi nhớ trên máy này"))


class NewPasswordForm(Form):
    """A password, twice."""

    new_password = PasswordField(N_("Mật khẩu mới"), [InputRequired(), Length(max=500)])
    repeat = PasswordField(N_("Nhập lại mật khẩu mới"), [InputRequired(), EqualTo("new_password")])


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one, twice."""

    current_password = PasswordField(N_("Mật khẩu hiện tại"), [InputRequired(), Length(max=500)])


class WelcomeForm(NewPasswordForm):
    """The first administrator of a blank installation."""

    full_name = LineField(N_("Họ và tên"), [InputRequired(), Length(max=200)])
    email = LineField(N_("Thư điện tử"), [InputRequired(), Email(), Length(max=200)])


class PreferencesForm(Form):
    """Language and theme; each may be sent alone."""

    language = SelectField(
        N_("Ngôn ngữ"),
        [Optional()],
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
    )
    theme = SelectField(
        N_("Giao diện"),
        [Optional()],
        choices=[
            SelectChoice("system", N_("Theo thiết bị")),
            SelectChoice("light", N_("Sáng")),
            SelectChoice("dark", N_("Tối")),
        ],
    )
    single_keys = BooleanField(N_("Dùng phím tắt một chữ"))
    back = StringField(widget=HiddenInput())
