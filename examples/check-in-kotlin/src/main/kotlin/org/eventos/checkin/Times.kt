package org.eventos.checkin

import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter

// Times as they are shown, by this device's own clock.

private val DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
private val CLOCK_TIME = DateTimeFormatter.ofPattern("HH:mm:ss")

/** `2025-06-15 09:00`. */
fun dayAndTime(at: Instant): String = DAY_AND_TIME.format(local(at))

/** `14:02:11`. */
fun clockTime(at: Instant): String = CLOCK_TIME.format(local(at))

/** `at 14:02:11`; with the day where it was not today. */
fun atTime(at: Instant): String {
    val day = local(at).toLocalDate()
    return if (day == LocalDate.now()) "at ${clockTime(at)}" else "on $day at ${clockTime(at)}"
}

private fun local(at: Instant) = at.atZone(ZoneId.systemDefault())
