"""Every error that the project raises on purpose, with its exit code and HTTP status in one table.

DuizhaoError
├── UsageError              the call itself is wrong (unknown option value, missing file)
├── InputRefused            the input cannot be worked on
│   ├── EmptyInput          nothing printable in it
│   ├── NotText             binary data where text was expected
│   ├── NothingToCompare    a side without articles or units
│   └── TooLarge            over a limit
├── JobError                a job is not there, or not in the state that the call needs
│   ├── NoSuchJob           no job of this id that the caller may see
│   ├── NotPossible         cannot be retried, deleted
│   │   └── NotFinished     has no result yet
│   ├── KeyReused           the idempotency key belongs to another request
│   └── QueueFull           too many jobs wait
├── ModelNotAvailable       a back end or its weights are missing
└── InternalError           a result broke one of the program's own rules
"""

from __future__ import annotations


class DuizhaoError(Exception):
    """A message that says what, why and what to do."""


class UsageError(DuizhaoError):
    """The call itself is wrong."""


class InputRefused(DuizhaoError):
    """The input cannot be worked on."""


class EmptyInput(InputRefused):
    """Nothing printable in the input."""


class NotText(InputRefused):
    """Binary data where text was expected."""


class NothingToCompare(InputRefused):
    """One side of the comparison is missing; `warnings` name what was left out of it."""

    def __init__(self, message: str, warnings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.warnings = warnings


class TooLarge(InputRefused):
    """The input is over a limit."""


class JobError(DuizhaoError):
    """A job is not there, or not in the state that the call needs."""


class NoSuchJob(JobError):
    """No job of this id that the caller may see."""


class NotPossible(JobError):
    """The job cannot be retried or deleted as it is now."""


class NotFinished(NotPossible):
    """The job has no result yet."""


class KeyReused(JobError):
    """The idempotency key belongs to another request."""


class QueueFull(JobError):
    """Too many jobs wait; `retry_after` is a number of seconds."""

    def __init__(self, message: str, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ModelNotAvailable(DuizhaoError):
    """A back end or its weights are missing."""


class InternalError(DuizhaoError):
    """A result broke one of the program's own rules: a fault of the program, not of the input."""


# error: (exit code, HTTP status); the first class in the method resolution order that is listed counts
STATUS: dict[type[DuizhaoError], tuple[int, int]] = {
    UsageError: (2, 400),
    TooLarge: (3, 413),
    InputRefused: (3, 422),
    NoSuchJob: (2, 404),
    NotPossible: (2, 409),
    KeyReused: (2, 422),
    QueueFull: (3, 429),
    JobError: (2, 409),
    ModelNotAvailable: (4, 503),
    InternalError: (1, 500),
}


def exit_code(error: DuizhaoError) -> int:
    """Exit code of the command line for an error of this tree."""
    return next(STATUS[kind][0] for kind in type(error).__mro__ if kind in STATUS)


def http_status(error: DuizhaoError) -> int:
    """HTTP status for an error of this tree."""
    return next(STATUS[kind][1] for kind in type(error).__mro__ if kind in STATUS)
