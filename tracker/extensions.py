"""The libraries' objects, unbound: `app.create_app` binds them. Imports nothing of ours."""

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase
from typing_extensions import override

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables; constraints get predictable names so that they can be altered."""

    metadata = MetaData(naming_convention=NAMES)

    @override
    def __init_subclass__(cls, **kwargs: object) -> None:
        """No id is given twice: the history names things by it, also those long gone.

        PostgreSQL's sequences never go back; SQLite would give the last id again after a DELETE.
        """
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table) and "id" in table.columns:
            table.dialect_options["sqlite"]["autoincrement"] = True


# Objects stay readable after the commit, so that answers are rendered from what was stored.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
htmx = Htmx()
