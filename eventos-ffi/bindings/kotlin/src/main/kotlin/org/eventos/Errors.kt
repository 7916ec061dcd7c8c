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
val EventosException.isRetryable: Boolean
    get() = this is EventosException.Connect || this is EventosException.Timeout || answer?.isRetryable == true

/** Whether the server knew the caller and refused. */
val EventosException.isForbidden: Boolean
    get() = answer?.isForbidden == true

/** Whether the caller must sign in, or again. */
val EventosException.isUnauthenticated: Boolean
    get() = this is EventosException.SignedOut || answer?.isUnauthenticated == true
