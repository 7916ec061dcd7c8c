package org.eventos

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * Keeps the session in a file that only this app on this device can read: a key of Android's Keystore encrypts it, and no backup takes
 * it along. A session whose key is gone, as after a restore, counts as none: its user signs in again. [name] is that of the file and of
 * the key; an app with several clients gives each its own.
 */
class KeystoreSessionStorage(context: Context, private val name: String = "eventos.session") : SessionStorage {
    private val file = AtomicFile(File(context.noBackupFilesDir, name))
    private val oneAtATime = Mutex()

    override suspend fun load(): String? = kept {
        val written = try {
            file.readFully()
        } catch (_: FileNotFoundException) {
            return@kept null
        }
        try {
            require(written.size >= IV_BYTES + TAG_BITS / 8)
            val iv = GCMParameterSpec(TAG_BITS, written, 0, IV_BYTES)
            val cipher = cipher().apply { init(Cipher.DECRYPT_MODE, key(), iv) }
            cipher.doFinal(written, IV_BYTES, written.size - IV_BYTES).decodeToString()
        } catch (_: AEADBadTagException) {
            null
        } catch (_: KeyPermanentlyInvalidatedException) {
            null
        } catch (_: UnrecoverableKeyException) {
            null
        } catch (_: IllegalArgumentException) {
            null
        }
    }

    override suspend fun save(session: String) = kept {
        val cipher = try {
            encrypting()
        } catch (_: KeyPermanentlyInvalidatedException) {
            encryptingAnew()
        } catch (_: UnrecoverableKeyException) {
            encryptingAnew()
        }
        val encrypted = cipher.iv + cipher.doFinal(session.encodeToByteArray())
        val output = file.startWrite()
        try {
            output.write(encrypted)
            file.finishWrite(output)
        } catch (broken: IOException) {
            file.failWrite(output)
            throw broken
        }
    }

    override suspend fun clear() = kept { file.delete() }

    private suspend fun <T> kept(work: () -> T): T = withContext(Dispatchers.IO) {
        try {
            oneAtATime.withLock { work() }
        } catch (_: IOException) {
            throw PlatformException.Unavailable("the session cannot be kept: the app's storage does not answer")
        } catch (_: GeneralSecurityException) {
            throw silentKeystore()
        } catch (_: ProviderException) {
            throw silentKeystore()
        }
    }

    private fun silentKeystore() = PlatformException.Unavailable("the session cannot be kept: Android's Keystore does not answer")

    private fun encrypting() = cipher().apply { init(Cipher.ENCRYPT_MODE, key()) }

    /** With another key than the one that can no longer be used. */
    private fun encryptingAnew(): Cipher {
        KeyStore.getInstance(KEYSTORE).apply { load(null) }.deleteEntry(name)
        return encrypting()
    }

    private fun cipher() = Cipher.getInstance("AES/GCM/NoPadding")

    private fun key(): SecretKey {
        val keys = KeyStore.getInstance(KEYSTORE).apply { load(null) }
        (keys.getKey(name, null) as SecretKey?)?.let { return it }
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val made = KeyGenParameterSpec.Builder(name, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE).apply { init(made) }.generateKey()
    }

    private companion object {
        const val KEYSTORE = "AndroidKeyStore"
        const val IV_BYTES = 12
        const val TAG_BITS = 128
    }
}
