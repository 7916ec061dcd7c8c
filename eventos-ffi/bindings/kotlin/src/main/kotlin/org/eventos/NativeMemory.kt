package org.eventos

import com.sun.jna.Memory
import com.sun.jna.Structure

/** Gives back the memory of what has passed the boundary to the native library and is not needed any more. */
internal fun release(structure: Structure) {
    (structure.pointer as? Memory)?.close()
}
