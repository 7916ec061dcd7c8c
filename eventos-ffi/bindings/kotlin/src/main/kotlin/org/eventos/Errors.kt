package org.eventos

/** What it is, stable and made for a `when`: the server's own code, such as `42501`, and otherwise the kind, such as `timeout`. */
val EventosException.code: String
    get() = when (this) {
        is EventosException.InvalidInput -> code
        is EventosException.Connect -> code
        is EventosException.Timeout -> code
        is EventosException.Cancelled -> code
        is EventosException.Server -> code
        is EventosException.Decode -> code
        is EventosException.NotFound -> code
        is EventosException.NotAffected -> code
        is EventosException.ManyRows -> code
        is EventosException.Truncated -> code
        is EventosException.SignedOut -> code
        is EventosException.Storage -> code
        is EventosException.Other -> code
    }

/** What happened, for a person. */
val EventosException.detail: String
    get() = when (this) {
        is EventosException.InvalidInput -> detail
        is EventosException.Connect -> detail
        is EventosException.Timeout -> detail
        is EventosException.Cancelled -> detail
        is EventosException.Server -> detail
        is EventosException.Decode -> detail
        is EventosException.NotFound -> detail
        is EventosException.NotAffected -> detail
        is EventosException.ManyRows -> detail
        is EventosException.Truncated -> detail
        is EventosException.SignedOut -> detail
        is EventosException.Storage -> detail
        is EventosException.Other -> detail
    }

/** What the server said, where it answered. */
val EventosException.answer: ServerAnswer?
    get() = (this as? EventosException.Server)?.answer

/** Whether the same call may succeed later without any change. */
val EventosException.isRetryable: Boolean get() = advice.isRetryable

/** Whether the server knew the caller and refused. */
val EventosException.isForbidden: Boolean get() = advice.isForbidden

/** Whether the caller must sign in, or again. */
val EventosException.isUnauthenticated: Boolean get() = advice.isUnauthenticated

private val EventosException.advice: Advice
    get() = when (this) {
        is EventosException.InvalidInput -> advice
        is EventosException.Connect -> advice
        is EventosException.Timeout -> advice
        is EventosException.Cancelled -> advice
        is EventosException.Server -> advice
        is EventosException.Decode -> advice
        is EventosException.NotFound -> advice
        is EventosException.NotAffected -> advice
        is EventosException.ManyRows -> advice
        is EventosException.Truncated -> advice
        is EventosException.SignedOut -> advice
        is EventosException.Storage -> advice
        is EventosException.Other -> advice
    }
