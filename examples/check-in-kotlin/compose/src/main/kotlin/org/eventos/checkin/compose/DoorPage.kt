package org.eventos.checkin.compose

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Button
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.eventos.checkin.DoorViewModel
import org.eventos.checkin.NOT_YOURS
import org.eventos.checkin.ScanFate
import org.eventos.checkin.Verdict
import org.eventos.checkin.inWords
import org.eventos.checkin.notScanned
import org.eventos.checkin.verdict
import org.eventos.isForbidden

/**
 * A door's page: its figures, a field for codes, and the light. [model] and [scope] outlive the page, and with them a scan: keep the model
 * in a `ViewModel`, and give its `viewModelScope`.
 */
@Composable
fun DoorPage(model: DoorViewModel, scope: CoroutineScope) {
    val screen by model.screen.collectAsState()
    var code by remember { mutableStateOf("") }

    LaunchedEffect(model) {
        model.refreshIfPossible()
        model.refreshEvery()
    }

    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        screen.problem?.let { Text(if (it.isForbidden) NOT_YOURS else inWords(it)) }
        screen.figures?.let { Text("${it.admitted} in, ${it.expected} to come") }
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            OutlinedTextField(code, onValueChange = { code = it }, label = { Text("Code") }, singleLine = true)
            Button(
                onClick = {
                    val scanned = code
                    code = ""
                    scope.launch {
                        model.scan(scanned)
                        model.refreshIfPossible()
                    }
                },
            ) { Text("Check in") }
        }
        when (val fate = screen.scan) {
            is ScanFate.Answered -> Light(verdict(fate.answer))
            is ScanFate.Failed -> Light(notScanned(fate.error))
            is ScanFate.Unanswered -> Text("No answer: ${inWords(fate.error)} This is no verdict: scan again.")
            ScanFate.Asking -> Text("Asking…")
            null -> Text("Ready")
        }
    }
}

@Composable
private fun Light(verdict: Verdict) =
    Text("${verdict.mark} ${verdict.word}${verdict.rest}", color = if (verdict.isYes) Color.Green else Color.Red)
