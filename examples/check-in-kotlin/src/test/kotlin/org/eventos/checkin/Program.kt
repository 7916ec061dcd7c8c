package org.eventos.checkin

import java.util.concurrent.TimeUnit.SECONDS
import kotlin.io.path.createTempFile

/** What the program wrote, and how it ended. */
class Ended(val output: String, val errors: String, val code: Int)

/** Runs the program as a user does, with these lines as its input. */
fun program(arguments: List<String>, input: List<String>, environment: Map<String, String> = emptyMap()): Ended {
    val java = ProcessHandle.current().info().command().get()
    val command = listOf(java, "-cp", System.getProperty("java.class.path"), "org.eventos.checkin.MainKt")
    val builder = ProcessBuilder(command + arguments)
    builder.environment().putAll(mapOf("LC_ALL" to "C.UTF-8") + environment)
    val errors = createTempFile().toFile()
    val process = builder.redirectError(errors).start()
    process.outputStream.use { it.write(input.joinToString("") { line -> "$line\n" }.toByteArray()) }
    val output = process.inputStream.readBytes().decodeToString()
    check(process.waitFor(60, SECONDS)) { "the program does not end" }
    return Ended(output, errors.readText().also { errors.delete() }, process.exitValue())
}
