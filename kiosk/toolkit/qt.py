"""PySide6's decorators, with the types that its stubs do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Generic, TypeVar, overload

    from PySide6.QtCore import Signal

    R = TypeVar("R")
    C = TypeVar("C", bound=type)

    class _Read(Generic[R]):
        def __get__(self, instance: object, owner: type) -> R: ...

    class _ReadWrite(_Read[R]):
        def __set__(self, instance: object, value: R) -> None: ...

    @overload
    def Property(
        kind: object, *, constant: bool = ..., notify: Signal = ...
    ) -> Callable[[Callable[[Any], R]], _Read[R]]: ...
    @overload
    def Property(
        kind: object,
        fget: Callable[[Any], R],
        fset: Callable[[Any, R], None],
        *,
        notify: Signal,
    ) -> _ReadWrite[R]: ...
    def Property(*_: object, **__: object) -> object:
        """A property that QML sees."""

    def QmlUncreatable(reason: str) -> Callable[[C], C]:
        """Marks a type that QML may use and not make."""
        return lambda kind: kind

else:
    from PySide6.QtCore import Property
    from PySide6.QtQml import QmlUncreatable

__all__ = ["Property", "QmlUncreatable"]
