package org.eventos.checkin

import org.eventos.EventosException
import org.eventos.isUnauthenticated

/** Why a call failed, for whoever stands at the door. */
fun inWords(error: EventosException): String = when (error) {
    is EventosException.Connect -> "The server cannot be reached."
    is EventosException.Timeout -> "The server did not answer in time."
    is EventosException.SignedOut -> "You are signed out: start the program again."
    else -> error.message.orEmpty()
}

/** Whether an e-mail and its password do not fit. */
val EventosException.isWrongPassword
    get() = this is EventosException.Server && (isUnauthenticated || code in setOf("invalid_credentials", "invalid_grant"))
