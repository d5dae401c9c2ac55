"""What a person wrote down: frozen, strict declarations that name their own kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic import ValidationError as PydanticValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema


class Declared(BaseModel):
    """A declaration: validated numbers and names, no arithmetic, never changed in place."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_default=True,  # a default of 0 is the same number as 0.0 in a file
    )

    @model_validator(mode="wrap")
    @classmethod
    def _say_what_is_known(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """An unknown key also says which keys are known."""
        try:
            return handler(given)
        except PydanticValidationError as error:
            details = error.errors()
            if not any(_is_unknown_key(detail) for detail in details):
                raise
            raise PydanticValidationError.from_exception_data(
                cls.__name__, [_moved(detail, None, cls) for detail in details]
            ) from None

    @classmethod
    def keyword(cls) -> str:
        """The name a scenario file uses for this class: ``FeeCap`` is ``fee_cap``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def sentence(cls) -> str:
        """The contract sentence: the docstring's first paragraph, fields in braces."""
        return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())

    def replace(self, **changes: Any) -> Self:
        """The same declaration with some fields changed, validated again."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(fields | changes))

    def model_copy(self, **_: Any) -> NoReturn:
        """Refused: it would skip validation."""
        raise TypeError(f"{type(self).__name__}.model_copy skips validation: use .replace(...)")


@dataclass(frozen=True)
class OneOf:
    """Annotation of a member of a family, written as a one-key mapping: ``{fee_cap: {...}}``."""

    family: Callable[[], Mapping[str, type[Declared]]]
    base: type[Declared]
    called: str
    own: bool = False
    """True where a class of one's own, such as one of a notebook, is a member once it is defined:
    what was written of it can be read again.
    """

    def read(self, given: Any) -> Declared:
        """The declaration that a one-key mapping names; an instance passes as it is."""
        members = self.family()
        if isinstance(given, self.base):
            self._refuse_taken_name(given, members)
            return given
        if isinstance(given, str) and given in members:
            given = {given: {}}
        if not isinstance(given, dict) or len(given) != 1:
            raise PydanticCustomError(
                "one_key",
                "must be one key that names the {called}, with its numbers under it",
                {"called": self.called, "allowed": sorted(members)},
            )
        ((name, fields),) = given.items()
        member = members.get(name) or (self._of_ones_own(name) if self.own else None)
        if member is None:
            raise PydanticCustomError(
                "unknown_kind",
                "there is no {called} named {name}",
                {"called": self.called, "name": str(name), "allowed": sorted(members)},
            )
        return read_under(name, member, fields)

    def _of_ones_own(self, name: Any) -> type[Declared] | None:
        """The class of this keyword that was defined last: a notebook's cell may run twice."""
        found = [kind for kind in _below(self.base) if kind.keyword() == name]
        return found[-1] if found else None

    def _refuse_taken_name(self, given: Declared, members: Mapping[str, type[Declared]]) -> None:
        """An own class of a member's keyword would be read again as that member."""
        name = given.keyword()
        if self.own and members.get(name, type(given)) is not type(given):
            raise PydanticCustomError(
                "taken_name",
                "there is a {called} named {name} already: call your class something else",
                {"called": self.called, "name": name},
            )

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Read one-key mappings, write them again."""
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(_written, info_arg=True),
        )

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """One alternative a kind, so that an editor completes and checks the file."""
        members = sorted(self.family().items())
        bare = [name for name, member in members if not _required(member)]
        kinds: list[JsonSchemaValue] = [
            {
                "type": "object",
                "properties": {name: handler(member.__pydantic_core_schema__)},
                "required": [name],
                "additionalProperties": False,
                "description": member.sentence(),
            }
            for name, member in members
        ]
        return {"oneOf": [*kinds, {"enum": bare}] if bare else kinds}


def _below(base: type[Declared]) -> Iterator[type[Declared]]:
    """Every class that derives from ``base``, as far as this process has defined it."""
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)


def _required(member: type[Declared]) -> list[str]:
    """The fields that must be written; a kind without any may be written as its name alone."""
    return [name for name, field in member.model_fields.items() if field.is_required()]


def _written(member: Declared, info: core_schema.SerializationInfo) -> dict[str, Any]:
    """A declaration as the one-key mapping it was read from."""
    fields = member.model_dump(
        mode="json", exclude_none=info.exclude_none, exclude_defaults=info.exclude_defaults
    )
    return {member.keyword(): fields}


def read_under(name: str | None, member: type[Declared], fields: Any) -> Declared:
    """Validate ``fields`` as a ``member``; errors carry ``name``, where given, in their path."""
    try:
        return member.model_validate(fields)
    except PydanticValidationError as error:
        raise PydanticValidationError.from_exception_data(
            member.__name__, [_moved(detail, name, member) for detail in error.errors()]
        ) from None


def _moved(detail: Any, name: str | None, member: type[Declared]) -> InitErrorDetails:
    """One error with its path put under ``name``; an unknown key also says which are known."""
    context = dict(detail.get("ctx") or {})
    if _is_unknown_key(detail):
        context["allowed"] = list(member.model_fields)
    message = detail["msg"].replace("{", "(").replace("}", ")")
    return InitErrorDetails(
        type=PydanticCustomError(detail["type"], message, context),
        loc=detail["loc"] if name is None else (name, *detail["loc"]),
        input=detail["input"],
    )


def _is_unknown_key(detail: Any) -> bool:
    """True for a key of the declaration itself, not of a section within."""
    return detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1
