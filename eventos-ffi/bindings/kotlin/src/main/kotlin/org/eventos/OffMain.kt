package org.eventos

import kotlin.coroutines.ContinuationInterceptor
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainCoroutineDispatcher
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withContext

/** Reads answers elsewhere than on the thread that draws. Other threads keep their work: handing it over takes its time too. */
internal suspend fun <T> offMain(work: suspend () -> T): T =
    if (currentCoroutineContext()[ContinuationInterceptor] is MainCoroutineDispatcher) withContext(Dispatchers.Default) { work() } else work()
