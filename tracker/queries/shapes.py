"""Queries and rows whose columns are named where they are selected and read."""

from typing import Any, TypeAlias

from sqlalchemy import ColumnExpressionArgument, Row, Select

Query: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
Order: TypeAlias = list[ColumnExpressionArgument[Any]]
