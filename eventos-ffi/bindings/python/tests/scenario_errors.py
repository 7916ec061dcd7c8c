"""Errors as scenarios write them."""


def told(error, expected):
    """An error: its kind and code, and whatever else the expectation names."""
    name = type(error).__name__
    answer = getattr(error, "answer", None)
    all_of_it = {
        "kind": "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_"),
        "code": error.code,
        "message": error.detail,
        "retryable": error.advice.is_retryable,
        "forbidden": error.advice.is_forbidden,
        "unauthenticated": error.advice.is_unauthenticated,
        "status": answer and answer.status,
        "details": answer and answer.details,
        "hint": answer and answer.hint,
        "constraint": answer and answer.constraint,
        "retry_after": answer and answer.retry_after,
    }
    return {name: value for name, value in all_of_it.items() if name in ("kind", "code") or name in expected}
