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
