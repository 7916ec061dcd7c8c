package org.eventos

import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.attribute.FileAttribute
import java.nio.file.attribute.PosixFilePermissions
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Keeps the session in a file that its owner alone can read, where the file system knows owners: whoever has it is the user. */
class FileSessionStorage(private val path: Path) : SessionStorage {
    override suspend fun load(): String? = accessing {
        try {
            Files.readAllBytes(path).decodeToString()
        } catch (_: NoSuchFileException) {
            null
        }
    }

    override suspend fun save(session: String): Unit = accessing {
        val folder = path.toAbsolutePath().parent
        val written = Files.createTempFile(folder, ".session", ".new", *ownersOnly(folder))
        try {
            Files.write(written, session.encodeToByteArray())
            Files.move(written, path, ATOMIC_MOVE)
        } finally {
            Files.deleteIfExists(written)
        }
    }

    override suspend fun clear(): Unit = accessing { Files.deleteIfExists(path) }

    private suspend fun <T> accessing(access: () -> T): T = withContext(Dispatchers.IO) {
        try {
            access()
        } catch (_: IOException) {
            throw PlatformException.Unavailable("the session's file cannot be read or written")
        }
    }
}

private fun ownersOnly(folder: Path): Array<FileAttribute<*>> =
    if ("posix" in folder.fileSystem.supportedFileAttributeViews()) {
        arrayOf(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
    } else {
        emptyArray()
    }
