package org.eventos

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class FileSessionStorageTest {
    @TempDir
    lateinit var folder: Path

    private val file get() = folder.resolve("session.json")

    @Test
    fun `what is saved last is kept, for its owner alone`() = runBlocking {
        val storage = FileSessionStorage(file)
        assertNull(storage.load())
        storage.save("one")
        storage.save("two")
        assertEquals("two", FileSessionStorage(file).load())
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        assertEquals(listOf(file), Files.list(folder).use { it.toList() })
        repeat(2) { storage.clear() }
        assertNull(storage.load())
    }

    @Test
    fun `a folder that is not there is told without its path`() {
        val storage = FileSessionStorage(folder.resolve("missing/session.json"))
        val error = assertThrows(PlatformException.Unavailable::class.java) { runBlocking { storage.save("one") } }
        assertFalse(folder.toString() in error.message)
    }

    @Test
    fun `who signed in is still signed in after the program starts again`() = runBlocking {
        connect(SeededServer.url, SeededServer.anonKey, storage = FileSessionStorage(file)).use { client ->
            client.signInWithPassword("customer@example.com", SeededServer.PASSWORD)
        }
        connect(SeededServer.url, SeededServer.anonKey, storage = FileSessionStorage(file)).use { client ->
            assertNotNull(client.session())
            assertEquals("customer@example.com", client.user().email)
            client.signOut(SignOutScope.THIS_SESSION)
        }
        assertFalse(Files.exists(file))
    }
}
