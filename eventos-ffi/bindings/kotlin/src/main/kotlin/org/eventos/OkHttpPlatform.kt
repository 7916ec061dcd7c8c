package org.eventos

import java.io.IOException
import java.io.InterruptedIOException
import java.net.UnknownHostException
import java.time.Duration
import java.util.concurrent.Executors
import javax.net.ssl.SSLException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.time.delay
import okhttp3.Authenticator
import okhttp3.Call
import okhttp3.Callback
import okhttp3.CookieJar
import okhttp3.Dispatcher
import okhttp3.Headers
import okhttp3.MediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody
import okhttp3.Response
import okio.BufferedSink

/**
 * Sends requests with OkHttp: over the system's proxies and certificates, or over those of the [client] that is given. It follows no
 * redirect, keeps no cookie and no answer, and a call ends with its coroutine. How long a call may take, the client of EventOS says.
 */
class OkHttpPlatform(client: OkHttpClient = patient()) : Platform {
    private val client = client.newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .cookieJar(CookieJar.NO_COOKIES)
        .authenticator(Authenticator.NONE)
        .cache(null)
        .build()

    override suspend fun send(request: HttpRequest): HttpResponse {
        val call = client.newCall(prepared(request))
        return suspendCancellableCoroutine { waiting ->
            waiting.invokeOnCancellation { call.cancel() }
            call.enqueue(object : Callback {
                override fun onResponse(call: Call, response: Response) {
                    val answer = try {
                        response.use(::answer)
                    } catch (broken: IOException) {
                        return onFailure(call, broken)
                    } catch (fatal: Throwable) {
                        waiting.resumeWithException(PlatformException.Unavailable("the answer could not be read"))
                        throw fatal
                    }
                    waiting.resume(answer)
                }

                override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(fault(e))
            })
        }
    }

    override suspend fun sleep(duration: Duration) = delay(duration)
}

/**
 * Waits for as long as an answer takes, on threads that do not keep a program from ending. A connection that many requests share is
 * asked every few seconds whether it is alive: one that went silent would stall each request that follows.
 */
internal fun patient(asksEvery: Duration = Duration.ofSeconds(5)): OkHttpClient {
    val threads = Executors.newCachedThreadPool { work -> Thread(work, "EventOS HTTP").apply { isDaemon = true } }
    return OkHttpClient.Builder()
        .dispatcher(Dispatcher(threads).apply { maxRequestsPerHost = 64 })
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .pingInterval(asksEvery)
        .build()
}

private fun prepared(request: HttpRequest): Request =
    try {
        val headers = Headers.Builder()
        request.headers.forEach { (name, value) -> headers.addUnsafeNonAscii(name, value) }
        val isRead = request.method == "GET" || request.method == "HEAD"
        Request.Builder()
            .url(request.url)
            .headers(headers.build())
            .method(request.method, if (isRead) null else SentOnce(request.body.orEmpty().encodeToByteArray()))
            .build()
    } catch (_: IllegalArgumentException) {
        // What it says can hold the URL or a header.
        throw PlatformException.Unavailable("this request cannot be written in HTTP")
    }

/** A body that is never sent again by OkHttp itself: whether a write is repeated, the core decides. */
private class SentOnce(private val bytes: ByteArray) : RequestBody() {
    override fun contentType(): MediaType? = null

    override fun contentLength() = bytes.size.toLong()

    override fun isOneShot() = true

    override fun writeTo(sink: BufferedSink) {
        sink.write(bytes)
    }
}

private fun answer(response: Response): HttpResponse {
    val headers = response.headers.map { (name, value) -> HttpHeader(name, value) }
    return HttpResponse(response.code.toUShort(), headers, response.body.bytes())
}

/** Why nothing came back, without the words of the exception: they can hold the URL, which may name people. */
private fun fault(error: IOException): PlatformException =
    when (error) {
        is InterruptedIOException -> PlatformException.TimedOut()
        is UnknownHostException -> PlatformException.NoConnection("the name of the server is not known here")
        is SSLException -> PlatformException.NoConnection("no secure connection to the server")
        else -> PlatformException.NoConnection("no connection to the server, or it broke before the answer was complete")
    }
