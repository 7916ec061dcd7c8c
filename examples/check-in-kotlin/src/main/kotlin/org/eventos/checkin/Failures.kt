package org.eventos.checkin

import org.eventos.EventosException
import org.eventos.isRetryable
import org.eventos.isUnauthenticated

const val NOT_YOURS = "This door is not yours: ask its organizer for a door token."

/** Why a call failed, for whoever stands at the door. */
fun inWords(error: EventosException): String = when (error) {
    is EventosException.Connect -> "The server cannot be reached."
    is EventosException.Timeout -> "The server did not answer in time."
    is EventosException.SignedOut -> "You are signed out: start the program again."
    else -> error.message.orEmpty()
}

/** Whether nobody knows after it what the server did. */
val EventosException.leavesUnknown
    get() = isRetryable || this is EventosException.Timeout || this is EventosException.Connect ||
        this is EventosException.Cancelled || this is EventosException.Decode

/** Whether an e-mail and its password do not fit. */
val EventosException.isWrongPassword
    get() = this is EventosException.Server && (isUnauthenticated || code in setOf("invalid_credentials", "invalid_grant"))
